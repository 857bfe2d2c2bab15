"""Ejecutar el programa de un alumno y explicar lo que se ve en su pantalla."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from chatlab.corrector.diagnostico import Diagnostico, explicar_error

PLAZO = 60.0


def escribir(carpeta: Path, **programas: str) -> Path:
    """Guarda los programas de un alumno: `escribir(carpeta, servidor="…", cliente="…")`."""
    for nombre, codigo in programas.items():
        (carpeta / f"{nombre}.py").write_text(codigo, encoding="utf-8")
    return carpeta


def ejecutar(carpeta: Path, programa: str = "servidor.py", teclado: str = "") -> str:
    """Ejecuta un programa hasta que acaba y devuelve lo que se vería en su terminal."""
    return subprocess.run(
        [sys.executable, programa],
        cwd=carpeta,
        input=teclado,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        timeout=PLAZO,
        env={**os.environ, "PYTHONUTF8": "1"},
    ).stdout


def explicado(pantalla: str, carpeta: Path) -> Diagnostico:
    """El diagnóstico de una pantalla en la que tiene que haber un error."""
    diagnostico = explicar_error(pantalla, carpeta)
    assert diagnostico is not None, f"No se encontró ningún error en:\n{pantalla}"
    return diagnostico
