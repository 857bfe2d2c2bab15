"""Cuánto se puede aislar a los programas en esta máquina, y cómo se dice."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from chatlab.corrector.jaula import bubblewrap
from chatlab.corrector.jaula.cerca import CON_SENALES

#: Lo que no se contiene sin bubblewrap: con la cerca de `cerca.py`, con una vieja y sin ella.
SIN_MUROS = "Los programas no abren tus archivos, pero usan tu red y ven qué otros programas hay"
SIN_SENALES = f"{SIN_MUROS}, y pueden pararlos"
SIN_CERCA = (
    "Los programas pueden leer y cambiar tus archivos, usar tu red, y ver y parar tus otros "
    "programas, también sus variables de entorno"
)
#: Lo que Windows necesita para que funcionen los programas y sus sockets.
_DE_WINDOWS = ("SYSTEMROOT", "SYSTEMDRIVE", "COMSPEC", "PATHEXT", "NUMBER_OF_PROCESSORS")


def buscar_bubblewrap() -> tuple[str, str | None]:
    """El motivo de que no se pueda usar, si no se puede; y su ruta, si se puede."""
    if sys.platform != "linux":
        return "las jaulas de bubblewrap solo existen en Linux", None
    motivo = "no está instalado bubblewrap (en Debian y Ubuntu: sudo apt install bubblewrap)"
    return motivo, bubblewrap.buscar()


def lo_que_no_contiene(cerca: int) -> str:
    """Lo que pueden hacer los programas sueltos, con esa versión de la cerca; 0 es sin ella."""
    if cerca >= CON_SENALES:
        return SIN_MUROS
    return SIN_SENALES if cerca else SIN_CERCA


def entorno_limpio(casa: Path, temporal: Path) -> dict[str, str]:
    """Las variables de quien abre una terminal, sin ninguna de quien corrige."""
    if sys.platform == "win32":
        sistema = {nombre: os.environ[nombre] for nombre in _DE_WINDOWS if nombre in os.environ}
        sistema |= {"PATH": os.environ.get("PATH", ""), "USERPROFILE": str(casa)}
        return sistema | {"TEMP": str(temporal), "TMP": str(temporal)}
    return {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), "/usr/local/bin", os.defpath]),
        "HOME": str(casa),
        "TMPDIR": str(temporal),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
    }
