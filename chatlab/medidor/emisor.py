"""Quien envía: cada mensaje lleva escrito el instante en que se entrega al sistema.

Los de una tanda salen en el mismo instante y son iguales: se hace uno y se repite.
"""

from __future__ import annotations

import time

from chatlab.chat.protocolo import ERROR
from chatlab.medidor.encargo import CIFRAS_DEL_SELLO
from chatlab.medidor.grupo import Conexion, cortada

#: Bytes de una tanda, más o menos.
TANDA = 64 * 1024
_QUEJA = ERROR.encode()


class Emisor:
    """Un cliente de la sala que envía mensajes de `tamano` bytes, y tira lo que le llega.

    Cada mensaje va entre lo que su protocolo pone `delante` y `detras`: en ChatLab/1, un `\\n`.
    """

    def __init__(
        self, conexion: Conexion, tamano: int, delante: bytes = b"", detras: bytes = b"\n"
    ) -> None:
        self.conexion = conexion
        self._delante = delante
        self._relleno = b"." * (tamano - CIFRAS_DEL_SELLO) + detras
        self._por_enviar = memoryview(b"")
        #: Los mensajes de una tanda, como mucho.
        self.tanda = max(1, TANDA // (len(delante) + tamano + len(detras)))
        #: La última línea de error del servidor.
        self.queja = b""

    @property
    def ocupado(self) -> bool:
        """Aún no ha podido enviar todo lo que se le dio."""
        return bool(self._por_enviar)

    def enviar_mensajes(self, cuantos: int) -> None:
        """Empieza a enviar una tanda, que se sella ahora."""
        sello = b"%0*x" % (CIFRAS_DEL_SELLO, time.monotonic_ns())
        self._por_enviar = memoryview((self._delante + sello + self._relleno) * cuantos)
        self.seguir()

    def seguir(self) -> None:
        """Envía lo que quepa; lanza `SeHaCortado` si el servidor ha cerrado."""
        try:
            enviados = self.conexion.socket.send(self._por_enviar)
        except BlockingIOError:
            return
        except OSError as error:
            raise cortada(self.queja) from error
        self._por_enviar = self._por_enviar[enviados:]

    def leer(self, buffer: bytearray) -> None:
        """Lee una vez y lo tira; lanza `SeHaCortado` si el servidor ha cerrado."""
        try:
            cuantos = self.conexion.socket.recv_into(buffer)
        except BlockingIOError:
            return
        except OSError:
            cuantos = 0
        if not cuantos:
            raise cortada(self.queja)
        if buffer.startswith(_QUEJA):
            self.queja = bytes(buffer[:cuantos]).partition(b"\n")[0]
