"""Qué carpetas de una entrega no son de quien la escribió."""

from __future__ import annotations

import os
from pathlib import Path

#: Las que deja Python, el zip de un Mac o un gestor de paquetes, en minúsculas.
_AJENAS = frozenset({"__pycache__", "__macosx", "node_modules", "site-packages"})


def es_ajena(carpeta: Path) -> bool:
    """Dice si una subcarpeta no es del alumno: por su nombre, o por ser un entorno virtual.

    Un entorno se conoce por su `pyvenv.cfg` y no por su nombre: alguien puede llamar «env» a una
    carpeta suya (PEP 405). No lanza errores.
    """
    # `os.path.exists` no lanza errores; `Path.exists`, sí, si no se puede mirar dentro.
    return se_llama_como_una_ajena(carpeta) or os.path.exists(carpeta / "pyvenv.cfg")  # noqa: PTH110


def se_llama_como_una_ajena(carpeta: Path) -> bool:
    """Lo mismo, solo por su nombre: también son ajenas las ocultas.

    Para las de una clase: quien puso un entorno en su propia carpeta también entrega.
    """
    return carpeta.name.startswith(".") or carpeta.name.casefold() in _AJENAS
