"""recv, send, shutdown y close: aquí no se cambia nada, solo se mira."""

from __future__ import annotations

import _socket
import sys

from .conexiones import plazo_de
from .envolturas import TratoQueCuenta
from .sonda import MAXIMO_DE_DATOS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .conectar import Connect
    from .envolturas import Argumentos, Nombrados
    from .sonda import Sonda

    #: De lo devuelto y los argumentos, cuántos bytes fueron y cuáles.
    Medir = Callable[[Any, Argumentos, Nombrados], tuple[int, Any]]

SIN_ESPERAR = getattr(_socket, "MSG_DONTWAIT", 0)
MIRAR = _socket.MSG_PEEK
#: Lecturas vacías que se cuentan de cada conexión: quien da vueltas sin parar hace millones.
BASTANTES_VACIAS = 200
#: A partir de este tamaño, en bytes, un envío puede no caber de una vez.
ENVIO_GRANDE = 64 * 1024
#: POLLIN y POLLOUT.
LEER, ESCRIBIR = 1, 4
#: Milisegundos que espera sin decirlo quien va muy deprisa: lo suyo le llega enseguida. Si tiene un
#: plazo, solo si es de más de estos segundos, que no se note.
PRONTO = 10
PLAZO_LARGO = 1.0


class Recibir(TratoQueCuenta):
    """Toda la familia de recv. `medir` sabe dónde deja cada una los datos."""

    def __init__(self, sonda: Sonda, connect: Connect, medir: Medir, lugar_de_flags: int) -> None:
        super().__init__(sonda)
        self._connect = connect
        self._medir = medir
        self._lugar_de_flags = lugar_de_flags

    def preparar(
        self, socket_: Any, argumentos: Argumentos, nombrados: Nombrados
    ) -> tuple[Any, Argumentos]:
        conexion = self._sonda.conexiones.de(socket_)
        if conexion is None or conexion.vacias > BASTANTES_VACIAS:
            return None, argumentos
        if conexion.pendiente is not None:
            self._connect.confirmar_si_llego(socket_, conexion)
        flags = nombrados.get("flags", 0)
        if len(argumentos) > self._lugar_de_flags:
            flags = argumentos[self._lugar_de_flags]
        plazo = plazo_de(socket_)
        if plazo != 0 and not flags & SIN_ESPERAR and self._va_a_esperar(socket_, plazo):
            self._sonda.esperar("recv", plazo, conexion)
        return (conexion, flags, argumentos, nombrados), argumentos

    def _va_a_esperar(self, socket_: Any, plazo: float | None) -> bool:
        """Si hay que decir que se espera: al corregir, siempre; al mirar, si aún no hay nada."""
        tandas = self._sonda.tandas
        if tandas is None:
            return True
        deprisa = tandas.resumen.activo and (plazo is None or plazo > PLAZO_LARGO)
        return sondear(socket_, LEER, PRONTO if deprisa else 0) is not True

    def acabar(self, socket_: Any, nota: Any, resultado: Any) -> Any:
        if nota is None:
            return resultado
        conexion, flags, argumentos, nombrados = nota
        if flags & MIRAR or argumentos[1:2] == (0,):
            self._sonda.seguir("recv", conexion)  # mirar, o pedir cero bytes, no saca nada
            return resultado
        cuantos, datos = self._medir(resultado, argumentos, nombrados)
        if cuantos == 0:
            conexion.vacias += 1
        self._sonda.contar_datos("recv", conexion, cuantos, datos)
        return resultado

    def fallar(self, socket_: Any, nota: Any, error: BaseException) -> None:
        if nota is None or isinstance(error, BlockingIOError):
            return
        if isinstance(error, TimeoutError) and error.errno is None:
            self._sonda.seguir("vencido", nota[0])
        else:
            self._sonda.fallo(socket_, "recv", error)


