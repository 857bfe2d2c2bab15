"""El código de las páginas: cada trozo que una página pide por su nombre, por sus líneas.

Es una extensión de Markdown, puesta en mkdocs.yml: corre antes que `pymdownx.snippets`, que incluye
las líneas que aquí se le dicen. Qué líneas son está en `docs/trozos/`.
"""

from __future__ import annotations

import re

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor

from docs.taller.trozos import buscar

_TROZO = re.compile(r'^(?P<sangrado>\s*)--8<-- "(?P<archivo>[^":]+):(?P<trozo>[a-z][\w-]*)"\s*$')
#: `pymdownx.snippets` corre con 32, y de más a menos.
_ANTES_DE_INCLUIR = 33


class Trozos(Extension):
    """Pone, en lugar del nombre de cada trozo, las líneas en las que está."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 — así la llama Markdown
        """Se apunta para ver cada página antes de que se incluya nada."""
        md.preprocessors.register(_PorSusLineas(md), "trozos", _ANTES_DE_INCLUIR)


class _PorSusLineas(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return [_TROZO.sub(_lineas, linea) for linea in lines]


def _lineas(pedido: re.Match[str]) -> str:
    trozo = buscar(pedido["archivo"], pedido["trozo"])
    lineas = f"{trozo.primera}:{trozo.ultima}"
    return f'{pedido["sangrado"]}--8<-- "{pedido["archivo"]}:{lineas}"'


def makeExtension(**opciones: object) -> Trozos:  # noqa: N802 — así la busca Markdown
    """La extensión, como la pide Markdown."""
    return Trozos(**opciones)
