"""Quien recibe: lee a lo grande y cuenta."""

from __future__ import annotations

from chatlab.medidor.contador import Contador
from chatlab.medidor.grupo import Conexion, cortada


class Receptor:
    """Un cliente de la sala que solo escucha."""

    __slots__ = ("_recv_into", "conexion", "contador")

    def __init__(self, conexion: Conexion, contador: Contador) -> None:
        self.conexion = conexion
        self.contador = contador
        self._recv_into = conexion.socket.recv_into

    def leer(self, buffer: bytearray) -> None:
        """Lee una vez; lanza `SeHaCortado` si el servidor ha cerrado."""
        try:
            cuantos = self._recv_into(buffer)
        except BlockingIOError:
            return  # falsa alarma
        except OSError:
            cuantos = 0
        if not cuantos:
            raise cortada(self.contador.queja)
        self.contador.contar(buffer, cuantos)
