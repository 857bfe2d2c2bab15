"""El ejercicio de otra lección se reconoce, y no se corrige como si fuera de esta."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from chatlab.corrector.entrega.buscar import Entrega
from chatlab.corrector.entrega.otra_leccion import por_que_es_de_otra
from chatlab.curso.lecciones import lecciones, leer_leccion


def frase(leccion: str, carpeta: Path) -> str:
    return por_que_es_de_otra(leer_leccion(leccion), Entrega.buscar(carpeta))


def copiar(origen: Path, destino: Path, *, cambiar: bool = False) -> Path:
    shutil.copytree(origen, destino)
    if cambiar:
        servidor = destino / "servidor.py"
        servidor.write_text(servidor.read_text(encoding="utf-8") + "\nx = 1\n", encoding="utf-8")
    return destino


@pytest.mark.parametrize("dentro", ["", "ejercicio"])
def test_por_su_carpeta(tmp_path: Path, dentro: str) -> None:
    origen = leer_leccion("02").ejercicio
    carpeta = copiar(origen, tmp_path / "02_turnos" / dentro, cambiar=True)

    dicho = frase("03", carpeta)

    assert "La carpeta es de la Lección 02" in dicho
    assert f"corregir 02 {carpeta}" in dicho
    assert frase("02", carpeta) == ""


@pytest.mark.parametrize("parte", ["ejercicio", "solucion", "paso2_turnos"])
def test_por_sus_programas_aunque_el_editor_los_guarde_a_su_manera(
    tmp_path: Path, parte: str
) -> None:
    carpeta = copiar(leer_leccion("02").carpeta / parte, tmp_path / "Ana")
    servidor = carpeta / "servidor.py"
    servidor.write_bytes(b"\xef\xbb\xbf" + servidor.read_bytes().replace(b"\n", b"\r\n"))

    assert "Estos programas son los de la Lección 02" in frase("03", carpeta)
    assert frase("02", carpeta) == ""


@pytest.mark.parametrize("leccion", lecciones(), ids=lambda leccion: leccion.nombre)
def test_lo_de_cada_leccion_es_suyo(leccion, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    for parte in ("ejercicio", "solucion"):
        carpeta = copiar(leccion.carpeta / parte, tmp_path / parte / "Ana")

        assert por_que_es_de_otra(leccion, Entrega.buscar(carpeta)) == ""


def test_un_programa_propio_no_es_de_ninguna(tmp_path: Path) -> None:
    carpeta = copiar(leer_leccion("02").ejercicio, tmp_path / "mi chat", cambiar=True)

    assert frase("03", carpeta) == ""
