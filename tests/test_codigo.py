"""`chatlab lecciones --codigo`: lo que alguien lleva hecho, en una línea para el mapa del sitio."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatlab.corrector.taller import estado
from chatlab.corrector.taller.avance import marcar
from chatlab.curso.codigo import escribir_codigo
from tests.conftest import Lanzar

HECHO = {
    "retos": {"01.2": True, "03.1": True, "04.1": False},
    "correcciones": {
        "01_bitacora": {
            "nota": 10.0,
            "puntos": 10,
            "puntos_posibles": 10,
            "aprobado": True,
            "titulos": {},
            "fallan": [],
        },
        "02_turnos": {
            "nota": 3.0,
            "puntos": 3,
            "puntos_posibles": 10,
            "aprobado": False,
            "titulos": {},
            "fallan": ["lento"],
        },
    },
}


@pytest.fixture
def entorno(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Con su propia carpeta de estado: nadie ha hecho nada."""
    monkeypatch.setenv(estado.VARIABLE, str(tmp_path / "estado"))
    return {estado.VARIABLE: str(tmp_path / "estado")}


def lecciones(lanzar: Lanzar, carpeta: Path, entorno: dict[str, str], *opciones: str) -> str:
    programa = lanzar("-m", "chatlab", "lecciones", *opciones, carpeta=carpeta, entorno=entorno)
    assert programa.esperar_fin() == 0
    return programa.pantalla


def test_el_codigo_dice_los_retos_logrados_y_los_ejercicios_aprobados(
    lanzar: Lanzar, tmp_path: Path, entorno: dict[str, str]
) -> None:
    marcar(tmp_path / "ejercicios")
    estado.recordar(tmp_path / "ejercicios", HECHO)

    primera, *resto = lecciones(lanzar, tmp_path, entorno, "--codigo").splitlines()

    assert primera == "chatlab:01.2r,01e,03.1r:3"
    assert "docs mapa" in "\n".join(resto)


def test_sin_nada_hecho_no_hay_codigo_y_se_dice_como_empezar(
    lanzar: Lanzar, tmp_path: Path, entorno: dict[str, str]
) -> None:
    assert "Aún no hay nada hecho" in lecciones(lanzar, tmp_path, entorno, "--codigo")

    marcar(tmp_path / "ejercicios")
    dicho = lecciones(lanzar, tmp_path, entorno, "--codigo")
    assert "chatlab:" not in dicho
    assert "chatlab reto" in dicho


def test_de_una_carpeta_que_no_existe_se_dice_que_no_existe(lanzar: Lanzar, tmp_path: Path) -> None:
    programa = lanzar("-m", "chatlab", "lecciones", "--codigo", "no_hay", carpeta=tmp_path)

    assert programa.esperar_fin() == 1
    assert "No existe la carpeta «no_hay»." in programa.transcripcion()


def test_el_codigo_acaba_en_cuantas_cosas_lleva() -> None:
    assert escribir_codigo(["01.1r", "01e"]) == "chatlab:01.1r,01e:2"
