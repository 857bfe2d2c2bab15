"""Las páginas del sitio, como se escriben: su texto, sus bloques de código y lo que incluyen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from docs.taller.inclusiones import DOCS as DOCS
from docs.taller.inclusiones import INCLUSION as INCLUSION
from docs.taller.inclusiones import PAGINAS as PAGINAS
from docs.taller.inclusiones import inclusiones as inclusiones
from docs.taller.inclusiones import proyecciones as proyecciones
from tests.apoyo.programa import RAIZ

_VALLA = re.compile(r"^(\s*)(`{3,})(.*)$")


@dataclass(frozen=True, slots=True)
class Bloque:
    """Un bloque de código de una página. `linea` es la de su valla, desde 1."""

    linea: int
    lenguaje: str
    lineas: tuple[str, ...]


def nombre(pagina: Path) -> str:
    """«lecciones/01_bitacora/index.md»."""
    return pagina.relative_to(DOCS).as_posix()


def bloques(pagina: Path) -> Iterator[Bloque]:
    """Los bloques de código, en orden."""
    valla, lenguaje, principio = "", "", 0
    dentro: list[str] = []
    for numero, linea in enumerate(pagina.read_text(encoding="utf-8").splitlines(), start=1):
        encontrada = _VALLA.match(linea)
        if not valla and encontrada:
            valla, principio, dentro = encontrada[2], numero, []
            lenguaje = encontrada[3].split(" ")[0].strip("{} .")
        elif valla and encontrada and encontrada[2] == valla and not encontrada[3].strip():
            yield Bloque(principio, lenguaje, tuple(dentro))
            valla = ""
        elif valla:
            dentro.append(linea)


def quien_incluye(archivo: Path) -> list[str]:
    """Las páginas que incluyen ese archivo, o que lo abren, si es una película."""
    buscado = archivo.relative_to(RAIZ).as_posix()
    return [
        nombre(pagina)
        for pagina in PAGINAS
        if any(incluido.archivo == buscado for incluido in inclusiones(pagina))
        or any(abierta.archivo == archivo for abierta in proyecciones(pagina))
    ]


def clase(pagina: Path) -> str:
    """Lo que tienen en común las páginas hechas igual: su carpeta, y en una lección, su papel.

    La portada y el mapa no se parecen a ninguna otra.
    """
    carpeta, *_ = nombre(pagina).split("/")
    if carpeta == "lecciones":
        return f"{carpeta}/{pagina.stem if pagina.stem in ('index', 'ejercicio') else 'paso'}"
    if pagina.parent == DOCS:
        return pagina.stem if pagina.stem in ("index", "mapa") else "empezar y errores"
    return carpeta


def una_de_cada_clase() -> frozenset[Path]:
    """La más larga de cada clase: la que más pesa, y la que más elementos distintos tiene."""
    por_tamano = sorted(PAGINAS, key=lambda pagina: pagina.stat().st_size)
    return frozenset({clase(pagina): pagina for pagina in por_tamano}.values())
