"""Si los programas de una entrega leen el teclado, visto en su código."""

from __future__ import annotations

import re
from pathlib import Path

from chatlab.corrector.copia import archivos
from chatlab.corrector.fuente import leer_fuente

#: Todo aquello con lo que un programa de Python puede leer lo que alguien teclea.
_LEE = re.compile(
    r"\binput\b|stdin|getpass|readline|msvcrt|\btty\b|termios|curses|tkinter|fileinput|prompt"
    r"|textual|PyQt|PySide|pygame|pynput|keyboard|\bread\(\s*0|\(\s*0\s*,|open\(\s*0"
)


def lee_el_teclado(carpeta: Path, servidor: Path) -> bool:
    """Si en algún archivo de la carpeta, aparte del servidor, se lee el teclado."""
    return any(
        _LEE.search(leer_fuente(carpeta, archivo.as_posix()).texto)
        for archivo in archivos(carpeta)
        if archivo.suffix.casefold() == ".py" and archivo != servidor
    )
