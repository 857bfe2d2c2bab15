"""Una punta: uno de los dos sockets de una conversación, el del cliente o el del servidor."""

from __future__ import annotations

import socket
import struct
import sys

from chatlab.red.sockets import vigilar_si_sigue_viva

#: SO_LINGER con plazo cero: al cerrar, RST en lugar de FIN (tcp(7)). En Windows son dos números
#: de 16 bits.
_CORTANDO = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)


class PuntaPerdida(Exception):
    """Una de las dos puntas se ha cortado."""

    def __init__(self, punta: Punta) -> None:
        super().__init__(punta.nombre)
        self.punta = punta


class Punta:
    """Un socket que no hace esperar, y con quién habla: «cliente 1» o «servidor»."""

    def __init__(self, conexion: socket.socket, nombre: str) -> None:
        self.conexion = conexion
        self.nombre = nombre
        self.viva = True
        conexion.setblocking(False)

    def preparar(self) -> None:
        """Pone la conexión, ya hecha, como la necesita el espía; lanza `PuntaPerdida`."""
        try:
            # Cada envío sale ya, sin esperar a otros para viajar con ellos (algoritmo de Nagle).
            self.conexion.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            vigilar_si_sigue_viva(self.conexion)
        except OSError as error:
            raise PuntaPerdida(self) from error

    def recibir(self, cuantos: int) -> bytes | None:
        """Lo que haya llegado, `b""` si ha cerrado y `None` si nada; lanza `PuntaPerdida`."""
        try:
            return self.conexion.recv(cuantos)
        except BlockingIOError:
            return None
        except OSError as error:
            raise PuntaPerdida(self) from error

    def enviar(self, datos: memoryview) -> int:
        """Envía lo que el sistema acepte y devuelve cuántos bytes son; lanza `PuntaPerdida`."""
        try:
            return self.conexion.send(datos)
        except BlockingIOError:
            return 0
        except OSError as error:
            raise PuntaPerdida(self) from error

    def no_enviar_mas(self) -> None:
        """Medio cierre (FIN): esta punta aún puede recibir; lanza `PuntaPerdida`."""
        try:
            self.conexion.shutdown(socket.SHUT_WR)
        except OSError as error:
            raise PuntaPerdida(self) from error

    def cerrar(self) -> None:
        """Cierra por las buenas."""
        self.conexion.close()

    def cortar(self) -> None:
        """Cierra por las malas (RST), como una red que se cae."""
        try:
            self.conexion.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _CORTANDO)
        except OSError:
            pass  # ya estaba cortada por el otro lado
        self.conexion.close()
