"""Lo que pasó en una terminal, con su hora: lo que salió, lo tecleado y las señales.

Lo llena `terminal.py` mientras el programa está en marcha, y no cuesta más que guardar los bytes
con su hora. De él salen las películas del observador.
"""

from __future__ import annotations

import threading
import time
from typing import Literal, NamedTuple

#: Los trazos que se guardan sueltos. Los siguientes se juntan: hay quien escribe letra a letra.
SUELTOS = 4096
#: Segundos que abarca, como mucho, lo que se junta.
JUNTOS = 0.02

Que = Literal["pantalla", "tecla", "senal"]


class Trazo(NamedTuple):
    """Una cosa que pasó en una terminal.

    `instante` son segundos de `time.monotonic()`, como los de la sonda. `datos` son los bytes que
    salieron o se teclearon; en una señal, su nombre («SIGSTOP»).
    """

    instante: float
    que: Que
    datos: bytes


class Rollo:
    """Los trazos de una terminal, en orden. Puede llenarlo más de un hilo."""

    def __init__(self, candado: threading.Condition) -> None:
        self._candado = candado
        self._trazos: list[Trazo] = []

    def anotar(self, que: Que, datos: bytes) -> None:
        """Acaba de pasar esto. Sin bytes no ha pasado nada: se leyó la pantalla, y seguía igual."""
        if not datos:
            return
        with self._candado:
            ahora = time.monotonic()
            ultimo = self._trazos[-1] if len(self._trazos) >= SUELTOS else None
            if ultimo and ultimo.que == que != "senal" and ahora - ultimo.instante < JUNTOS:
                self._trazos[-1] = ultimo._replace(datos=ultimo.datos + datos)
            else:
                self._trazos.append(Trazo(ahora, que, datos))

    @property
    def trazos(self) -> list[Trazo]:
        """Todo lo que ha pasado hasta ahora."""
        with self._candado:
            return list(self._trazos)

    @property
    def salidas(self) -> list[Trazo]:
        """Lo que ha salido en la pantalla."""
        return [trazo for trazo in self.trazos if trazo.que == "pantalla"]

    @property
    def teclas(self) -> list[Trazo]:
        """Lo que se ha tecleado."""
        return [trazo for trazo in self.trazos if trazo.que == "tecla"]

    @property
    def senales(self) -> list[Trazo]:
        """Cuándo se le detuvo, se le dejó seguir o se le mató."""
        return [trazo for trazo in self.trazos if trazo.que == "senal"]

    @property
    def crudo(self) -> bytes:
        """Lo que ha salido, tal como salió, con sus órdenes para la terminal."""
        return b"".join(trazo.datos for trazo in self.salidas)
