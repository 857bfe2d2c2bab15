"""La hora de cada vuelta del bucle: se mira una vez, y la usan todos."""

from __future__ import annotations

import time


class Reloj:
    """La hora de la vuelta en curso. Solo la cambia el bucle, al empezar otra."""

    __slots__ = ("ahora",)

    def __init__(self) -> None:
        #: En segundos, como `time.monotonic`.
        self.ahora = time.monotonic()

    def empieza_otra_vuelta(self) -> None:
        """Mira la hora."""
        self.ahora = time.monotonic()
