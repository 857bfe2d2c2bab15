"""Pone el sitio ya construido dentro del paquete: `chatlab docs` lo abre sin internet.

Antes de publicar una versión: `mkdocs build --strict` y `python -m build` (está en CONTRIBUIR.md).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ConElSitio(BuildHookInterface[Any]):
    """Añade la carpeta `site/`, si está construida, como `chatlab/_sitio`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Lo llama hatchling; `version` es «editable» cuando no se copia nada."""
        sitio = Path(self.root) / "site"
        if version != "editable" and (sitio / "index.html").is_file():
            build_data["force_include"][str(sitio)] = "chatlab/_sitio"
