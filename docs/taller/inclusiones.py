"""Las páginas del sitio, y los archivos que cada una incluye."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

RAIZ = Path(__file__).resolve().parents[2]
DOCS = RAIZ / "docs"
#: Lo que está en docs/ y no son páginas.
NO_SON_PAGINAS = ("grabaciones", "guiones", "ejemplos", "dibujos", "mediciones", "taller", "trozos")
PAGINAS = sorted(
    ruta for ruta in DOCS.rglob("*.md") if ruta.relative_to(DOCS).parts[0] not in NO_SON_PAGINAS
)
INCLUSION = re.compile(r'^\s*--8<-- "([^":]+)(?::([\w-]+))?"\s*$')


@dataclass(frozen=True, slots=True)
class Inclusion:
    """Algo que una página incluye: el archivo, desde la raíz, y su trozo, o nada."""

    archivo: str
    trozo: str


@cache
def inclusiones(pagina: Path) -> list[Inclusion]:
    """Lo que la página incluye, en orden."""
    lineas = pagina.read_text(encoding="utf-8").splitlines()
    return [
        Inclusion(encontrada[1], encontrada[2] or "")
        for encontrada in map(INCLUSION.match, lineas)
        if encontrada
    ]


@cache
def archivos_incluidos() -> frozenset[Path]:
    """Los archivos que incluye alguna página, también por medio de otro que incluye."""
    vistos: set[Path] = set()
    pendientes = list(PAGINAS)
    while pendientes:
        nuevos = {RAIZ / inclusion.archivo for inclusion in inclusiones(pendientes.pop())} - vistos
        vistos |= nuevos
        pendientes += [ruta for ruta in nuevos if ruta.suffix == ".md" and ruta.is_file()]
    return frozenset(vistos)
