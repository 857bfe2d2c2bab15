"""Escribir en la pantalla de una persona: ya, limpio y en filas que caben."""

from __future__ import annotations

import os
import shutil
import sys

from chatlab.errores import ErrorDePantalla
from chatlab.terminal.filas import en_filas
from chatlab.terminal.sin_esperar import escribir_entero, espera_si_hace_falta, sin_buffers


def para_pantalla(texto: str) -> str:
    """Lo que viene de la red, como se escribe: en una terminal, partido en filas con su señal."""
    return en_filas(texto, columnas()) if sys.stdout.isatty() else texto


def columnas() -> int:
    """Las que tiene ahora la terminal."""
    try:
        reales = os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):
        reales = 0
    return reales or shutil.get_terminal_size().columns


def escribir(texto: str) -> None:
    """Escribe en la salida estándar, ya; lanza `ErrorDePantalla` si nadie la lee."""
    try:
        if espera_si_hace_falta(sys.stdout):
            sys.stdout.write(texto)
            sys.stdout.flush()
        else:
            escribir_entero(sin_buffers(sys.stdout), texto.encode(errors="replace"))
    except OSError as error:
        raise ErrorDePantalla("Nadie lee la salida de este programa: lo dejo aquí.") from error
