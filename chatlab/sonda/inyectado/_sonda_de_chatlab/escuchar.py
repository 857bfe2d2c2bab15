"""bind, listen y accept: el programa cree que escucha donde escribió."""

from __future__ import annotations

import _socket

from .conexiones import Conexion, clase_de, es_de_internet, es_tcp, familia_de, plazo_de
from .direcciones import (
    BUCLE_4,
    BUCLE_6,
    CUALQUIERA_4,
    CUALQUIERA_6,
    Destino,
)
from .envolturas import TratoQueCuenta
from .sonda import reales

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .envolturas import Argumentos, Nombrados
    from .sonda import Sonda

nombre_del_sistema = _socket.socket.getsockname


class Bind(TratoQueCuenta):
    """Cambia la dirección por el bucle local y el puerto que le tocó."""

    def preparar(
        self, socket_: Any, argumentos: Argumentos, nombrados: Nombrados
    ) -> tuple[Destino | None, Argumentos]:
        if len(argumentos) != 2 or not es_de_internet(socket_):
            return None, argumentos
        familia = familia_de(socket_)
        if not es_tcp(socket_):
            if clase_de(socket_) == _socket.SOCK_DGRAM:
                self._sonda.contar("udp", detalle=_escrita(argumentos[1]))
            return None, (socket_, self._sonda.rumbo.sin_salir(argumentos[1], familia)[0])
        solo = familia == _socket.AF_INET6 and bool(
            socket_.getsockopt(_socket.IPPROTO_IPV6, _socket.IPV6_V6ONLY)
        )
        destino = self._sonda.rumbo.para_escuchar(argumentos[1], familia, solo)
        if destino is None:
            return None, argumentos
        return destino, (socket_, destino.real)

    def acabar(self, socket_: Any, destino: Destino | None, resultado: Any) -> Any:
        conexion = self._sonda.conexiones.de(socket_)
        if destino is None or conexion is None:
            return resultado
        if destino.visible is not None:
            self._apuntar(socket_, conexion, destino.visible, destino.real)
        local = conexion.local or nombre_del_sistema(socket_)
        self._sonda.contar("bind", conexion, local=local, resto=reales(socket_))
        return resultado

    def _apuntar(
        self,
        socket_: Any,
        conexion: Conexion,
        visible: tuple[Any, ...],
        real: tuple[Any, ...],
    ) -> None:
        """Recuerda lo que el programa debe creer; si pidió el puerto 0, el que le han dado."""
        host, puerto, *cola = visible
        if puerto == 0:
            puerto = nombre_del_sistema(socket_)[1]
            self._sonda.registro.dejar_igual(puerto)
            if cola:
                como = "solo" if real[0] == BUCLE_6 else "doble"
                self._sonda.registro.anotar_ipv6(puerto, como)
        conexion.local = (host, puerto, *cola)
        conexion.puerto_escrito = puerto

    def fallar(self, socket_: Any, destino: Destino | None, error: BaseException) -> None:
        donde = f"bind {destino.escrita}" if destino is not None else "bind"
        self._sonda.fallo(socket_, donde, error)


def _escrita(direccion: Any) -> str:
    """«127.0.0.1:9000», como lo escribió el programa; si no es una dirección, nada."""
    if isinstance(direccion, tuple) and len(direccion) >= 2:
        return f"{direccion[0]}:{direccion[1]}"
    return ""


class Listen(TratoQueCuenta):
    """Cuenta que se escucha, y no deja escuchar en todas las direcciones."""

    def preparar(
        self, socket_: Any, argumentos: Argumentos, nombrados: Nombrados
    ) -> tuple[None, Argumentos]:
        # Sin `bind`, el sistema elegiría un puerto en todas las direcciones de la máquina.
        if self._sonda.rumbo.traduce and es_tcp(socket_) and nombre_del_sistema(socket_)[1] == 0:
            self._dar_puerto(socket_)
        if es_tcp(socket_):
            self._sonda.estrechar(socket_)  # los que acepte lo heredan
        return None, argumentos

    def _dar_puerto(self, socket_: Any) -> None:
        en_4 = familia_de(socket_) == _socket.AF_INET
        _socket.socket.bind(socket_, (BUCLE_4 if en_4 else BUCLE_6, 0))
        puerto = nombre_del_sistema(socket_)[1]
        self._sonda.registro.dejar_igual(puerto)
        conexion = self._sonda.conexiones.de(socket_)
        if conexion is not None:
            conexion.puerto_escrito = puerto
            conexion.local = (CUALQUIERA_4, puerto) if en_4 else (CUALQUIERA_6, puerto, 0, 0)

    def acabar(self, socket_: Any, nota: None, resultado: Any) -> Any:
        conexion = self._sonda.conexiones.de(socket_)
        if conexion is not None:
            local = conexion.local or nombre_del_sistema(socket_)
            self._sonda.contar("listen", conexion, local=local, resto=reales(socket_))
        return resultado

    def fallar(self, socket_: Any, nota: None, error: BaseException) -> None:
        self._sonda.fallo(socket_, "listen", error)


class Accept(TratoQueCuenta):
    """Cuenta quién llega, y traduce las direcciones de la conexión nueva."""

    def preparar(
        self, socket_: Any, argumentos: Argumentos, nombrados: Nombrados
    ) -> tuple[Conexion | None, Argumentos]:
        escucha = self._sonda.conexiones.de(socket_)
        if escucha is not None and (plazo := plazo_de(socket_)) != 0:
            self._sonda.esperar("accept", plazo, escucha)
        return escucha, argumentos

    def acabar(self, socket_: Any, escucha: Conexion | None, resultado: Any) -> Any:
        nueva, direccion = resultado
        conexion = self._sonda.conexiones.de(nueva)
        if escucha is None or conexion is None:
            return resultado
        local = self._sonda.visible(nombre_del_sistema(nueva))
        conexion.puerto_escrito = escucha.puerto_escrito or local[1]
        conexion.local = (local[0], conexion.puerto_escrito, *local[2:])
        conexion.remoto = self._sonda.visible(direccion)
        self._sonda.contar(
            "accept",
            conexion,
            local=conexion.local,
            remoto=conexion.remoto,
            resto=f',"escucha":{escucha.numero}{reales(nueva)}',
        )
        return nueva, conexion.remoto

    def fallar(self, socket_: Any, escucha: Conexion | None, error: BaseException) -> None:
        if escucha is not None and isinstance(error, TimeoutError):
            self._sonda.seguir("vencido", escucha)
        elif escucha is not None and not isinstance(error, BlockingIOError):
            self._sonda.fallo(socket_, "accept", error)


class Preguntar(TratoQueCuenta):
    """getsockname y getpeername: responden con lo que el programa escribió."""

    def __init__(self, sonda: Sonda, lado: str) -> None:
        super().__init__(sonda)
        self._lado = lado

    def acabar(self, socket_: Any, nota: None, direccion: Any) -> Any:
        conexion = self._sonda.conexiones.de(socket_)
        if conexion is None:
            return direccion
        return getattr(conexion, self._lado) or self._sonda.visible(direccion)