class Enviar(TratoQueCuenta):
    """send, sendall, sendmsg y sendto sobre TCP."""

    def __init__(self, sonda: Sonda, connect: Connect) -> None:
        super().__init__(sonda)
        self._connect = connect

    def preparar(
        self, socket_: Any, argumentos: Argumentos, nombrados: Nombrados
    ) -> tuple[Any, Argumentos]:
        conexion = self._sonda.conexiones.de(socket_)
        if conexion is None:
            return None, argumentos
        if conexion.pendiente is not None:
            self._connect.confirmar_si_llego(socket_, conexion)
        cuantos, principio = self._datos(argumentos[1])
        plazo = plazo_de(socket_)
        if plazo != 0 and _puede_esperar(socket_, cuantos):
            self._sonda.esperar("send", plazo, conexion, cuantos=cuantos)
        return (conexion, cuantos, principio), argumentos

    def _datos(self, datos: Any) -> tuple[int, bytes]:
        # Se copia ya: retener el buffer impediría al programa cambiarlo de tamaño.
        with memoryview(datos) as vista:
            return vista.nbytes, bytes(vista.cast("B")[:MAXIMO_DE_DATOS])

    def acabar(self, socket_: Any, nota: Any, resultado: Any) -> Any:
        if nota is not None:
            conexion, cuantos, principio = nota
            if resultado is not None:
                cuantos = resultado  # sendall no devuelve nada: lo ha enviado todo
            self._sonda.contar_datos("send", conexion, cuantos, principio)
        return resultado

    def fallar(self, socket_: Any, nota: Any, error: BaseException) -> None:
        if nota is not None and not isinstance(error, BlockingIOError):
            self._sonda.fallo(socket_, "send", error)

    def prohibir(self, socket_: Any, direccion: Any) -> None:
        """Cuenta un envío que habría salido de esta máquina."""
        conexion = self._sonda.conexiones.de(socket_)
        self._sonda.contar("prohibido", conexion, detalle=f"{direccion[0]}:{direccion[1]}")


class EnviarTrozos(Enviar):
    """sendmsg, que recibe una lista de trozos."""

    def preparar(
        self, socket_: Any, argumentos: Argumentos, nombrados: Nombrados
    ) -> tuple[Any, Argumentos]:
        if len(argumentos) > 1 and not isinstance(argumentos[1], list | tuple):
            # Un iterador solo se puede recorrer una vez.
            argumentos = (socket_, list(argumentos[1]), *argumentos[2:])
        try:
            return super().preparar(socket_, argumentos, nombrados)
        except TypeError:
            return None, argumentos  # no son bytes: lo dirá Python

    def _datos(self, datos: Any) -> tuple[int, bytes]:
        return super()._datos(b"".join(datos))


class Cerrar(TratoQueCuenta):
    """El cierre de verdad, cuando ya no queda ningún `makefile` abierto."""

    def acabar(self, socket_: Any, nota: None, resultado: Any) -> Any:
        conexion = self._sonda.conexiones.olvidar(socket_)
        if conexion is not None:
            self._sonda.contar("close", conexion)
        return resultado


class Soltar(TratoQueCuenta):
    """detach: el descriptor sigue abierto, en otras manos."""

    def acabar(self, socket_: Any, nota: None, resultado: Any) -> Any:
        self._sonda.conexiones.olvidar(socket_)
        return resultado


class Apagar(TratoQueCuenta):
    """shutdown: se acaba un sentido de la conexión, o los dos."""

    def preparar(
        self, socket_: Any, argumentos: Argumentos, nombrados: Nombrados
    ) -> tuple[Argumentos, Argumentos]:
        return argumentos, argumentos

    def acabar(self, socket_: Any, nota: Argumentos, resultado: Any) -> Any:
        conexion = self._sonda.conexiones.de(socket_)
        if conexion is not None:
            sentidos = {_socket.SHUT_RD: "leer", _socket.SHUT_WR: "escribir"}
            self._sonda.contar(
                "shutdown", conexion, detalle=sentidos.get(nota[1], "leer y escribir")
            )
        return resultado


def _puede_esperar(socket_: Any, tamano: int) -> bool:
    """Si un envío puede quedarse parado porque el otro lado no lee."""
    if tamano > ENVIO_GRANDE:
        return True
    # En Windows se sabrá por lo que se envía y no se recibe.
    return sondear(socket_, ESCRIBIR, 0) is False


def sondear(socket_: Any, que: int, plazo: int) -> bool | None:
    """Si en ese plazo, en milisegundos, se puede leer o escribir; None si no se puede saber."""
    poll = getattr(sys.modules.get("select"), "poll", None)
    if poll is None:
        return None
    sondeo = poll()
    sondeo.register(socket_, que)
    return bool(sondeo.poll(plazo))
