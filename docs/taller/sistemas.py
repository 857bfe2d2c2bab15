"""Las órdenes que se teclean, en una pestaña por sistema: en cada uno se escriben de una manera.

Es una extensión de Markdown, puesta en mkdocs.yml: corre antes que `pymdownx.tabbed`. Una página
escribe la orden una vez, como en las pantallas del curso, en un bloque `orden`:

    ```orden
    python -m chatlab demo
    ```

Lo que en un sistema se hace de una manera del todo distinta se escribe en la página, con
`=== "Windows"`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor

#: Después de incluir, que es 32, y antes de los bloques de código, que es 25.
_DESPUES_DE_INCLUIR = 31
_ORDEN = re.compile(r"^(?P<sangrado> *)```orden\n(?P<lineas>.*?)^(?P=sangrado)```$", re.M | re.S)
#: De una orden, lo que cambia, y por qué.
_PYTHON = re.compile(r"(?:^|(?<=\| ))python(?= |$)")
_EN_UNIX = ((_PYTHON, "python3"),)
_EN_WINDOWS = (
    (_PYTHON, "py"),
    (re.compile(r"^source (\S+)/bin/activate$"), r"\1/Scripts/Activate.ps1"),
    (re.compile(r"^export (\w+)=(\S+)$"), r'$env:\1 = "\2"'),
    (re.compile(r"\.venv/bin/"), ".venv/Scripts/"),
)
_RUTA = re.compile(r"(?<![\w:/])[\w.~]+(?:/[\w.]+)+")


class Sistemas(Extension):
    """Convierte cada bloque `orden` en una pestaña por sistema."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 — así la llama Markdown
        """Se apunta para ver cada página cuando ya está incluido todo."""
        md.preprocessors.register(_PorSistemas(md), "sistemas", _DESPUES_DE_INCLUIR)


class _PorSistemas(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return _ORDEN.sub(_pestanas, "\n".join(lines)).split("\n")


def en_windows(orden: str) -> str:
    """La orden, como se teclea en PowerShell."""
    return _RUTA.sub(lambda ruta: ruta[0].replace("/", "\\"), _cambiar(orden, _EN_WINDOWS))


def en_unix(orden: str) -> str:
    """La orden, como se teclea en macOS y en Linux."""
    return _cambiar(orden, _EN_UNIX)


def _cambiar(orden: str, cambios: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    for patron, escrito in cambios:
        orden = patron.sub(escrito, orden)
    return orden


def _pestanas(bloque: re.Match[str]) -> str:
    sangrado = bloque["sangrado"]
    ordenes = [linea.removeprefix(sangrado) for linea in bloque["lineas"].splitlines()]
    return "\n".join(f"{sangrado}{linea}".rstrip() for linea in _por_sistema(ordenes))


def _por_sistema(ordenes: list[str]) -> Iterator[str]:
    unix = [en_unix(orden) for orden in ordenes]
    # Con «!» empieza otro grupo: si no, dos bloques seguidos serían un grupo de seis.
    for senal, sistema, lenguaje, lineas in (
        ("===!", "Windows", "powershell", [en_windows(orden) for orden in ordenes]),
        ("===", "macOS", "bash", unix),
        ("===", "Linux", "bash", unix),
    ):
        yield from (f'{senal} "{sistema}"', "", f"    ```{lenguaje}")
        yield from (f"    {linea}" for linea in lineas)
        yield from ("    ```", "")


def makeExtension(**opciones: object) -> Sistemas:  # noqa: N802 — así la busca Markdown
    """La extensión, como la pide Markdown."""
    return Sistemas(**opciones)
