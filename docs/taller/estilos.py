"""Aligera los estilos del tema: les quita lo que este sitio no puede llegar a usar.

MkDocs lo llama al acabar: está en `hooks`, en mkdocs.yml. Sin él, el sitio es el mismo, y cada
página pesa 20 000 bytes más.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

#: Lo que el tema llama así, y este sitio no tiene: un diario, versiones, encuestas, etiquetas…
SIN_USAR = (
    *("author", "banner", "consent", "feedback", "meta", "pagination", "post", "profile"),
    *("progress", "select", "source", "tag", "version"),
)
#: Lo que nunca se da aquí: eso, la escritura de derecha a izquierda, y otros colores.
_NUNCA = re.compile(
    rf"\[dir=rtl\]|\[data-md-color-(?:primary|accent)=(?!custom\])|\.md-(?:{'|'.join(SIN_USAR)})\b"
)
#: Una regla: sus selectores y lo que dice. Lo que empieza por «@» tiene reglas dentro.
_REGLA = re.compile(r"(?<=[{}])([^{}@]*)\{([^{}]*)\}")
#: La coma entre dos selectores, y no la de `:is(a, b)`.
_COMA = re.compile(r",(?![^()]*\))")
_COMENTARIO = re.compile(r"/\*.*?\*/\s*", re.DOTALL)


def on_post_build(config: Any, **_: object) -> None:
    """Aligera cada hoja de estilos del sitio recién construido."""
    for hoja in Path(config.site_dir).rglob("*.css"):
        hoja.write_text(aligerar(hoja.read_text(encoding="utf-8")), encoding="utf-8")


def aligerar(estilos: str) -> str:
    """Los mismos estilos, sin comentarios ni lo que no se usa nunca."""
    return _REGLA.sub(_sin_lo_que_nunca, _COMENTARIO.sub("", estilos))


def _sin_lo_que_nunca(regla: re.Match[str]) -> str:
    selectores = [uno for uno in _COMA.split(regla[1]) if not _NUNCA.search(uno)]
    return f"{','.join(selectores)}{{{regla[2]}}}" if selectores else ""
