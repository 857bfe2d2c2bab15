"""Que el corrector califica bien: los programas del banco reciben el veredicto que merecen.

Son cientos de correcciones: se piden aparte, con `pytest -m banco -n 3`.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from chatlab.corrector.modelo import Veredicto
from tests.apoyo.programa import RAIZ
from tests.corrector.banco import CLAVES, Mutante, Variante, mutantes, no_hacen, variantes
from tests.corrector.corregir import como_se_lee, corregir, dos_primeras, las_que_no_van_bien

pytestmark = pytest.mark.banco

LECCIONES = RAIZ / "lessons"

#: Lo que no hacen los cinco proyectos de los que nació chatlab.
SEMILLAS = no_hacen("03_difusion")


@pytest.mark.parametrize("variante", variantes(), ids=lambda variante: variante.nombre)
def test_un_chat_correcto_pasa_todo_lo_que_hace(variante: Variante, tmp_path: Path) -> None:
    informe = corregir(LECCIONES / "03_difusion", variante.carpeta, tmp_path / "informe.json")

    fallan = las_que_no_van_bien(informe)
    assert set(fallan) == variante.no_cumple, fallan


@pytest.mark.parametrize("mutante", mutantes(), ids=lambda mutante: mutante.nombre)
def test_una_falta_la_caza_su_comprobacion(mutante: Mutante, tmp_path: Path) -> None:
    entrega = mutante.preparar(tmp_path / "entrega")

    informe = corregir(LECCIONES / mutante.leccion, entrega, tmp_path / "informe.json")

    fallan = las_que_no_van_bien(informe)
    nuevas = [
        clave
        for clave in CLAVES[mutante.leccion]
        if clave in fallan and clave not in mutante.ya_falla
    ]
    assert nuevas, "no la caza nadie"
    assert nuevas[0] == mutante.caza, fallan
    assert all(texto.startswith(Veredicto.FALLA) for texto in fallan.values()), fallan
    texto = como_se_lee(informe)
    assert re.search(mutante.causa, dos_primeras(texto), re.IGNORECASE), texto


@pytest.mark.parametrize("paso", SEMILLAS)
def test_cada_semilla_recibe_lo_que_merece(paso: str, tmp_path: Path) -> None:
    leccion = LECCIONES / "03_difusion"

    informe = corregir(leccion, leccion / paso, tmp_path / "informe.json")

    fallan = las_que_no_van_bien(informe)
    assert set(fallan) == SEMILLAS[paso], fallan
