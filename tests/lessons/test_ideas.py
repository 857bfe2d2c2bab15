"""Las ideas: cada una se enseña antes de que haga falta, y nada pide una que no se ha enseñado.

La tabla está en `docs/lecciones/ideas.toml`. Se compara con lo que usan los programas de los pasos,
los de partida y las soluciones de los ejercicios, y con lo que nombran las TAREAS, las pistas y el
enunciado.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from chatlab.curso.ficha import leer_ficha
from chatlab.curso.pistas import leer_pistas
from docs.taller.ideas import Idea, Ideas, antes_de, leer_ideas
from docs.taller.inclusiones import inclusiones
from docs.taller.mapas import LECCIONES as PAGINAS
from docs.taller.mapas import paginas_del_curso
from tests.apoyo.lecciones import LECCIONES
from tests.apoyo.programa import RAIZ
from tests.lessons.lo_que_usa import (
    definidos_en,
    llamados_en,
    nombres_de,
    tareas_de,
)

IDEAS: Ideas = leer_ideas()
#: Todos los nombres de la tabla: los que en un texto se reconocen aunque no vayan como código.
NOMBRES = frozenset().union(*(una.nombres for una in IDEAS.ideas))
PASOS = sorted(RAIZ.glob("lessons/*/paso*"))
#: Los finales de los nombres de archivo: van detrás de un punto y no son de Python.
EXTENSIONES = frozenset({"py", "toml", "md", "txt"})

en_cada_leccion = pytest.mark.parametrize("leccion", LECCIONES, ids=lambda ruta: str(ruta.name))


def ensenados_hasta(pagina: Path) -> frozenset[str]:
    """Los nombres que ya se han visto al acabar de leer una página."""
    return IDEAS.sabido.union(*(una.nombres for una in antes_de(pagina, IDEAS)))


def pagina_de(leccion: Path, nombre: str) -> Path:
    return PAGINAS / leccion.name / f"{nombre}.md"


def programas(carpeta: Path) -> list[str]:
    return [ruta.read_text(encoding="utf-8") for ruta in sorted(carpeta.glob("*.py"))]


def usados_en(carpeta: Path) -> set[str]:
    """Los nombres que usan los programas de una carpeta y no define ninguno de ellos."""
    de_la_carpeta = {ruta.stem for ruta in carpeta.glob("*.py")}.union(
        *(definidos_en(programa) for programa in programas(carpeta))
    )
    sin = frozenset(de_la_carpeta - NOMBRES)
    return set().union(*(nombres_de(programa, sin=sin) for programa in programas(carpeta)))


@cache
def definidos_en_la_leccion(leccion: Path) -> frozenset[str]:
    archivos = sorted(leccion.rglob("*.py"))
    return frozenset(ruta.stem for ruta in archivos).union(
        *(definidos_en(ruta.read_text(encoding="utf-8")) for ruta in archivos)
    )


def textos_del_ejercicio(leccion: Path) -> dict[str, str]:
    """Lo que lee quien hace el ejercicio, por el sitio en el que está."""
    textos = {
        f"pista de {clave}": f"{pista.pregunta} {pista.texto}"
        for clave, pistas in leer_pistas(leccion / "pistas.toml").items()
        for pista in pistas
    }
    for programa in programas(leccion / "ejercicio"):
        textos |= {tarea[:9]: tarea for tarea in tareas_de(programa)}
    guia = re.sub(r"<!--.*?-->", "", (leccion / "README.md").read_text(encoding="utf-8"))
    enunciado = guia.partition("\n## El ejercicio\n")[2].partition("\n### Cómo probarlo")[0]
    return {**textos, "enunciado": enunciado}


# --- La tabla ---


def test_la_tabla_va_en_el_orden_en_que_se_leen_las_paginas() -> None:
    orden = paginas_del_curso()
    turnos = [orden.index(una.pagina) for una in IDEAS.ideas]

    assert turnos == sorted(turnos)


def test_cada_paso_ensena_alguna_idea() -> None:
    con_idea = {una.pagina for una in IDEAS.ideas}

    assert [paso for paso in PASOS if pagina_de(paso.parent, paso.name) not in con_idea] == []


@pytest.mark.parametrize("idea", IDEAS.ideas, ids=lambda idea: idea.idea)
def test_la_pagina_de_una_idea_trae_sus_nombres_y_sus_palabras(idea: Idea) -> None:
    pagina = idea.pagina.read_text(encoding="utf-8")
    # También los programas y las pantallas que incluye.
    incluidos = {RAIZ / uno.archivo for uno in inclusiones(idea.pagina)}
    todo = [pagina, *(ruta.read_text(encoding="utf-8") for ruta in incluidos)]
    trae = set(re.findall(r"\w+", " ".join(todo)))

    assert {nombre.removesuffix("=") for nombre in idea.nombres} - trae == set()
    assert [palabra for palabra in idea.palabras if palabra.lower() not in pagina.lower()] == []


# --- Lo que hace falta, y cuándo se ha enseñado ---


@pytest.mark.parametrize("paso", PASOS, ids=lambda ruta: f"{ruta.parent.name[:2]}-{ruta.name}")
def test_un_paso_no_usa_nada_que_se_ensene_despues(paso: Path) -> None:
    assert usados_en(paso) - ensenados_hasta(pagina_de(paso.parent, paso.name)) == set()


@en_cada_leccion
@pytest.mark.parametrize("carpeta", ["ejercicio", "solucion"])
def test_un_ejercicio_no_usa_nada_que_no_se_haya_ensenado(leccion: Path, carpeta: str) -> None:
    assert usados_en(leccion / carpeta) - ensenados_hasta(pagina_de(leccion, "ejercicio")) == set()


@en_cada_leccion
def test_lo_que_dice_un_ejercicio_no_nombra_nada_que_no_se_haya_ensenado(leccion: Path) -> None:
    conocidos = ensenados_hasta(pagina_de(leccion, "ejercicio"))
    for donde, texto in textos_del_ejercicio(leccion).items():
        de_la_tabla = NOMBRES & set(re.findall(r"\w+", texto))
        llamados = llamados_en(texto) - definidos_en_la_leccion(leccion) - EXTENSIONES
        assert (de_la_tabla | llamados) - conocidos == set(), donde


@en_cada_leccion
def test_lo_que_dice_un_ejercicio_no_usa_palabras_que_no_se_hayan_ensenado(leccion: Path) -> None:
    ya = antes_de(pagina_de(leccion, "ejercicio"), IDEAS)
    despues = {palabra for una in IDEAS.ideas if una not in ya for palabra in una.palabras}
    for donde, texto in textos_del_ejercicio(leccion).items():
        dichas = {palabra for palabra in despues if re.search(rf"\b{palabra}(e?s)?\b", texto)}
        assert dichas == set(), donde


# --- Las notas de diseño ---


@en_cada_leccion
def test_cada_ejercicio_dice_que_pide_que_los_pasos_no_dan(leccion: Path) -> None:
    diseno = leer_ficha(leccion / "leccion.toml").diseno

    assert list(diseno) == ["De qué parte", "Qué pide que los pasos no dan", "Por qué"]
    assert all(re.fullmatch(r"[A-ZÁÉÍÓÚ«`].+[.)]", texto) for texto in diseno.values())
