"""Las páginas del sitio, los archivos que cada una incluye y las películas que abre."""

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
#: Donde una página ofrece una película, y quizá el momento en que se abre, por su clave.
PROYECCION = re.compile(r'<div data-pelicula="([\w/]+)"(?: data-momento="(\w+)")?></div>')


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


@dataclass(frozen=True, slots=True)
class Proyeccion:
    """Una película que una página abre: el nombre de su guion, y el momento, o nada."""

    guion: str
    momento: str

    @property
    def archivo(self) -> Path:
        """Donde está grabada."""
        return DOCS / "grabaciones" / f"{self.guion}.chatlab"


@cache
def proyecciones(pagina: Path) -> list[Proyeccion]:
    """Las películas que la página abre, en orden."""
    texto = pagina.read_text(encoding="utf-8")
    return [Proyeccion(una[1], una[2] or "") for una in PROYECCION.finditer(texto)]


@cache
def archivos_incluidos() -> frozenset[Path]:
    """Los archivos que usa alguna página: los incluye ella, u otro que ella incluye, o los abre."""
    vistos: set[Path] = set()
    pendientes = list(PAGINAS)
    while pendientes:
        nuevos = {RAIZ / inclusion.archivo for inclusion in inclusiones(pendientes.pop())} - vistos
        vistos |= nuevos
        pendientes += [ruta for ruta in nuevos if ruta.suffix == ".md" and ruta.is_file()]
    peliculas = {una.archivo for pagina in PAGINAS for una in proyecciones(pagina)}
    return frozenset(vistos | peliculas)
