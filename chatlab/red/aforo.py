"""El aforo: cuántas conexiones caben en un servidor de chat, y qué se le dice a quien no cabe.

El sistema da a cada programa un número de descriptores, y cada conexión gasta uno. El tope tiene
dos alturas (getrlimit(2)): la blanda, que vale ahora y el programa puede subir, y la dura, hasta
donde puede. `ulimit -n` muestra la primera y `ulimit -Hn` la segunda.

Cuando se acaban, ni siquiera se puede aceptar una conexión para rechazarla. Por eso un servidor
guarda uno de reserva: lo suelta, acepta con él, explica, cuelga y lo vuelve a guardar.
"""

from __future__ import annotations

import errno
import math
import os
import socket
import sys

from chatlab.chat.limites import KIB
from chatlab.chat.protocolo import codificar, error

try:
    import resource
except ImportError:  # en Windows no existe: no pone tope a los sockets de un programa
    resource = None  # type: ignore[assignment]

#: Los descriptores que un servidor usa además: la terminal, el socket que escucha, la reserva…
DE_SOBRA = 16

COMPLETO = error("El servidor no puede atender más conexiones ahora. Prueba más tarde.")

#: No quedan descriptores: en este programa, o en toda la máquina.
SIN_DESCRIPTORES = (errno.EMFILE, errno.ENFILE)
#: Al sistema no le queda con qué aceptar otra conexión: tampoco si falta memoria.
SIN_SITIO = (*SIN_DESCRIPTORES, errno.ENOBUFS, errno.ENOMEM)


# --- Cuántas caben -----------------------------------------------------------------------------


def preparar(personas: int) -> None:
    """Pide sitio para tantas personas; si no lo hay, avisa por la salida de errores."""
    caben = hacer_sitio(personas)
    if caben < personas:
        print(
            f"Aviso: el sistema no me deja atender a {personas} personas, sino a unas {caben}; "
            "a las demás les diré que no caben. Sube el tope de descriptores (ulimit -n) o baja "
            "--max-personas.",
            file=sys.stderr,
        )


def hacer_sitio(conexiones: int) -> float:
    """Sube el tope blando si hace falta; devuelve las conexiones que caben, quizá infinitas."""
    if resource is None:
        return math.inf
    hacen_falta = conexiones + DE_SOBRA
    blando, duro = resource.getrlimit(resource.RLIMIT_NOFILE)
    if blando != resource.RLIM_INFINITY and blando < hacen_falta:
        nuevo = hacen_falta if duro == resource.RLIM_INFINITY else min(hacen_falta, duro)
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (nuevo, duro))
            blando = nuevo
        except (ValueError, OSError):
            pass  # en macOS hay otro tope, que no se puede preguntar: se queda como estaba
    return math.inf if blando == resource.RLIM_INFINITY else max(0, blando - DE_SOBRA)


# --- Quien no cabe -----------------------------------------------------------------------------


class Reserva:
    """Un descriptor guardado para poder explicarse cuando no queda otro."""

    def __init__(self) -> None:
        self._descriptor: int | None = None
        self._guardar()

    def rechazar_a_uno(self, escucha: socket.socket) -> bool:
        """Acepta a quien espera y le dice por qué no cabe; `False` si no se puede ni eso."""
        self._guardar()
        if self._descriptor is None:
            return False
        self.soltar()
        try:
            conexion, _ = escucha.accept()
        except OSError as fallo:
            return fallo.errno not in SIN_SITIO  # quizá solo se ha cansado de esperar
        else:
            despachar(conexion)
            return True
        finally:
            self._guardar()

    def soltar(self) -> None:
        """Deja libre el descriptor."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _guardar(self) -> None:
        try:
            if self._descriptor is None:
                self._descriptor = os.open(os.devnull, os.O_RDONLY)
        except OSError:
            pass  # no lo hay: se probará la próxima vez


def despachar(conexion: socket.socket, motivo: str = COMPLETO) -> None:
    """Dice a alguien que no cabe, y cuelga. Nunca espera."""
    with conexion:
        try:
            conexion.setblocking(False)
            conexion.send(codificar(motivo))
            conexion.shutdown(socket.SHUT_WR)
            # Quizá ya ha dado su nombre. Cerrar sin leerlo sería cortar (RFC 1122, apartado
            # 4.2.2.13), y en algunos sistemas un corte borra lo que aún no se ha leído.
            conexion.recv(64 * KIB)
        except OSError:
            pass  # ya se ha ido, o no ha dicho nada
