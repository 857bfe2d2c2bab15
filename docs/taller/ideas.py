"""Qué idea se enseña dónde, y la nota de diseño de cada ejercicio, como las enseña su página.

Salen de `docs/lecciones/ideas.toml` y de la ficha de cada lección, `lessons/NN_tema/leccion.toml`.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from chatlab.curso.ficha import leer_ficha
from chatlab.curso.lecciones import Leccion, lecciones
from docs.taller.guion import GRABACIONES
from docs.taller.mapas import LECCIONES, leer_pagina, paginas_del_curso

ARCHIVO = LECCIONES / "ideas.toml"
CARPETA = GRABACIONES / "ideas"
#: Desde la página que incluye las tablas, docs/guias/ideas.md.
A_LAS_LECCIONES = "../lecciones"
CABECERA = "| idea | dónde | lo que se escribe |\n| --- | --- | --- |"


@dataclass(frozen=True, slots=True)
class Idea:
    """Una idea, la página que la enseña, y los nombres y las palabras que vienen con ella."""

    idea: str
    pagina: Path
    nombres: frozenset[str]
    palabras: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ideas:
    """Todas, en el orden en que se leen, y el Python que se da por sabido."""

    ideas: tuple[Idea, ...]
    sabido: frozenset[str]


def leer_ideas() -> Ideas:
    """La tabla entera, de su archivo."""
    leido = tomllib.loads(ARCHIVO.read_text(encoding="utf-8"))
    ideas = tuple(
        Idea(
            una["idea"],
            LECCIONES / f"{una['pagina']}.md",
            frozenset(una.get("nombres", ())),
            tuple(una.get("palabras", ())),
        )
        for una in leido["ideas"]
    )
    return Ideas(ideas, frozenset(leido["sabido"]))


def ideas() -> dict[Path, str]:
    """La tabla de las ideas y las notas de los ejercicios, por la ruta en que se guardan."""
    return {CARPETA / "tabla.md": _tabla(leer_ideas()), CARPETA / "notas.md": _notas()}


def _tabla(todas: Ideas) -> str:
    partes = []
    for leccion in lecciones():
        suyas = [una for una in todas.ideas if una.pagina.parent.name == leccion.nombre]
        filas = [_fila(una) for una in suyas]
        partes.append(f"### {leccion.numero} · {leccion.titulo}")
        partes.append("\n".join([CABECERA, *filas]))
    return "\n\n".join(partes) + "\n"


def _fila(idea: Idea) -> str:
    numero = idea.pagina.stem.partition("_")[0].removeprefix("paso")
    donde = f"[paso {numero}]({A_LAS_LECCIONES}/{idea.pagina.parent.name}/{idea.pagina.name})"
    nombres = ", ".join(
        f"`{nombre}`"
        for nombre in sorted(idea.nombres, key=lambda nombre: (nombre.lower(), nombre))
    )
    return f"| {idea.idea} | {donde} | {nombres} |"


def _notas() -> str:
    return "\n\n".join(_nota(leccion) for leccion in lecciones()) + "\n"


def _nota(leccion: Leccion) -> str:
    diseno = leer_ficha(leccion.ficha).diseno
    pagina = LECCIONES / leccion.nombre / "ejercicio.md"
    enlace = f"[{leer_pagina(pagina).titulo}]({A_LAS_LECCIONES}/{leccion.nombre}/ejercicio.md)"
    return "\n".join(
        [
            f"### {leccion.numero} · El ejercicio",
            "",
            f"- **Cuál es:** {enlace}",
            *(f"- **{rotulo}:** {texto}" for rotulo, texto in diseno.items()),
        ]
    )


def antes_de(pagina: Path, todas: Ideas) -> tuple[Idea, ...]:
    """Las ideas de las páginas que se leen antes que esta, y las de esta."""
    turno = {ruta: numero for numero, ruta in enumerate(paginas_del_curso())}
    return tuple(una for una in todas.ideas if turno[una.pagina] <= turno[pagina])
