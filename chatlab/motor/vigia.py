"""Qué se espera de cada socket. Por dentro es un selector: `epoll`, `kqueue`… según el sistema.

Solo se vigila lo que se atendería: si un socket frenado siguiera vigilado, el selector despertaría
al bucle una y otra vez para nada.
"""

from __future__ import annotations

import selectors
import socket
import sys
from selectors import EVENT_READ, EVENT_WRITE

from chatlab.motor.conexion import Cliente

#: Las conexiones que se pueden vigilar. `select`, lo único que hay en Windows, no pasa de 512.
MAX_CONEXIONES = 500 if sys.platform == "win32" else sys.maxsize


class Vigia:
    """Los sockets vigilados. El de escucha se reconoce porque no es de ningún cliente."""

    def __init__(self, escucha: socket.socket) -> None:
        self._escucha = escucha
        self._escuchando = False
        self._selector = selectors.DefaultSelector()
        self.escuchar()

    def esperar(self, segundos: float) -> list[tuple[Cliente | None, bool, bool]]:
        """Espera a que ocurra algo, y dice de quién es, si puede leerse y si puede escribirse.

        Devuelve una lista vacía si no ocurre nada en esos segundos.
        """
        return [
            (clave.data, bool(que & EVENT_READ), bool(que & EVENT_WRITE))
            for clave, que in self._selector.select(segundos)
        ]

    def vigilar(self, cliente: Cliente) -> None:
        """Vigila de un cliente lo que ahora se atendería."""
        lectura = EVENT_READ if cliente.se_le_lee else 0
        eventos = lectura | (EVENT_WRITE if cliente.atraso else 0)
        if eventos == cliente.eventos or cliente.cerrado:
            return
        if not cliente.eventos:
            self._selector.register(cliente.numero, eventos, cliente)
        elif not eventos:
            self._selector.unregister(cliente.numero)
        else:
            self._selector.modify(cliente.numero, eventos, cliente)
        cliente.eventos = eventos

    def olvidar(self, cliente: Cliente) -> None:
        """Deja de vigilar a un cliente."""
        if cliente.eventos:
            self._selector.unregister(cliente.numero)
            cliente.eventos = 0

    def escuchar(self) -> None:
        """Vigila si llama alguien nuevo."""
        if not self._escuchando:
            self._selector.register(self._escucha, EVENT_READ)
            self._escuchando = True

    def no_escuchar(self) -> None:
        """Deja a quien llame esperando en la puerta."""
        if self._escuchando:
            self._selector.unregister(self._escucha)
            self._escuchando = False

    def cerrar(self) -> None:
        """Deja de vigilar para siempre."""
        self._selector.close()
