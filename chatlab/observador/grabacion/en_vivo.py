"""El orden de lo que llega de varios procesos a la vez, mientras pasa."""

from __future__ import annotations

import heapq
from collections.abc import Iterator

from chatlab.sonda import Suceso

#: Segundos que se espera a lo que otro proceso hizo antes y aún no ha llegado.
MARGEN = 0.02


class EnVivo:
    """Lo que ha llegado y aún no se ha dado."""

    def __init__(self) -> None:
        self._monton: list[tuple[float, int, Suceso]] = []
        self._cuantos = 0

    def llega(self, suceso: Suceso, ahora: float) -> None:
        """Algo más que ha pasado."""
        self._cuantos += 1
        heapq.heappush(self._monton, (suceso.instante, self._cuantos, suceso))

    def listos(self, ahora: float) -> Iterator[Suceso]:
        """Lo que ya se puede contar, en orden."""
        while self._monton and self._monton[0][0] <= ahora - MARGEN:
            yield heapq.heappop(self._monton)[2]

    @property
    def pendiente(self) -> bool:
        """Si queda algo por dar."""
        return bool(self._monton)
