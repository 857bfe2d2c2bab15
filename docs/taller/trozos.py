"""Dónde está cada trozo que las páginas enseñan: un nombre, y de qué línea a qué línea va.

Los archivos no llevan ninguna señal: quien aprende los abre. Los nombres están en `docs/trozos/`,
en un mapa por carpeta: los de `lessons/02_turnos/paso2_turnos/` están en
`docs/trozos/lessons/02_turnos/paso2_turnos.toml`. De cada trozo, el mapa dice una de tres cosas:

    nombre = "su primera línea"                       y va hasta el siguiente, o hasta el final
    nombre = { desde = "su primera línea", hasta = "la última" }
    nombre = { entre = ["la de antes", "la de después"] }

Una línea se dice sin su sangrado. Si en el archivo se repite, se dice con las que la siguen, hasta
que sea la única.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

RAIZ = Path(__file__).resolve().parents[2]
MAPAS = RAIZ / "docs" / "trozos"


class TrozoPerdido(Exception):
    """Un trozo que no está en su mapa, o que el mapa busca donde ya no está."""


@dataclass(frozen=True, slots=True)
class Trozo:
    """Los números de su primera línea y de la última, desde 1."""

    primera: int
    ultima: int


def mapa_de(archivo: str) -> Path:
    """El mapa que nombra los trozos de un archivo, dicho desde la raíz."""
    return MAPAS / f"{Path(archivo).parent.as_posix()}.toml"


def buscar(archivo: str, nombre: str) -> Trozo:
    """Dónde está un trozo; lanza `TrozoPerdido` si no está, o si podría ser más de uno."""
    encontrados = trozos_de(archivo)
    if nombre not in encontrados:
        raise TrozoPerdido(f"{mapa_de(archivo).name} no nombra el trozo «{nombre}» de {archivo}")
    return encontrados[nombre]


def trozos_de(archivo: str) -> dict[str, Trozo]:
    """Los trozos con nombre de un archivo, en su orden; lanza `TrozoPerdido` si alguno no está."""
    mapa = mapa_de(archivo)
    nombrados = _leer(mapa).get(Path(archivo).name, {})
    lineas = [linea.strip() for linea in (RAIZ / archivo).read_text("utf-8").splitlines()]
    try:
        return _situar(nombrados, lineas)
    except TrozoPerdido as perdido:
        raise TrozoPerdido(f"{archivo}, según {mapa.relative_to(RAIZ)}: {perdido}") from None


def _leer(mapa: Path) -> dict[str, dict[str, Any]]:
    if not mapa.is_file():
        return {}
    return tomllib.loads(mapa.read_text("utf-8"))


def _situar(nombrados: dict[str, Any], lineas: list[str]) -> dict[str, Trozo]:
    """Busca la primera línea de cada uno y, con todas, dónde acaba."""
    principios = {nombre: _principio(nombre, que, lineas) for nombre, que in nombrados.items()}
    finales = [*sorted(principios.values()), len(lineas)]
    trozos = {}
    for nombre, principio in principios.items():
        siguiente = next(final for final in finales if final > principio)
        final = _final(nombre, nombrados[nombre], lineas, principio, siguiente)
        while final > principio and not lineas[final - 1]:
            final -= 1
        trozos[nombre] = Trozo(principio + 1, final)
    return trozos


def _principio(nombre: str, que: Any, lineas: list[str]) -> int:
    """Dónde empieza un trozo: cuántas líneas tiene delante."""
    if isinstance(que, str):
        return _unico(nombre, que, lineas)
    if "desde" in que:
        return _unico(nombre, que["desde"], lineas)
    principio = _unico(nombre, que["entre"][0], lineas) + 1
    while principio < len(lineas) and not lineas[principio]:
        principio += 1
    return principio


def _final(nombre: str, que: Any, lineas: list[str], principio: int, siguiente: int) -> int:
    """Cuántas líneas hay hasta la última del trozo, con ella."""
    if isinstance(que, str):
        return siguiente
    if "entre" in que:
        return _unico(nombre, que["entre"][1], lineas)
    buscadas = que["hasta"].strip("\n").splitlines()
    donde = [uno for uno in _donde(que["hasta"], lineas) if uno >= principio]
    if not donde:
        raise TrozoPerdido(f"detrás de donde empieza «{nombre}» no hay «{buscadas[-1].strip()}»")
    return donde[0] + len(buscadas)


def _unico(nombre: str, texto: str, lineas: list[str]) -> int:
    """El único sitio donde están esas líneas."""
    donde = _donde(texto, lineas)
    if len(donde) != 1:
        primera = texto.strip("\n").splitlines()[0]
        veces = f"está {len(donde)} veces" if donde else "no está"
        raise TrozoPerdido(f"el trozo «{nombre}» empieza o acaba en «{primera}», que {veces}")
    return donde[0]


def _donde(texto: str, lineas: list[str]) -> list[int]:
    """Delante de qué líneas, contadas desde 0, están esas, seguidas y sin mirar el sangrado."""
    buscadas = [linea.strip() for linea in texto.strip("\n").splitlines()]
    cuantas = len(buscadas)
    return [
        numero
        for numero in range(len(lineas) - cuantas + 1)
        if lineas[numero : numero + cuantas] == buscadas
    ]
