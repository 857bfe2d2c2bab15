"""Los mapas: el de una lección, que encabeza sus páginas, y el del curso entero.

Dicen dónde estás, qué viene y cuánto se tarda. Lo que se puede marcar como hecho lleva su clave en
`data-avance` (`chatlab/curso/codigo.py`), y de lo demás se encarga `docs/javascripts/avance.js`.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from chatlab.curso.codigo import clave_de_la_pagina, clave_del_ejercicio, clave_del_reto
from chatlab.curso.lecciones import Leccion, lecciones
from chatlab.curso.retos import MINUTOS as MINUTOS_DE_UN_RETO
from chatlab.curso.retos import Reto, leer_retos
from docs.taller.guion import GRABACIONES, RAIZ

DOCS = RAIZ / "docs"
LECCIONES = DOCS / "lecciones"
#: La página con el mapa del curso, y lo que ella incluye.
MAPA = DOCS / "mapa.md"
MAPA_DEL_CURSO = GRABACIONES / "mapas" / "curso.md"
MINUTOS = re.compile(r"^minutos: *(\d+)$", re.MULTILINE)
TITULO = re.compile(r"^# (.+)$", re.MULTILINE)
NUMERO_DE_PASO = re.compile(r"paso(\d+)_")


@dataclass(frozen=True, slots=True)
class Pagina:
    """Una página del curso. `minutos` es lo que se tarda en recorrerla."""

    ruta: Path
    titulo: str
    minutos: int


def mapas() -> dict[Path, str]:
    """El mapa de cada página de las lecciones y el del curso, por la ruta en que se guardan."""
    de_cada_pagina = {
        GRABACIONES / "mapas" / pagina.ruta.relative_to(LECCIONES): _mapa(pagina, paginas)
        for paginas in _lecciones()
        for pagina in paginas
    }
    return de_cada_pagina | {MAPA_DEL_CURSO: _mapa_del_curso()}


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


def _clave(ruta: Path) -> str:
    leccion = _leccion(ruta)
    if ruta.stem == "ejercicio":
        return clave_del_ejercicio(leccion)
    paso = NUMERO_DE_PASO.match(ruta.stem)
    return clave_de_la_pagina(leccion, int(paso[1]) if paso else 0)


def _leccion(ruta: Path) -> Leccion:
    return next(una for una in lecciones() if una.nombre == ruta.parent.name)


# --- El de una lección ---


def _mapa(aqui: Pagina, paginas: list[Pagina]) -> str:
    filas = [_fila(pagina, aqui) for pagina in paginas]
    curso = f"[Mapa de todo el curso]({os.path.relpath(MAPA, aqui.ruta.parent)})"
    partes = ['<div class="mapa" markdown="1">', "", *filas, "", curso, "", "</div>"]
    return "\n".join(partes) + "\n"


def _fila(pagina: Pagina, aqui: Pagina) -> str:
    final = _senal(_clave(pagina.ruta), pagina.minutos)
    if pagina is aqui:
        return f"- **{pagina.titulo}**{final}"
    return f"- [{pagina.titulo}]({os.path.relpath(pagina.ruta, aqui.ruta.parent)}){final}"


def _senal(clave: str, minutos: int) -> str:
    """Lo que va detrás del nombre de algo que se puede marcar."""
    return f'{{ data-avance="{clave}" }} <small>{minutos} min</small>'


# --- El del curso ---


def _mapa_del_curso() -> str:
    partes = [_leccion_del_mapa(paginas) for paginas in _lecciones()]
    return "\n\n".join(['<div class="curso" markdown="1">', *partes, "</div>"]) + "\n"


def _leccion_del_mapa(paginas: list[Pagina]) -> str:
    leccion = _leccion(paginas[0].ruta)
    retos = {reto.paso: reto for reto in leer_retos(leccion)}
    minutos = sum(pagina.minutos for pagina in paginas) + MINUTOS_DE_UN_RETO * len(retos)
    filas: list[str] = []
    for pagina in paginas:
        titulo = "Presentación" if pagina.ruta.stem == "index" else pagina.titulo
        filas.append(f"- {_enlace(titulo, pagina.ruta, _clave(pagina.ruta), pagina.minutos)}")
        if reto := retos.get(pagina.ruta.stem):
            filas.append(f"    - {_enlace_del_reto(reto, pagina.ruta)}")
    return f"## {leccion.rotulo}\n\n<small>{_horas(minutos)}</small>\n\n" + "\n".join(filas)


def _enlace(titulo: str, ruta: Path, clave: str, minutos: int, ancla: str = "") -> str:
    destino = ruta.relative_to(DOCS).as_posix()
    return f"[{titulo}]({destino}{ancla}){_senal(clave, minutos)}"


def _enlace_del_reto(reto: Reto, ruta: Path) -> str:
    titulo = f"Reto {reto.numero} · {reto.titulo}"
    return _enlace(titulo, ruta, clave_del_reto(reto), MINUTOS_DE_UN_RETO, "#cambialo-tu")


def _horas(minutos: int) -> str:
    """«2 h 10 min»."""
    horas, resto = divmod(minutos, 60)
    return " ".join(
        f"{cuanto} {unidad}" for cuanto, unidad in ((horas, "h"), (resto, "min")) if cuanto
    )
