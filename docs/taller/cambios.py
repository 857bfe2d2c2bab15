"""Qué cambia de un paso de una lección al siguiente."""

from __future__ import annotations

import difflib
from itertools import pairwise
from pathlib import Path

from docs.taller.guion import GRABACIONES, RAIZ

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


def _diferencia(anterior: Path, paso: Path, programa: str) -> str:
    return "".join(
        difflib.unified_diff(
            _lineas(anterior / programa),
            _lineas(paso / programa),
            f"{anterior.name}/{programa}",
            f"{paso.name}/{programa}",
        )
    )


def _lineas(archivo: Path) -> list[str]:
    return archivo.read_text(encoding="utf-8").splitlines(keepends=True)
