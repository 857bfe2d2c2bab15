"""Las lecciones: lo que dice la ficha de cada una, y que el sitio las enseña en su orden."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from chatlab.curso.ficha import Ficha, leer_ficha
from chatlab.curso.lecciones import lecciones
from chatlab.errores import ErrorDeArchivo
from docs.taller.mapas import paginas_del_curso
from tests.apoyo.programa import RAIZ


def escribir(carpeta: Path, ficha: str) -> Path:
    archivo = carpeta / "leccion.toml"
    archivo.write_text(ficha, encoding="utf-8")
    return archivo


def test_la_ficha_dice_si_se_chatea_con_nombre() -> None:
    con_nombres = [una.nombre for una in lecciones() if leer_ficha(una.ficha).con_nombres]

    assert con_nombres == ["03_difusion", "05_eventos", "06_robustez"]


def test_una_leccion_sin_ficha_no_tiene_nada_de_particular(tmp_path: Path) -> None:
    assert leer_ficha(tmp_path / "leccion.toml") == Ficha(con_nombres=False, falla=(), tareas={})


def test_la_ficha_dice_que_falla_al_empezar_y_que_tarea_lo_arregla(tmp_path: Path) -> None:
    ficha = escribir(tmp_path, 'arranque.falla = ["lento"]\narranque.tareas.3 = ["lento"]\n')

    assert leer_ficha(ficha) == Ficha(falla=("lento",), tareas={3: ("lento",)})


@pytest.mark.parametrize(
    "ficha",
    ["con_nombres = quizá", "arranque = 3", "arranque.tareas.uno = []", "arranque.falla = 1"],
)
def test_de_una_ficha_que_no_se_entiende_se_dice_cual_es(tmp_path: Path, ficha: str) -> None:
    with pytest.raises(ErrorDeArchivo, match=r"No entiendo la ficha «.*leccion\.toml»"):
        leer_ficha(escribir(tmp_path, ficha))


def test_el_sitio_lleva_cada_leccion_y_sus_paginas_en_orden() -> None:
    menu = (RAIZ / "mkdocs.yml").read_text(encoding="utf-8")

    assert re.findall(r"^ +- (lecciones/.+\.md)$", menu, re.MULTILINE) == [
        pagina.relative_to(RAIZ / "docs").as_posix() for pagina in paginas_del_curso()
    ]
    numeros = re.findall(r"^ +- (\d\d) · .+:$", menu, re.MULTILINE)
    assert numeros == [leccion.numero for leccion in lecciones()]
