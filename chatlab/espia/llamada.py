"""La llamada al servidor: puede tardar, puede no salir, y entretanto nadie espera por ella."""

from __future__ import annotations

import errno
import socket
from dataclasses import dataclass
from typing import Any

from chatlab.errores import ErrorDeRed
from chatlab.red.aforo import SIN_DESCRIPTORES
from chatlab.red.direcciones import direccion
from chatlab.red.fallos import (
    NOMBRE_DESCONOCIDO,
    no_hay_esa_maquina,
    no_hay_servidor,
    no_se_conecta,
)

#: Lo que contesta `connect_ex` con la llamada en marcha (connect(2); en Windows, el último).
_EN_MARCHA = {0, errno.EINPROGRESS, errno.EWOULDBLOCK}


@dataclass(frozen=True, slots=True)
class Destino:
    """Dónde está el servidor: como se ha escrito, y las direcciones que eso significa."""

    escrito: str
    #: Cada una, como la da `getaddrinfo`: familia y dirección.
    direcciones: tuple[tuple[socket.AddressFamily, Any], ...]


def buscar(host: str, puerto: int) -> Destino:
    """Las direcciones de una máquina; lanza `ErrorDeRed` si no se conoce.

    «localhost» suele tener dos, la de IPv6 y la de IPv4, y el servidor puede estar solo en una.
    """
    try:
        encontradas = socket.getaddrinfo(host, puerto, type=socket.SOCK_STREAM)
    except NOMBRE_DESCONOCIDO as error:
        raise ErrorDeRed(no_hay_esa_maquina(host, "--hacia")) from error
    direcciones = tuple((familia, punto) for familia, *_, punto in encontradas)
    return Destino(direccion((host, puerto)), direcciones)


class Llamada:
    """Una llamada en marcha. Si una dirección no contesta, se prueba la siguiente."""

    def __init__(self, destino: Destino) -> None:
        self._destino = destino
        self._por_probar = list(destino.direcciones)
        self._ultimo_error = 0
        self.conexion = self._marcar()

    def _marcar(self) -> socket.socket:
        """Llama a la siguiente dirección; lanza `ErrorDeRed`, con el motivo, si no quedan."""
        while self._por_probar:
            familia, punto = self._por_probar.pop(0)
            try:
                conexion = socket.socket(familia, socket.SOCK_STREAM)
            except OSError as error:
                self._ultimo_error = error.errno or 0
                continue
            conexion.setblocking(False)
            self._ultimo_error = conexion.connect_ex(punto)
            if self._ultimo_error in _EN_MARCHA:
                return conexion
            conexion.close()
        raise ErrorDeRed(self._por_que_no())

    def ver_si_ha_contestado(self) -> bool:
        """Si ya hay conexión; si no ha podido ser, llama a otra dirección.

        Lanza `ErrorDeRed`, con el motivo, si no quedan direcciones, y `ConnectionResetError` si el
        servidor contestó y acto seguido cortó.
        """
        self._ultimo_error = self.conexion.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if not self._ultimo_error:
            return True
        self.conexion.close()
        if self._ultimo_error == errno.ECONNRESET:
            raise ConnectionResetError(self._ultimo_error, "el servidor ha cortado")
        self.conexion = self._marcar()
        return False

    def _por_que_no(self) -> str:
        escrito = self._destino.escrito
        if self._ultimo_error == errno.ECONNREFUSED:
            return no_hay_servidor(escrito)
        if self._ultimo_error == errno.ETIMEDOUT:
            return f"{escrito} no contesta."
        if self._ultimo_error in SIN_DESCRIPTORES:
            return "No puedo tener más conexiones abiertas a la vez."
        return no_se_conecta(escrito, self._ultimo_error)
