"""Leer un archivo que ha puesto otra persona: puede no ser lo que parece."""

from __future__ import annotations

import os
import stat
from pathlib import Path

#: Sin esperar a nadie (un FIFO) y, en Windows, sin cambiar los finales de línea.
_MODO = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def leer_ajeno(archivo: Path, maximo: int, *, seguir_enlaces: bool = False) -> bytes:
    """Los primeros `maximo` bytes de un archivo normal.

    Lanza `OSError` si no lo es, si no se puede leer o, sin `seguir_enlaces`, si es un enlace.
    """
    modo = _MODO if seguir_enlaces else _MODO | getattr(os, "O_NOFOLLOW", 0)
    with os.fdopen(os.open(archivo, modo), "rb") as abierto:
        if not stat.S_ISREG(os.fstat(abierto.fileno()).st_mode):
            raise OSError(f"«{archivo.name}» no es un archivo normal")
        return abierto.read(maximo)
