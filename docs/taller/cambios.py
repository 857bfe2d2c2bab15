"""Qué cambia de un paso de una lección al siguiente."""

from __future__ import annotations

import difflib
import re
from itertools import pairwise
from pathlib import Path

from docs.taller.guion import GRABACIONES, RAIZ

SENAL = re.compile(r"^\s*# --8<-- \[(start|end):")
PROGRAMAS = ("servidor.py", "cliente.py")


def cambios() -> dict[Path, str]:
    """El texto de cada `servidor.diff` y `cliente.diff`, por su ruta."""
    return {
        GRABACIONES / leccion.name / paso.name / f"{Path(programa).stem}.diff": _diferencia(
            anterior, paso, programa
        )
        for leccion in sorted((RAIZ / "lessons").iterdir())
        for anterior, paso in pairwise(sorted(leccion.glob("paso*")))
        for programa in PROGRAMAS
    }


def sin_senales(archivo: Path) -> list[str]:
    """Las líneas del archivo, sin los comentarios que nombran sus trozos."""
    lineas = archivo.read_text(encoding="utf-8").splitlines(keepends=True)
    return [linea for linea in lineas if not SENAL.match(linea)]


def _diferencia(anterior: Path, paso: Path, programa: str) -> str:
    return "".join(
        difflib.unified_diff(
            sin_senales(anterior / programa),
            sin_senales(paso / programa),
            f"{anterior.name}/{programa}",
            f"{paso.name}/{programa}",
        )
    )
