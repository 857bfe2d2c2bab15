"""connect y connect_ex: siempre al bucle local, esté escrita la dirección que esté."""

from __future__ import annotations

import _socket
import errno
import os

from .conexiones import Conexion, es_de_internet, es_tcp, familia_de, plazo_de
from .direcciones import BUCLE_4, BUCLE_6, Destino
from .envolturas import TratoQueCuenta
from .sonda import reales

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .envolturas import Argumentos, Nombrados
    from .sonda import Sonda

#: Lo que dice un `connect` que sigue su curso sin esperar, en Unix y en Windows.
EN_CURSO = frozenset({errno.EINPROGRESS, errno.EWOULDBLOCK, errno.EALREADY, 10035, 10036, 10037})
RECHAZADA = frozenset({errno.ECONNREFUSED, 10061})
YA_CONECTADO = frozenset({0, errno.EISCONN, 10056})


class Connect(TratoQueCuenta):
    """Lleva la conexión al servidor de la entrega, o a que la rechacen de verdad."""

    def preparar(
        self, socket_: Any, argumentos: Argumentos, nombrados: Nombrados
    ) -> tuple[Destino | None, Argumentos]:
        if len(argumentos) != 2 or not es_de_internet(socket_):
            return None, argumentos
        familia = familia_de(socket_)
        try:
            if not es_tcp(socket_):
                return None, (socket_, self._sonda.rumbo.sin_salir(argumentos[1], familia)[0])
            destino = self._destino(argumentos[1], familia)
        except (OSError, ValueError):  # el registro no se puede leer: al menos, sin salir de aquí
            return None, (socket_, self._sonda.rumbo.sin_salir(argumentos[1], familia)[0])
        if destino is None:
            return None, argumentos
        self._sonda.estrechar(socket_)
        plazo = plazo_de(socket_)
        if plazo != 0:
            self._sonda.esperar("connect", plazo, self._sonda.conexiones.de(socket_))
        return destino, (socket_, destino.real)

    def _destino(self, direccion: Any, familia: int) -> Destino | None:
        destino = self._sonda.rumbo.para_conectar(direccion, familia)
        if destino is None or destino.visible is None:
            return destino
        # `create_connection` busca el nombre y conecta con el número: aquí se vuelven a unir.
        nombre = self._sonda.nombres.get(destino.visible[1])
        if nombre is not None and destino.visible[0] in (BUCLE_4, BUCLE_6):
            destino.escrita = f"{nombre}:{destino.visible[1]}"
            destino.fuera = True
        return destino

    def acabar(self, socket_: Any, destino: Destino | None, resultado: Any) -> Any:
        self._conectado(socket_, destino)
        return resultado

    def fallar(self, socket_: Any, destino: Destino | None, error: BaseException) -> None:
        codigo = error.errno if isinstance(error, OSError) else None
        conexion = self._sonda.conexiones.de(socket_)
        if destino is not None and conexion is not None and codigo in EN_CURSO:
            conexion.remoto = destino.visible
            conexion.pendiente = destino
        elif isinstance(error, TimeoutError) and codigo is None:
            self._sonda.seguir("vencido", conexion)
        else:
            self._no_conectado(socket_, destino, error)

    def confirmar(self, socket_: Any, conexion: Conexion, codigo: int = 0) -> None:
        """Una conexión que siguió su curso ha llegado, o ha fallado con ese código."""
        destino, conexion.pendiente = conexion.pendiente, None
        if codigo == 0:
            self._conectado(socket_, destino)
        else:
            self._no_conectado(socket_, destino, OSError(codigo, os.strerror(codigo)))

    def confirmar_si_llego(self, socket_: Any, conexion: Conexion) -> None:
        """Como `confirmar`, si ya hay alguien al otro lado."""
        try:
            _socket.socket.getpeername(socket_)
        except OSError:
            return
        self.confirmar(socket_, conexion)

    def _conectado(self, socket_: Any, destino: Destino | None) -> None:
        conexion = self._sonda.conexiones.de(socket_)
        if destino is None or conexion is None:
            return
        conexion.pendiente = None
        conexion.remoto = destino.visible or _quien_hay(socket_, destino)
        self._sonda.contar(
            "connect",
            conexion,
            local=conexion.local or _socket.socket.getsockname(socket_),
            remoto=conexion.remoto,
            detalle=destino.escrita,
            resto=reales(socket_),
        )

    def _no_conectado(self, socket_: Any, destino: Destino | None, error: BaseException) -> None:
        codigo = error.errno if isinstance(error, OSError) else None
        if destino is not None and destino.fuera and codigo in RECHAZADA:
            conexion = self._sonda.conexiones.de(socket_)
            self._sonda.contar(
                "prohibido", conexion, remoto=destino.visible, detalle=destino.escrita
            )
        adonde = f"connect {destino.escrita}" if destino is not None else "connect"
        self._sonda.fallo(socket_, adonde, error)


def _quien_hay(socket_: Any, destino: Destino) -> tuple[Any, ...]:
    """La dirección del otro lado; la escrita, si ya se ha ido."""
    try:
        otro: tuple[Any, ...] = _socket.socket.getpeername(socket_)
    except OSError:
        return destino.real
    return otro


class ConnectEx(Connect):
    """Como `Connect`, pero el fallo es un número que se devuelve."""

    def acabar(self, socket_: Any, destino: Destino | None, resultado: Any) -> Any:
        if resultado in YA_CONECTADO:
            self._conectado(socket_, destino)
        else:
            self.fallar(socket_, destino, OSError(resultado, os.strerror(resultado)))
        return resultado


class Getsockopt(TratoQueCuenta):
    """Con SO_ERROR pregunta el programa cómo acabó un `connect` que no esperó."""

    def __init__(self, sonda: Sonda, connect: Connect) -> None:
        super().__init__(sonda)
        self._connect = connect

    def acabar(self, socket_: Any, nota: Any, valor: Any) -> Any:
        if nota is not None and isinstance(valor, int):
            self._connect.confirmar(socket_, nota, valor)
        return valor

    def preparar(
        self, socket_: Any, argumentos: Argumentos, nombrados: Nombrados
    ) -> tuple[Conexion | None, Argumentos]:
        if argumentos[1:] != (_socket.SOL_SOCKET, _socket.SO_ERROR):
            return None, argumentos
        conexion = self._sonda.conexiones.de(socket_)
        if conexion is None or conexion.pendiente is None:
            return None, argumentos
        return conexion, argumentos
