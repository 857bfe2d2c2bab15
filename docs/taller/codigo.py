"""El código de las páginas: cada trozo por sus líneas, con lo nuevo señalado y lo de antes plegado.

Es una extensión de Markdown, puesta en mkdocs.yml: corre antes que `pymdownx.snippets`, que incluye
las líneas que aquí se le dicen. Una página pide un trozo por su nombre:

    ```python title="servidor.py"
    --8<-- "lessons/02_turnos/paso2_turnos/servidor.py:conversar"
    ```

Qué líneas son está en `docs/trozos/`. De un paso que tiene otro delante se señalan, además, las
líneas que en aquel no estaban, y el trozo que ya estaba entero se pliega.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor

from docs.taller.pasos import igual_desde, lineas_nuevas
from docs.taller.trozos import RAIZ, Trozo, buscar

#: `pymdownx.snippets` corre con 32, y de más a menos.
_ANTES_DE_INCLUIR = 33
_TROZO = re.compile(r'^(?P<sangrado>\s*)--8<-- "(?P<archivo>[^":]+):(?P<trozo>[a-z][\w-]*)"\s*$')
_DE_UN_PASO = re.compile(r'^\s*--8<-- "(lessons/\w+/paso\w+/\w+\.py)(?::([a-z][\w-]*))?"\s*$')
_VALLA = re.compile(r'^(?P<sangrado>\s*)```python(?: title="(?P<titulo>[^"]*)")?\s*$')
_APARTADO = "## Trozo a trozo"
_LEYENDA = (
    "Las líneas señaladas no estaban en el paso anterior. Los trozos que no han cambiado están "
    "plegados, y dicen desde qué paso son así."
)


class Trozos(Extension):
    """Pone, en lugar del nombre de cada trozo, las líneas en las que está."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 — así la llama Markdown
        """Se apunta para ver cada página antes de que se incluya nada."""
        md.preprocessors.register(_PorSusLineas(md), "trozos", _ANTES_DE_INCLUIR)


class _PorSusLineas(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return preparar(lines)


def preparar(lineas: list[str]) -> list[str]:
    """Las líneas de una página, con sus trozos señalados, plegados y dichos por sus números."""
    preparadas = [_TROZO.sub(_por_sus_lineas, linea) for linea in _por_bloques(lineas)]
    if _APARTADO in preparadas and preparadas != [_TROZO.sub(_por_sus_lineas, x) for x in lineas]:
        donde = preparadas.index(_APARTADO) + 1
        preparadas[donde:donde] = ["", _LEYENDA]
    return preparadas


def _por_bloques(lineas: list[str]) -> Iterator[str]:
    """Las líneas, con cada bloque que es un trozo de un paso señalado o plegado."""
    numero = 0
    while numero < len(lineas):
        valla = _VALLA.match(lineas[numero])
        pedido = _DE_UN_PASO.match(lineas[numero + 1]) if valla and lineas[numero + 1 :] else None
        # Un bloque con varios trozos seguidos se queda como está.
        cierra = [linea.strip() for linea in lineas[numero + 2 : numero + 3]] == ["```"]
        if valla and pedido and cierra:
            yield from _bloque(valla, lineas[numero : numero + 3], pedido[1], pedido[2])
            numero += 3
        else:
            yield lineas[numero]
            numero += 1


def _bloque(valla: re.Match[str], bloque: list[str], archivo: str, nombre: str) -> list[str]:
    """Un bloque de tres líneas: la valla, lo que se pide y la otra valla."""
    trozo = buscar(archivo, nombre) if nombre else _entero(archivo)
    paso = igual_desde(archivo, trozo)
    if nombre and paso is not None:
        return _plegado(valla, bloque, f"igual que en el paso {paso}")
    nuevas = lineas_nuevas(archivo)
    cuales = [n - trozo.primera + 1 for n in nuevas if trozo.primera <= n <= trozo.ultima]
    if not cuales:
        return bloque
    senaladas = " ".join(map(str, sorted(cuales)))
    return [f'{bloque[0].rstrip()} hl_lines="{senaladas}"', *bloque[1:]]


def _plegado(valla: re.Match[str], bloque: list[str], igual: str) -> list[str]:
    """El bloque, cerrado: su título pasa a la línea que se pulsa para abrirlo."""
    sangrado = valla["sangrado"]
    titulo = f"{valla['titulo']} · {igual}" if valla["titulo"] else igual.capitalize()
    dentro = [f"{sangrado}```python", *bloque[1:]]
    return [f'{sangrado}??? igual "{titulo}"', "", *(f"    {linea}" for linea in dentro)]


def _entero(archivo: str) -> Trozo:
    return Trozo(1, len((RAIZ / archivo).read_text("utf-8").splitlines()))


def _por_sus_lineas(pedido: re.Match[str]) -> str:
    trozo = buscar(pedido["archivo"], pedido["trozo"])
    lineas = f"{trozo.primera}:{trozo.ultima}"
    return f'{pedido["sangrado"]}--8<-- "{pedido["archivo"]}:{lineas}"'


def makeExtension(**opciones: object) -> Trozos:  # noqa: N802 — así la busca Markdown
    """La extensión, como la pide Markdown."""
    return Trozos(**opciones)
