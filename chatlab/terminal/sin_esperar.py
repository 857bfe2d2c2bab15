"""La entrada y la salida cuando leer o escribir en ellas no espera.

Lo normal es que esperen. Pero el modo «no bloqueante» (O_NONBLOCK, fcntl(2)) es de la terminal o de
la tubería, y no de cada programa: basta con que otro de los que la comparten lo haya pedido para
que leer sin nada que leer, o escribir sin sitio, falle en vez de esperar. Insistir sin pausa
gastaría un núcleo entero.
"""

from __future__ import annotations

import os
import select
import threading
from typing import IO, Protocol, TextIO

#: Segundos de cada espera: entre dos se puede atender a Ctrl+C.
PAUSA = 0.5


class Flujo(Protocol):
    """Algo con descriptor, en lo que se lee o se escribe."""

    def fileno(self) -> int:
        """El descriptor."""


def espera_si_hace_falta(flujo: Flujo) -> bool:
    """Si leer o escribir en ese flujo espera, como es normal."""
    try:
        return os.get_blocking(flujo.fileno())
    except (AttributeError, OSError, ValueError):
        return True  # en Windows no se puede preguntar; en una prueba, quizá no hay descriptor


def sin_buffers(salida: TextIO) -> IO[bytes]:
    """La misma salida, sin los buffers de Python por medio."""
    binaria: IO[bytes] = getattr(salida.buffer, "raw", salida.buffer)
    return binaria


def escribir_entero(salida: IO[bytes], datos: bytes) -> None:
    """Vuelve cuando ha salido todo; lanza `OSError` si nadie lo lee ya."""
    quedan = memoryview(datos)
    while quedan:
        escritos: int | None = salida.write(quedan)
        if escritos is None:  # no cabía nada, y esta salida no espera
            _esperar_sitio(salida)
        else:
            quedan = quedan[escritos:]


def _esperar_sitio(salida: Flujo) -> None:
    try:
        select.select([], [salida.fileno()], [], PAUSA)
    except (OSError, ValueError):
        _esperar_sin_saber()


def esperar_algo(entrada: Flujo) -> None:
    """Vuelve cuando quizá haya algo que leer, o al cabo de `PAUSA` segundos."""
    try:
        select.select([entrada.fileno()], [], [], PAUSA)
    except (OSError, ValueError):
        _esperar_sin_saber()


def _esperar_sin_saber() -> None:
    # En Windows `select` solo entiende de sockets (y esto no ocurre); en cualquier sitio, el
    # descriptor puede pasar de los que admite.
    threading.Event().wait(PAUSA)
