"""Corregir de verdad, como lo hacen un estudiante y un profesor: con la orden y con pytest."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from tests.apoyo.programa import RAIZ

DIFUSION = RAIZ / "lessons" / "03_difusion"
#: Segundos que puede tardar una corrección en una máquina muy ocupada.
PLAZO = 120


def ejecutar(*orden: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *orden],
        cwd=RAIZ,
        capture_output=True,
        encoding="utf-8",
        timeout=PLAZO,
        env={**os.environ, "PYTEST_ADDOPTS": "", "PYTHONUTF8": "1"},
    )


def funcion_de(titulo: str) -> str:
    """El nombre de la prueba: «Los demás saben quién sale», test_los_demas_saben_quien_sale."""
    sin_tildes = unicodedata.normalize("NFD", titulo).encode("ascii", "ignore").decode().lower()
    return "test_" + re.sub(r"\W+", "_", sin_tildes)


@pytest.mark.parametrize(
    ("leccion", "entrega"),
    [
        ("01_bitacora", "paso3_lineas"),
        pytest.param("03_difusion", "ejercicio", marks=pytest.mark.lento),
        pytest.param("03_difusion", "paso1_hilos", marks=pytest.mark.lento),
    ],
)
def test_pytest_y_la_orden_dan_los_mismos_veredictos(leccion: str, entrega: str) -> None:
    carpeta = f"lessons/{leccion}/{entrega}"

    con_pytest = ejecutar(
        "pytest", f"lessons/{leccion}", "--entrega", carpeta, "-q", "-p", "no:cacheprovider"
    )
    con_la_orden = ejecutar("chatlab", "corregir", leccion, carpeta, "--json")

    fallos = set(re.findall(r"^FAILED \S+::(\w+)", con_pytest.stdout, re.MULTILINE))
    resultados = json.loads(con_la_orden.stdout)["resultados"]
    suspensas = {
        funcion_de(uno["comprobacion"]["titulo"])
        for uno in resultados
        if uno["veredicto"] != "bien"
    }
    assert fallos == suspensas != set()
    assert con_pytest.returncode == con_la_orden.returncode == 1


def test_de_un_servidor_con_una_errata_lo_primero_es_el_archivo_la_linea_y_el_arreglo(
    tmp_path: Path,
) -> None:
    shutil.copytree(DIFUSION / "solucion", tmp_path / "Ana Núñez")
    servidor = tmp_path / "Ana Núñez" / "servidor.py"
    codigo = servidor.read_text(encoding="utf-8")
    linea = codigo[: codigo.index("while True:\n        cliente")].count("\n") + 1
    servidor.write_text(
        codigo.replace("while True:\n        cliente", "while true:\n        cliente"),
        encoding="utf-8",
    )

    informe = ejecutar("chatlab", "corregir", "03", str(servidor.parent)).stdout.splitlines()

    assert informe[0].startswith(f"servidor.py, línea {linea}: ")
    assert "True" in informe[0]
    assert informe[1] == "NameError: name 'true' is not defined"
    assert informe[2].strip() == "while true:"
