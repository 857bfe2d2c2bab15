"""Los minutos que dicen las tablas: los de las páginas que enlazan, y los de sus retos.

Las tablas se escriben a mano; sus números, no. En la presentación de una lección, cada fila lleva
los minutos de su página. En *Dar el curso*, también los del reto del paso, y cada sesión, su suma.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from chatlab.curso.retos import MINUTOS as UN_RETO
from docs.taller.inclusiones import DOCS
from docs.taller.mapas import leer_pagina
from docs.taller.minutos import UNA_TAREA, hasta_el_primer_reto, medir

PLAN = DOCS / "guias" / "dar-el-curso.md"
#: Lo que dura una sesión, como mucho.
UNA_SESION = 120

_FILA = re.compile(
    r"^\| \[(?P<rotulo>[^\]]+)\]\((?P<destino>[^)#]+\.md)\)(?P<medio> \|.*\| )\d+ \|$"
)
_SESION = re.compile(r"^(?P<titulo>### Sesión .*?) \([^)]*\)$")
_EN_TOTAL = re.compile(r"(?<=^Los pasos se llevan )\d+", re.MULTILINE)
_PRIMER_RETO = re.compile(r"(?<=\bson )\d+(?= minutos de lectura y de órdenes)")
_MINUTOS = re.compile(r"^\| .* (\d+) \|$")
_VARIOS = re.compile(r"Pasos (\d) (?:a|y) (\d)")
_PARTE = re.compile(r"\*\*tareas 1 a (\d)\*\*(?!; después)")


def tablas_con_minutos() -> dict[Path, str]:
    """La presentación de cada lección y el plan de clase, con los minutos que tocan."""
    presentaciones = sorted((DOCS / "lecciones").glob("*/index.md"))
    return {una: _con_los_de_sus_paginas(una) for una in presentaciones} | {PLAN: plan_de_clase()}


def _con_los_de_sus_paginas(indice: Path) -> str:
    lineas = []
    for linea in indice.read_text(encoding="utf-8").split("\n"):
        fila = _FILA.match(linea)
        if fila and (pagina := indice.parent / fila["destino"]).parent == indice.parent:
            linea = _con(fila, leer_pagina(pagina).minutos)
        lineas.append(linea)
    return _EN_TOTAL.sub(str(_con_sus_retos(indice.parent.glob("paso*.md"))), "\n".join(lineas))


def plan_de_clase() -> str:
    """El texto de *Dar el curso*, con sus minutos y con lo que suma cada sesión."""
    lineas = [_fila_del_plan(linea) for linea in PLAN.read_text(encoding="utf-8").split("\n")]
    primer_reto = str(math.ceil(hasta_el_primer_reto()))
    return _PRIMER_RETO.sub(primer_reto, "\n".join(_con_las_sumas(lineas)))


def _con_sus_retos(pasos: Iterable[Path]) -> int:
    return sum(leer_pagina(paso).minutos + UN_RETO for paso in pasos)


def _fila_del_plan(linea: str) -> str:
    fila = _FILA.match(linea)
    if fila is None:
        return linea
    destino = (PLAN.parent / fila["destino"]).resolve()
    if destino == DOCS / "empezar.md":
        return _con(fila, leer_pagina(destino).minutos)
    if DOCS / "lecciones" not in destino.parents:
        return linea
    if destino.stem == "ejercicio":
        return _con(fila, _de_un_ejercicio(destino, fila["medio"]))
    varios = _VARIOS.search(fila["rotulo"])
    cuales = f"paso[{varios[1]}-{varios[2]}]_*.md" if varios else destino.name
    return _con(fila, _con_sus_retos(destino.parent.glob(cuales)))


def _de_un_ejercicio(pagina: Path, que_se_hace: str) -> int:
    """Los de su página; si solo se hacen las primeras tareas, sin los de las demás."""
    enteros = leer_pagina(pagina).minutos
    parte = _PARTE.search(que_se_hace)
    return enteros - (medir(pagina).tareas - int(parte[1])) * UNA_TAREA if parte else enteros


def _con(fila: re.Match[str], minutos: int) -> str:
    return f"| [{fila['rotulo']}]({fila['destino']}){fila['medio']}{minutos} |"


def _con_las_sumas(lineas: list[str]) -> Iterator[str]:
    for numero, linea in enumerate(lineas):
        sesion = _SESION.match(linea)
        suma = sum(_minutos_hasta_otro_titulo(lineas[numero + 1 :])) if sesion else 0
        yield f"{sesion['titulo']} ({suma} min)" if sesion and suma else linea


def _minutos_hasta_otro_titulo(lineas: list[str]) -> Iterator[int]:
    for linea in lineas:
        if linea.startswith("#"):
            return
        if minutos := _MINUTOS.match(linea):
            yield int(minutos[1])
