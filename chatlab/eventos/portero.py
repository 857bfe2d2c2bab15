"""Las conexiones nuevas: se aceptan a ráfagas, y a quien no cabe se le dice por qué.

El sistema da a cada programa un número de descriptores (`ulimit -n`), y cada conexión gasta uno.
Cuando se acaban, ni siquiera se puede aceptar una conexión para rechazarla. Por eso el portero
guarda uno de reserva: lo suelta, acepta con él, explica, cuelga y lo vuelve a guardar.
"""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Iterator

from chatlab import red
from chatlab.errores import ErrorDeRed
from chatlab.limites import KIB
from chatlab.protocolo import codificar, error

#: Conexiones que se aceptan, como mucho, de una vez: los de dentro también esperan su turno.
RAFAGA = 256

#: Bytes que el sistema guarda por su cuenta para cada cliente. Con pocos, quien lee deprisa vacía
#: lo suyo antes de que el bucle vuelva a él; con muchos, se tarda en notar quién no lee.
BUFFER_DEL_SISTEMA = 512 * KIB

LLENO = error("El servidor no puede atender más conexiones ahora. Prueba más tarde.")

#: No quedan descriptores: en este programa, o en toda la máquina.
SIN_DESCRIPTORES = (errno.EMFILE, errno.ENFILE)


class SinDescriptores(Exception):
    """No queda ni el descriptor de reserva: no se puede aceptar a nadie."""


class Portero:
    """Acepta conexiones sin esperar a que lleguen."""

    def __init__(self, escucha: socket.socket) -> None:
        self._escucha = escucha
        self._escucha.setblocking(False)
        self._reserva: int | None = os.open(os.devnull, os.O_RDONLY)

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
                if fallo.errno not in SIN_DESCRIPTORES:
                    raise ErrorDeRed(
                        f"Ya no puedo aceptar conexiones: {fallo.strerror}."
                    ) from fallo
                self._rechazar_a_uno()
                continue
            try:
                preparar(conexion)
            except OSError:
                conexion.close()  # también se ha arrepentido, un poco después
                continue
            yield conexion, red.direccion(punto)

    def _rechazar_a_uno(self) -> None:
        if self._reserva is None:
            raise SinDescriptores
        os.close(self._reserva)
        self._reserva = None
        try:
            conexion, _ = self._escucha.accept()
        except (BlockingIOError, ConnectionError):
            pass  # se ha ido
        except OSError as fallo:
            raise SinDescriptores from fallo
        else:
            despachar(conexion)
        self.guardar_reserva()

    def guardar_reserva(self) -> None:
        """Guarda otra vez un descriptor, si lo hay."""
        try:
            if self._reserva is None:
                self._reserva = os.open(os.devnull, os.O_RDONLY)
        except OSError:
            pass  # sigue sin haber: se probará en la próxima ronda

    def cerrar(self) -> None:
        """Suelta la reserva."""
        if self._reserva is not None:
            os.close(self._reserva)
            self._reserva = None


def preparar(conexion: socket.socket) -> None:
    """Pone una conexión nueva como la necesita el bucle."""
    conexion.setblocking(False)
    # Un mensaje corto sale ya, sin esperar a otros para viajar con ellos (algoritmo de Nagle):
    # el servidor ya junta en un envío todo lo que tiene para cada cliente.
    conexion.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    conexion.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BUFFER_DEL_SISTEMA)
    red.vigilar_si_sigue_viva(conexion)


def despachar(conexion: socket.socket) -> None:
    """Dice a alguien que no cabe, y cuelga."""
    with conexion:
        try:
            conexion.setblocking(False)
            conexion.send(codificar(LLENO))
            conexion.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # ya se ha ido
