"""Las conexiones nuevas: se aceptan a ráfagas, y a quien no cabe se le dice por qué."""

from __future__ import annotations

import socket
from collections.abc import Iterator

from chatlab.chat.limites import KIB
from chatlab.red.aforo import SIN_SITIO, Reserva
from chatlab.red.direcciones import direccion
from chatlab.red.fallos import ya_no_se_acepta
from chatlab.red.sockets import vigilar_si_sigue_viva

#: Conexiones que se aceptan, como mucho, de una vez: los de dentro también esperan su turno.
RAFAGA = 256

#: Bytes que el sistema guarda por su cuenta para cada cliente. Con pocos, quien lee deprisa vacía
#: lo suyo antes de que el bucle vuelva a él; con muchos, se tarda en notar quién no lee.
BUFFER_DEL_SISTEMA = 512 * KIB


class SinDescriptores(Exception):
    """No queda ni el descriptor de reserva: no se puede aceptar a nadie."""


class Portero:
    """Acepta conexiones sin esperar a que lleguen."""

    def __init__(self, escucha: socket.socket) -> None:
        self._escucha = escucha
        self._escucha.setblocking(False)
        self._reserva = Reserva()

    def rafaga(self) -> Iterator[tuple[socket.socket, str]]:
        """Da las conexiones que están esperando, con su dirección.

        Lanza `SinDescriptores` si no puede aceptar a nadie ni para rechazarlo.
        """
        for _ in range(RAFAGA):
            try:
                conexion, punto = self._escucha.accept()
            except BlockingIOError:
                return  # no espera nadie más
            except ConnectionError:
                continue  # se arrepintió entre que llamó y que le abrimos
            except OSError as fallo:
                if fallo.errno not in SIN_SITIO:
                    raise ya_no_se_acepta(fallo) from fallo
                if not self._reserva.rechazar_a_uno(self._escucha):
                    raise SinDescriptores from fallo
                continue
            try:
                preparar(conexion)
            except OSError:
                conexion.close()  # también se ha arrepentido, un poco después
                continue
            yield conexion, direccion(punto)

    def cerrar(self) -> None:
        """Suelta la reserva."""
        self._reserva.soltar()


def preparar(conexion: socket.socket) -> None:
    """Pone una conexión nueva como la necesita el bucle."""
    conexion.setblocking(False)
    # Un mensaje corto sale ya, sin esperar a otros para viajar con ellos (algoritmo de Nagle):
    # el servidor ya junta en un envío todo lo que tiene para cada cliente.
    conexion.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    conexion.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BUFFER_DEL_SISTEMA)
    vigilar_si_sigue_viva(conexion)
