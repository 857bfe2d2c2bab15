"""Ejecutar el programa de un alumno y explicar lo que se ve en su pantalla."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from chatlab.corrector.diagnostico.error import explicar_error
from chatlab.corrector.diagnostico.hallazgo import Hallazgo
from chatlab.corrector.informes.redaccion import detalles, titular

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


@dataclass(frozen=True)
class Explicado:
    """Un error explicado, para mirar cada una de sus piezas."""

    hallazgo: Hallazgo

    @property
    def tipo(self) -> str:
        assert self.hallazgo.error is not None
        return self.hallazgo.error.tipo

    @property
    def mensaje(self) -> str:
        assert self.hallazgo.error is not None
        return self.hallazgo.error.mensaje

    @property
    def hilo(self) -> str:
        assert self.hallazgo.error is not None
        return self.hallazgo.error.hilo

    @property
    def archivo(self) -> str:
        return self.hallazgo.lugar.archivo if self.hallazgo.lugar else ""

    @property
    def linea(self) -> int | None:
        return self.hallazgo.lugar.linea if self.hallazgo.lugar else None

    @property
    def codigo(self) -> str:
        return self.hallazgo.lugar.codigo if self.hallazgo.lugar else ""

    @property
    def lugar(self) -> str:
        return str(self.hallazgo.lugar or "")

    @property
    def explicacion(self) -> str:
        return self.hallazgo.causa

    @property
    def arreglo(self) -> str:
        return self.hallazgo.arreglo

    def redactar(self) -> str:
        """Como sale en un informe."""
        return "\n".join([titular(self.hallazgo), *detalles(self.hallazgo)])


def explicado(pantalla: str, carpeta: Path) -> Explicado:
    """El error explicado de una pantalla en la que tiene que haberlo."""
    hallazgo = explicar_error(pantalla, carpeta)
    assert hallazgo is not None, f"No se encontró ningún error en:\n{pantalla}"
    return Explicado(hallazgo)


def en_frases(hallazgos: Iterable[Hallazgo]) -> list[str]:
    """Cada hallazgo en una frase, con su lugar: «servidor.py, línea 3: Falta `listen`.»."""
    return [f"{uno.lugar}: {uno.causa}" if uno.lugar else uno.causa for uno in hallazgos]
