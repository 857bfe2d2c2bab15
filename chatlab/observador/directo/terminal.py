"""La terminal de un programa: se le teclea, se lee lo que escribe y se le mandan señales."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Mapping
from typing import Protocol

CTRL_C = b"\x03"
CTRL_D = b"\x04"
FILAS, COLUMNAS = 24, 80
#: Bytes de cada lectura.
LECTURA = 65536
#: Bytes tecleados que esperan a que el programa los lea; los que vienen detrás se pierden.
MAX_TECLEADO = 64 * 1024


class TerminalDePrograma(Protocol):
    """Un programa en marcha con su pantalla y su teclado."""

    #: «pty» o «tuberias», como se dice en la grabación.
    tipo: str
    #: Las señales que se le pueden mandar.
    senales: tuple[str, ...]
    #: Lo que no se puede hacer con ella, en frases para quien mira.
    falta: tuple[str, ...]

    @property
    def pid(self) -> int:
        """Su número de proceso."""

    def leer(self) -> bytes:
        """Espera a que salga algo y lo da; vacío si ya no puede salir nada más."""

    def teclear(self, datos: bytes) -> None:
        """Teclea los bytes, sin esperar a que los lea."""

    @property
    def a_ciegas(self) -> bool:
        """Si ahora no se ve lo que se teclea: el programa pide una contraseña."""

    def redimensionar(self, filas: int, columnas: int) -> None:
        """Le dice que su pantalla mide ahora eso."""

    def enviar(self, senal: str) -> None:
        """Le manda una de sus `senales`: la de Ctrl+C, como si se pulsara."""

    def esperar(self) -> int:
        """Espera a que termine y da su código; negativo si lo mató una señal."""

    def cerrar(self) -> None:
        """Desde ahora `leer` no espera más, aunque alguien siga teniendo abierta la pantalla."""

    def soltar(self) -> None:
        """Devuelve al sistema lo que ocupa. Solo quien lee, y después de la última lectura."""


def ejecutable(entorno: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """El Python que ejecuta a los programas, y el entorno que necesita.

    En Windows, el de un entorno virtual solo arranca a otro, que tiene su propio número: se arranca
    ese y se le dice de parte de quién, como hace `multiprocessing`.
    """
    de_base = getattr(sys, "_base_executable", sys.executable)
    if sys.platform == "win32" and de_base != sys.executable:
        return de_base, {**entorno, "__PYVENV_LAUNCHER__": sys.executable}
    return sys.executable, dict(entorno)


def al_grupo(pid: int, senal: str) -> None:
    """Manda la señal al programa y a los que haya arrancado, si siguen ahí."""
    try:
        if sys.platform == "win32":
            os.kill(pid, getattr(signal, senal))
        else:
            os.killpg(pid, getattr(signal, senal))
    except (ProcessLookupError, PermissionError):
        pass  # ya no queda nadie en él; macOS contesta lo segundo si solo falta recogerlo
