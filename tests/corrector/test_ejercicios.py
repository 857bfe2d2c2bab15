"""Los ejercicios, corregidos: la solución va bien, y el arranque falla justo donde dice."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatlab.corrector.modelo import Veredicto
from chatlab.curso.ficha import leer_ficha
from tests.apoyo.programa import RAIZ
from tests.corrector.corregir import corregir, las_que_no_van_bien

LECCIONES = sorted(ruta.parent for ruta in RAIZ.glob("lessons/*/test_ejercicio.py"))
cada_leccion = pytest.mark.parametrize("leccion", LECCIONES, ids=lambda ruta: ruta.name)


@cada_leccion
def test_la_solucion_lo_hace_todo_bien(leccion: Path, tmp_path: Path) -> None:
    informe = corregir(leccion, leccion / "solucion", tmp_path / "informe.json")

    assert las_que_no_van_bien(informe) == {}
    assert informe.aprobado
    assert informe.nota == 10


@cada_leccion
def test_el_arranque_falla_justo_donde_dice(leccion: Path, tmp_path: Path) -> None:
    informe = corregir(leccion, leccion / "ejercicio", tmp_path / "informe.json")

    fallan = las_que_no_van_bien(informe)
    assert sorted(fallan) == sorted(leer_ficha(leccion / "leccion.toml").falla), fallan
    assert all(veredicto.startswith(Veredicto.FALLA) for veredicto in fallan.values()), fallan


@cada_leccion
def test_cada_comprobacion_tiene_su_pista_en_la_leccion(leccion: Path, tmp_path: Path) -> None:
    informe = corregir(leccion, leccion / "no_existe", tmp_path / "informe.json")

    assert "no_existe" in informe.problema
    assert all(resultado.comprobacion.pista for resultado in informe.resultados)
