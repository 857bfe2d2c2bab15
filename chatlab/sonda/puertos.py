"""El tramo de puertos de una entrega: nadie más de esta máquina los usa mientras dura."""

from __future__ import annotations

import random
import socket
import sys

from chatlab.errores import ErrorDeRed

#: Por debajo del rango que Linux, macOS y Windows reparten a los clientes, y lejos de lo habitual.
PRIMERO, ULTIMO = 10240, 32767
#: Puertos de un tramo: el primero es el candado, y los demás se reparten.
TAMANO = 128


class Tramo:
    """Unos puertos seguidos, reservados por quien ocupa el primero sin escuchar en él.

    Lanza `ErrorDeRed` si todos los tramos están ocupados.
    """

    def __init__(self) -> None:
        bases = list(range(PRIMERO, ULTIMO - TAMANO + 2, TAMANO))
        # Al azar, para no volver enseguida a un puerto con conexiones recién cerradas.
        random.shuffle(bases)
        for base in bases:
            candado = _ocupar(base)
            if candado is not None:
                self._candado = candado
                self.primero, self.ultimo = base, base + TAMANO - 1
                return
        raise ErrorDeRed(
            "No quedan puertos libres para corregir: hay demasiadas correcciones a la vez. "
            "Espera a que terminen y prueba otra vez."
        )

    def __enter__(self) -> Tramo:
        return self

    def __exit__(self, *_error: object) -> None:
        self.cerrar()

    def cerrar(self) -> None:
        """Devuelve los puertos."""
        self._candado.close()


class SinTramo:
    """Ningún puerto: los programas usan los que escriben."""

    primero, ultimo = 1, 0

    def cerrar(self) -> None:
        """No hay nada que devolver."""


def _ocupar(puerto: int) -> socket.socket | None:
    candado = socket.socket()
    try:
        if sys.platform == "win32":
            candado.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        candado.bind(("127.0.0.1", puerto))
    except OSError:
        candado.close()
        return None
    return candado
