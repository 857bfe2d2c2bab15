"""Aligera los programas de las páginas: sin los comentarios ni los espacios que sobran.

MkDocs lo llama al acabar: está en `hooks`, en mkdocs.yml. Sin él, el sitio hace lo mismo, y cada
página pesa unos 4000 bytes más.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from chatlab.observador.pagina.apretar import apretar_js


def on_post_build(config: Any, **_: object) -> None:
    """Aligera cada programa nuestro del sitio recién construido; los del tema ya son ligeros."""
    for guion in (Path(config.site_dir) / "javascripts").rglob("*.js"):
        guion.write_text(apretar_js(guion.read_text(encoding="utf-8")), encoding="utf-8")
