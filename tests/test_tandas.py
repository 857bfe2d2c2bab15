"""Hay pruebas rápidas, lentas y banco, y la integración continua ejecuta las tres tandas."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest

from tests.apoyo.programa import RAIZ
from tests.conftest import APARTADAS, apartadas_dos_veces

PYTEST: dict[str, Any] = tomllib.loads((RAIZ / "pyproject.toml").read_text(encoding="utf-8"))[
    "tool"
]["pytest"]["ini_options"]


def ordenes_de_pytest(texto: str) -> list[str]:
    """Las órdenes del texto que ejecutan pytest, sin los comentarios."""
    sin_comentarios = re.sub(r"(?m)^\s*#.*$", "", texto)
    return re.findall(r"-m pytest.*", sin_comentarios)


def test_cada_marca_que_aparta_pruebas_esta_declarada() -> None:
    assert [marca.partition(":")[0] for marca in PYTEST["markers"]] == list(APARTADAS)


def test_sin_pedir_nada_se_ejecutan_las_rapidas() -> None:
    apartadas = " and ".join(f"not {marca}" for marca in APARTADAS)
    assert f"-m '{apartadas}'" in PYTEST["addopts"]


def test_el_inicio_rapido_del_readme_ejecuta_las_rapidas() -> None:
    (orden,) = set(re.findall(r"-m pytest (.*)", (RAIZ / "README.md").read_text(encoding="utf-8")))
    assert "-m" not in orden.split()


@pytest.mark.parametrize("marca", APARTADAS)
def test_la_integracion_continua_ejecuta_entera_cada_tanda_apartada(marca: str) -> None:
    ordenes = ordenes_de_pytest((RAIZ / ".ci" / "run").read_text(encoding="utf-8"))
    enteras = [orden for orden in ordenes if f"-m {marca} " in orden]
    assert enteras, f".ci/run no ejecuta «pytest -m {marca}»"
    (orden,) = enteras
    assert not re.search(r" -k| tests/|--ignore|--deselect", orden), "solo ejecuta una parte"


def test_con_el_python_mas_nuevo_se_prueban_carpetas_y_archivos_que_existen() -> None:
    """«`.ci/run` runs the fast line on 3.11 and on the newest that the machine has.»"""
    guion = (RAIZ / ".ci" / "run").read_text(encoding="utf-8").replace("\\\n", "")
    (orden,) = re.findall(r"nuevo/bin/python -m pytest .*", guion)
    rutas = [
        antes + uno + despues
        for antes, varios, despues in re.findall(r"(tests/[\w/]*)(?:{([\w,]+)})?([\w.]*)", orden)
        for uno in varios.split(",")
    ]

    assert "tests/sonda" in rutas
    assert [ruta for ruta in rutas if not (RAIZ / ruta).exists()] == []


@pytest.mark.parametrize("marca", APARTADAS)
def test_la_guia_dice_como_se_ejecuta_cada_tanda_apartada(marca: str) -> None:
    guia = (RAIZ / "CONTRIBUIR.md").read_text(encoding="utf-8")
    assert f"python -m pytest -m {marca} " in guia


def test_una_prueba_no_puede_apartarse_dos_veces() -> None:
    prueba = {"test_a": {"lento"}, "test_b": {"lento", "banco"}, "test_c": {"parametrize"}}
    assert apartadas_dos_veces(prueba) == ["test_b"]
