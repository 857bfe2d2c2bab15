"""Las páginas que hay abiertas."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from starlette.websockets import WebSocket

from chatlab.observador.directo.butaca import Butaca, Funcion
from chatlab.observador.directo.carrete import Carrete

#: Páginas abiertas a la vez.
MAX_PAGINAS = 20
#: Código con que se cierra el WebSocket de quien ya no cabe (RFC 6455, 7.4.1).
PRUEBA_MAS_TARDE = 1013


class PaginasAbiertas:
    """Las que miran un mismo carrete; a `al_cambiar` se le dice cuántas son cada vez que cambia."""

    def __init__(
        self, carrete: Carrete, funcion: Funcion, al_cambiar: Callable[[int], None]
    ) -> None:
        self._carrete = carrete
        self._funcion = funcion
        self._al_cambiar = al_cambiar
        self._candado = threading.Lock()
        self._butacas: set[Butaca] = set()

    async def atender(self, socket: WebSocket) -> None:
        """Atiende a una página hasta que se va."""
        await socket.accept()
        if len(self._butacas) >= MAX_PAGINAS:
            await socket.close(PRUEBA_MAS_TARDE)
            return
        butaca = Butaca(socket, self._carrete, self._funcion)
        self._cambiar(self._butacas.add, butaca)
        try:
            await butaca.estar()
        finally:
            self._cambiar(self._butacas.discard, butaca)

    def _cambiar(self, cambio: Callable[[Butaca], None], butaca: Butaca) -> None:
        with self._candado:
            cambio(butaca)
            cuantas = len(self._butacas)
        self._al_cambiar(cuantas)

    def despedir(self, plazo: float) -> None:
        """Espera hasta `plazo` segundos a que todas sepan cómo acaba; el carrete está completo."""
        limite = time.monotonic() + plazo
        with self._candado:
            butacas = list(self._butacas)
        for butaca in butacas:
            butaca.al_dia.wait(max(0.0, limite - time.monotonic()))
