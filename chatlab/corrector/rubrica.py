"""Los puntos y las pistas de cada comprobación, que cada profesor puede cambiar."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from chatlab.corrector.modelo import Comprobacion
from chatlab.curso.pistas import Pista, leer_pistas
from chatlab.errores import ErrorDeArchivo


def con_pesos(comprobacion: Comprobacion, leccion: Path, rubrica: Path | None) -> Comprobacion:
    """La comprobación con los puntos de la rúbrica, si los dice, y la primera pista de la lección.

    Lanza `ErrorDeArchivo` si un archivo no se puede leer o un valor no es un número de puntos.
    """
    puntos = _puntos(rubrica, comprobacion)
    return replace(
        comprobacion,
        puntos=puntos,
        pista=_primera_pista(leccion, comprobacion.clave),
        enlace=comprobacion.enlace or f"lecciones/{leccion.name}/ejercicio",
    )


def _puntos(rubrica: Path | None, comprobacion: Comprobacion) -> int:
    if rubrica is None:
        return comprobacion.puntos
    puntos = leer_rubrica(rubrica).get("puntos", {}).get(comprobacion.clave, comprobacion.puntos)
    if not isinstance(puntos, int) or puntos < 0:
        raise ErrorDeArchivo(
            f"En {rubrica}, «{comprobacion.clave}» debe ser un número de puntos: 0, 1, 2…"
        )
    return puntos


def _primera_pista(leccion: Path, clave: str) -> str:
    pistas = _pistas_de(leccion).get(clave)
    return f"{pistas[0].pregunta} {pistas[0].texto}" if pistas else ""


@cache  # todas las comprobaciones de una corrección piden las suyas
def _pistas_de(leccion: Path) -> dict[str, list[Pista]]:
    return leer_pistas(leccion / "pistas.toml")


def leer_rubrica(archivo: Path) -> dict[str, Any]:
    """La rúbrica, sin mirar aún sus puntos; lanza `ErrorDeArchivo` si no se puede leer."""
    try:
        return tomllib.loads(archivo.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ErrorDeArchivo(f"No puedo leer la rúbrica «{archivo}»: {error}.") from error
