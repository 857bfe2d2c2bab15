"""La puerta por la que entran los sucesos: un socket Unix, o TCP con contraseña.

El socket Unix vive en una carpeta: se ve también desde una jaula con su propia red, y el sistema
dice qué PID tiene, visto desde fuera, quien llama. Windows no los tiene en Python.
"""

from __future__ import annotations

import hmac
import secrets
import socket
import struct
import sys
from pathlib import Path
from typing import Protocol

#: Conexiones que pueden esperar a que se les abra.
EN_ESPERA = 128
#: Bytes que caben en la ruta de un socket Unix: 104 en macOS con el cero del final, 108 en Linux.
RUTA_MAS_LARGA = 100


class Puerta(Protocol):
    """Por dónde llaman los procesos con sonda."""

    #: Lo que necesita saber quien llama.
    direccion: str
    escucha: socket.socket

    def contrasena(self) -> bytes:
        """Lo primero que debe decir quien llama; vacío si el sistema ya lo identifica."""

    def pid_de(self, canal: socket.socket) -> int | None:
        """El PID de quien llama, visto desde aquí; None si el sistema no lo dice."""


class PuertaUnix:
    """Un socket Unix en la carpeta del testigo."""

    def __init__(self, carpeta: Path) -> None:
        ruta = str(carpeta / "canal")
        self.direccion = f"unix:{ruta}"
        self.escucha = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.escucha.bind(ruta)
        self.escucha.listen(EN_ESPERA)

    def contrasena(self) -> bytes:
        return b""

    def pid_de(self, canal: socket.socket) -> int | None:
        if sys.platform == "linux":
            datos = canal.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
            return int(struct.unpack("3i", datos)[0])
        return None


class PuertaTCP:
    """Un puerto del bucle local. Cualquiera podría llamar: por eso la contraseña."""

    def __init__(self) -> None:
        self._clave = secrets.token_hex(16)
        self.escucha = socket.create_server(("127.0.0.1", 0), backlog=EN_ESPERA)
        self.direccion = f"tcp:{self.escucha.getsockname()[1]}:{self._clave}"

    def contrasena(self) -> bytes:
        return self._clave.encode("ascii")

    def pid_de(self, canal: socket.socket) -> int | None:
        return None


def abrir_puerta(carpeta: Path, *, tcp: bool = False) -> Puerta:
    """La puerta que conviene a este sistema. Con `tcp`, la de Windows también aquí."""
    if tcp or not hasattr(socket, "AF_UNIX"):
        return PuertaTCP()
    return PuertaUnix(carpeta)


def misma(clave: bytes, dicha: bytes) -> bool:
    """Compara contraseñas sin dar pistas por lo que tarda."""
    return hmac.compare_digest(clave, dicha)
