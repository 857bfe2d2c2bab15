"""Corregir una entrega en una prueba, como lo hace `chatlab corregir`: pytest en otro proceso."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from rich.console import Console

from chatlab.corrector.informes.redaccion import explicacion
from chatlab.corrector.informes.terminal import escribir_informe
from chatlab.corrector.modelo import Informe, Veredicto
from tests.apoyo.programa import RAIZ

#: Segundos que puede tardar una corrección entera en una máquina muy ocupada.
PLAZO = 180


def corregir(leccion: Path, entrega: Path, salida: Path, *opciones: str) -> Informe:
    """El informe de la entrega; `salida` es el archivo en que se guarda."""
    ejecucion = subprocess.run(
        [
            sys.executable, "-m", "pytest", "-p", "chatlab.corrector.plugin", "-p",
            "no:cacheprovider", "-q", "-c", os.devnull, "--rootdir", str(RAIZ),
            str(leccion / "test_ejercicio.py"), "--entrega", str(entrega),
            "--informe-json", str(salida), *opciones,
        ],
        cwd=RAIZ,
        env={**os.environ, "PYTHONPATH": str(RAIZ), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=PLAZO,
    )  # fmt: skip
    assert salida.exists(), ejecucion.stdout + ejecucion.stderr
    datos: dict[str, Any] = json.loads(salida.read_text(encoding="utf-8"))
    return Informe.de_json(datos)


def como_se_lee(informe: Informe) -> str:
    """El informe, como sale en una terminal."""
    papel = io.StringIO()
    escribir_informe(Console(file=papel, width=200), informe, "", detalle=False)
    return papel.getvalue()


def dos_primeras(texto: str) -> str:
    """Sus dos primeras líneas, sin contar las vacías: ahí tiene que estar la causa."""
    return "\n".join([linea for linea in texto.split("\n") if linea.strip()][:2])


def las_que_no_van_bien(informe: Informe) -> dict[str, str]:
    """Por su clave, el veredicto y la explicación de lo que no ha salido bien."""
    return {
        resultado.comprobacion.clave: f"{resultado.veredicto}: {explicacion(resultado)}"
        for resultado in informe.resultados
        if resultado.veredicto is not Veredicto.BIEN
    }
