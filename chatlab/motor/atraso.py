"""Lo que un cliente lento aún no ha recibido, y cómo se le envía a un socket lo que quepa.

Un socket que no espera toma los bytes que le caben y dice cuántos. Lo demás se queda aquí hasta
que el bucle avise de que hay sitio. Quien va al día no tiene atraso: ni un byte.
"""

from __future__ import annotations

import socket
from collections import deque
from collections.abc import Sequence
from itertools import islice

from chatlab.chat.protocolo import MAX_LINEA_DEL_SERVIDOR
from chatlab.motor.reparto import Trozo

#: Trozos que se envían, como mucho, de una vez. El sistema tiene su tope: IOV_MAX, 1024 en Linux.
MAX_TROZOS = 256

#: Windows no tiene `sendmsg`, que envía varios trozos en una sola llamada.
HAY_SENDMSG = hasattr(socket.socket, "sendmsg")


def enviar(conexion: socket.socket, trozos: Sequence[Trozo]) -> int:
    """Envía de una vez lo que quepa y devuelve los bytes enviados; lanza `OSError` si se cortó."""
    try:
        if len(trozos) == 1:
            return conexion.send(trozos[0])
        if HAY_SENDMSG:
            return conexion.sendmsg(trozos[:MAX_TROZOS])
        return conexion.send(b"".join(trozos[:MAX_TROZOS]))
    except BlockingIOError:
        return 0  # no cabe ni un byte


class Atraso:
    """Los trozos que esperan a que un cliente lea, sin copiarlos."""

    __slots__ = ("_enviados_del_primero", "_trozos", "bytes", "ultimo_avance")

    def __init__(self, ahora: float) -> None:
        self._trozos: deque[Trozo] = deque()
        self._enviados_del_primero = 0
        #: Los que faltan por enviar.
        self.bytes = 0
        #: Cuándo aceptó el cliente un byte por última vez, en segundos.
        self.ultimo_avance = ahora

    def poner(self, trozos: Sequence[Trozo], enviados: int = 0) -> None:
        """Añade unos trozos, de los que quizá ya se han enviado los primeros bytes."""
        self._trozos.extend(trozos)
        self.bytes += sum(map(len, trozos))
        self._descontar(enviados)

    def enviar(self, conexion: socket.socket, ahora: float) -> None:
        """Envía lo que quepa; lanza `OSError` si la conexión se ha cortado."""
        if enviados := enviar(conexion, self._siguientes()):
            self._descontar(enviados)
            self.ultimo_avance = ahora

    def dejar_solo_la_linea_empezada(self) -> None:
        """Tira lo que espera, pero no parte la línea que ya ha empezado a salir."""
        resto = b""
        if self._enviados_del_primero:
            # Desde el último byte enviado: si es un final de línea, no hay ninguna a medias.
            desde = self._enviados_del_primero - 1
            ultimos = bytes(self._trozos[0][desde : desde + MAX_LINEA_DEL_SERVIDOR + 1])
            resto = ultimos[1 : ultimos.index(b"\n") + 1]
        self._trozos = deque([resto] if resto else [])
        self._enviados_del_primero = 0
        self.bytes = len(resto)

    def _siguientes(self) -> list[Trozo]:
        primero = memoryview(self._trozos[0])[self._enviados_del_primero :]
        return [primero, *islice(self._trozos, 1, MAX_TROZOS)]

    def _descontar(self, enviados: int) -> None:
        self.bytes -= enviados
        enviados += self._enviados_del_primero
        while self._trozos and enviados >= len(self._trozos[0]):
            enviados -= len(self._trozos.popleft())
        self._enviados_del_primero = enviados
