"""El mapa del curso que encabeza cada página: dónde estás, qué viene y cuánto se tarda."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from docs.taller.guion import GRABACIONES, RAIZ

LECCIONES = RAIZ / "docs" / "lecciones"
MINUTOS = re.compile(r"^minutos: *(\d+)$", re.MULTILINE)
TITULO = re.compile(r"^# (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Pagina:
    """Una página del curso. `minutos` es lo que se tarda en recorrerla."""

    ruta: Path
    titulo: str
    minutos: int


def mapas() -> dict[Path, str]:
    """El mapa de cada página de las lecciones, por la ruta en que se guarda."""
    return {
        GRABACIONES / "mapas" / pagina.ruta.relative_to(LECCIONES): _mapa(pagina, paginas)
        for paginas in _lecciones()
        for pagina in paginas
    }


def paginas_del_curso() -> list[Path]:
    """Todas las páginas de las lecciones, en el orden en que se leen."""
    return [pagina.ruta for paginas in _lecciones() for pagina in paginas]


def _lecciones() -> list[list[Pagina]]:
    """Las páginas de cada lección, en el orden en que se leen."""
    return [
        [leer_pagina(ruta) for ruta in sorted(carpeta.glob("*.md"), key=_turno)]
        for carpeta in sorted(LECCIONES.iterdir())
        if carpeta.is_dir()
    ]


def _turno(ruta: Path) -> tuple[int, str]:
    """La presentación, los pasos y el ejercicio."""
    return ({"index": 0, "ejercicio": 2}.get(ruta.stem, 1), ruta.stem)


def leer_pagina(ruta: Path) -> Pagina:
    texto = ruta.read_text(encoding="utf-8")
    titulo, minutos = TITULO.search(texto), MINUTOS.search(texto)
    return Pagina(
        ruta, titulo.group(1) if titulo else ruta.stem, int(minutos.group(1)) if minutos else 0
    )


def _mapa(aqui: Pagina, paginas: list[Pagina]) -> str:
    filas = [_fila(pagina, aqui) for pagina in paginas]
    return "\n".join(['<div class="mapa" markdown="1">', "", *filas, "", "</div>"]) + "\n"


def _fila(pagina: Pagina, aqui: Pagina) -> str:
    minutos = f" <small>{pagina.minutos} min</small>"
    if pagina is aqui:
        return f"- **{pagina.titulo}**{minutos}"
    enlace = os.path.relpath(pagina.ruta, aqui.ruta.parent)
    return f"- [{pagina.titulo}]({enlace}){minutos}"
