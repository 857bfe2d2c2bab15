"""El canal por el que la sonda cuenta lo que ve.

Cada suceso es una línea JSON. Enviarlas no debe parar al programa ni romperse por una señal, que
puede llegar en cualquier momento con un manejador que use sockets o que lance una excepción. Por
eso los sucesos entran en una lista, y quien tiene el turno la vacía. Si un manejador interrumpe a
quien lo tiene, deja los suyos en la lista: se los llevará él al volver. El turno se toma siempre
con `with`, que es lo único que una señal no puede cortar entre tomarlo y protegerlo.
"""

from __future__ import annotations

import _socket
import os
from _thread import RLock, get_native_id
from time import monotonic

from .texto import citar

#: Segundos que se espera, como mucho, a que haya sitio en el canal. Si no lo hay, las siguientes
#: veces no se espera: quien escucha se ha atascado, y el programa no tiene la culpa.
PACIENCIA = 1.0
#: Sucesos sin enviar a partir de los cuales el programa espera a que haya sitio.
MUCHOS = 5000
#: Sucesos que se envían de una vez, como mucho.
LOTE = 1000
#: Las señales del programa son suyas: un canal cerrado no debe mandarle SIGPIPE.
SIN_SENAL = getattr(_socket, "MSG_NOSIGNAL", 0)
#: El descriptor más alto que se usa: los del programa siguen siendo 3, 4, 5…
DESCRIPTOR_MAS_ALTO = 1023


class Canal:
    """Envía sucesos a `direccion`: `unix:RUTA` o `tcp:PUERTO:CLAVE`."""

    def __init__(self, direccion: str) -> None:
        self._direccion = direccion
        self._conexion: _socket.socket | None = None
        self._empezar()

    def _empezar(self) -> None:
        self._turno = RLock()
        self._enviando = False
        self._cola: list[str] = []
        self._resto = b""
        self._paciencia = PACIENCIA

    def abrir(self) -> None:
        """Conecta con quien escucha; lanza `OSError` si no está."""
        self._conexion = _apartar(_conectar(self._direccion))

    def reabrir(self) -> None:
        """En un hijo recién bifurcado: suelta el canal del padre y abre el suyo."""
        if self._conexion is not None:
            self._conexion.close()
            self._conexion = None
        self._empezar()
        self.abrir()

    def emitir(self, tipo: str, campos: str = "") -> None:
        """Cuenta un suceso. `campos` es JSON ya escrito, con una coma delante."""
        if self._conexion is None:
            return
        self._cola.append(
            f'{{"tipo":"{tipo}","hilo":{get_native_id()},"instante":{monotonic():.6f}{campos}}}\n'
        )
        self._vaciar()
        if len(self._cola) > MUCHOS:
            self.asegurar()

    def _vaciar(self) -> None:
        # Se mira otra vez al soltar el turno: un manejador pudo añadir algo justo antes.
        while self._cola or self._resto:
            with self._turno:
                if self._enviando:
                    return
                self._enviando = True
                try:
                    if not self._enviar_lote():
                        return
                finally:
                    self._enviando = False

    def _enviar_lote(self) -> bool:
        """Envía todo lo que hay, y dice si cupo. Siempre con el turno tomado."""
        socket_ = self._conexion
        if socket_ is None:
            return False
        lote, self._resto = self._resto, b""
        if not lote:  # con algo a medias no se junta más: copiarlo cada vez no acabaría nunca
            cuantos = min(len(self._cola), LOTE)
            lote = "".join(self._cola[:cuantos]).encode("ascii")
            del self._cola[:cuantos]
        try:
            enviados = socket_.send(lote, SIN_SENAL)
        except (BlockingIOError, TimeoutError):
            enviados = 0
        except OSError:
            self._conexion = None  # ya no escucha nadie: el programa sigue solo
            return False
        self._resto = lote[enviados:]
        return not self._resto

    def asegurar(self) -> None:
        """Espera un momento a que salga lo pendiente: quien se duerme debe haberlo dicho."""
        if not (self._cola or self._resto):
            return
        with self._turno:
            if self._enviando or self._conexion is None:
                return
            self._enviando = True
            try:
                self._esperar_sitio(self._conexion)
            finally:
                self._enviando = False

    def _esperar_sitio(self, socket_: _socket.socket) -> None:
        limite = monotonic() + self._paciencia
        socket_.settimeout(self._paciencia)
        try:
            while (self._cola or self._resto) and monotonic() < limite:
                self._enviar_lote()
        finally:
            socket_.settimeout(0)
        self._paciencia = 0.0 if self._cola or self._resto else PACIENCIA

    def despedirse(self) -> None:
        """Al terminar el programa. El descriptor lo cierra el sistema: así se sabe que acabó."""
        self.asegurar()
        socket_, self._conexion = self._conexion, None
        if socket_ is not None:
            socket_.detach()


def _conectar(direccion: str) -> _socket.socket:
    """Llama a la puerta del testigo: un socket Unix, o TCP con contraseña donde no los hay."""
    clase, _, resto = direccion.partition(":")
    if clase == "unix":
        socket_ = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
        socket_.connect(resto)
    else:
        puerto, _, clave = resto.partition(":")
        socket_ = _socket.socket(_socket.AF_INET, _socket.SOCK_STREAM)
        socket_.connect(("127.0.0.1", int(puerto)))
        socket_.setsockopt(_socket.IPPROTO_TCP, _socket.TCP_NODELAY, 1)
        socket_.sendall(f"{clave}\n".encode("ascii"))
    socket_.setblocking(False)
    return socket_


def _apartar(socket_: _socket.socket) -> _socket.socket:
    """Lleva el canal a un descriptor alto, para que `print(conexion)` diga lo de siempre."""
    if not hasattr(os, "sysconf"):
        return socket_  # en Windows los números no son consecutivos
    limite = os.sysconf("SC_OPEN_MAX")
    alto = DESCRIPTOR_MAS_ALTO if limite < 0 else min(DESCRIPTOR_MAS_ALTO, limite - 1)
    while _esta_abierto(alto):
        alto -= 1
    familia, clase, bajo = socket_.family, socket_.type, socket_.detach()
    os.dup2(bajo, alto, inheritable=False)
    os.close(bajo)
    apartado = _socket.socket(familia, clase, 0, fileno=alto)
    apartado.setblocking(False)
    return apartado


def _esta_abierto(descriptor: int) -> bool:
    try:
        os.fstat(descriptor)
    except OSError:
        return False
    return True


def direccion_json(direccion: tuple[str, int] | None) -> str:
    """`("127.0.0.1", 8000)` como JSON; `null` si no hay."""
    if direccion is None:
        return "null"
    return f"[{citar(str(direccion[0]))},{direccion[1]}]"
