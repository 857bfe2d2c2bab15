"""Qué cambia de un paso de una lección al siguiente."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from pathlib import Path

from docs.taller.guion import GRABACIONES, RAIZ
from docs.taller.pasos import pasos, principio

PROGRAMAS = ("servidor.py", "cliente.py")
_DONDE = re.compile(r"^@@ -(\d+)(,\d+)? \+(\d+)(,\d+)? @@$")


def cambios() -> dict[Path, str]:
    """El texto de cada `servidor.diff` y `cliente.diff`, por su ruta."""
    return {
        GRABACIONES / paso.parent.name / paso.name / f"{Path(programa).stem}.diff": "".join(
            _diferencia(anterior / programa, paso / programa)
        )
        for anterior, paso in pasos()
        for programa in PROGRAMAS
    }


def _diferencia(antes: Path, ahora: Path) -> Iterator[str]:
    """La de los dos archivos sin el texto que los abre, que en cada paso es otro.

    Sus números de línea son los de los archivos enteros.
    """
    quita = principio(antes.relative_to(RAIZ).as_posix())
    pone = principio(ahora.relative_to(RAIZ).as_posix())
    diferencia = difflib.unified_diff(
        _desde(antes, quita), _desde(ahora, pone), _nombre(antes), _nombre(ahora)
    )
    for linea in diferencia:
        yield _DONDE.sub(lambda donde: _movida(donde, quita, pone), linea)


def _nombre(programa: Path) -> str:
    return f"{programa.parent.name}/{programa.name}"


def _desde(programa: Path, cuantas: int) -> list[str]:
    return programa.read_text(encoding="utf-8").splitlines(keepends=True)[cuantas:]


def _movida(donde: re.Match[str], antes: int, ahora: int) -> str:
    primera, cuantas, otra, otras = donde.groups(default="")
    return f"@@ -{int(primera) + antes}{cuantas} +{int(otra) + ahora}{otras} @@"
