"""Los ejercicios, corregidos: la solución va bien, y el arranque falla justo donde dice.

Corregir es ejecutar decenas de programas: con los rápidos va la primera lección, y las demás con
los lentos.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from chatlab.corrector.modelo import Veredicto
from chatlab.corrector.rubrica import con_pesos
from chatlab.curso.ficha import leer_ficha
from tests.apoyo.lecciones import LECCIONES, declaradas
from tests.corrector.corregir import corregir, las_que_no_van_bien

PRIMERA, *LAS_DEMAS = LECCIONES
con_cada_leccion = pytest.mark.parametrize(
    "leccion",
    [PRIMERA, *(pytest.param(una, marks=pytest.mark.lento) for una in LAS_DEMAS)],
    ids=[una.name for una in LECCIONES],
)


@con_cada_leccion
def test_la_solucion_lo_hace_todo_bien(leccion: Path, tmp_path: Path) -> None:
    informe = corregir(leccion, leccion / "solucion", tmp_path / "informe.json")

    assert las_que_no_van_bien(informe) == {}
    assert informe.aprobado
    assert informe.nota == 10


@con_cada_leccion
def test_el_arranque_falla_justo_donde_dice(leccion: Path, tmp_path: Path) -> None:
    informe = corregir(leccion, leccion / "ejercicio", tmp_path / "informe.json")

    fallan = las_que_no_van_bien(informe)
    assert sorted(fallan) == sorted(leer_ficha(leccion / "leccion.toml").falla), fallan
    assert all(veredicto.startswith(Veredicto.FALLA) for veredicto in fallan.values()), fallan


@pytest.mark.parametrize("leccion", LECCIONES, ids=lambda ruta: ruta.name)
def test_cada_comprobacion_tiene_su_pista_en_la_leccion(leccion: Path) -> None:
    comprobaciones = declaradas(leccion).values()

    assert comprobaciones
    assert all(con_pesos(una, leccion, rubrica=None).pista for una in comprobaciones)


def test_de_una_entrega_que_no_existe_se_dice(tmp_path: Path) -> None:
    informe = corregir(PRIMERA, PRIMERA / "no_existe", tmp_path / "informe.json")

    assert "no_existe" in informe.problema
    assert all(resultado.comprobacion.pista for resultado in informe.resultados)
