"""Lo que la sonda sabe de cada socket del programa, sin tocar los sockets."""

from __future__ import annotations

import _socket
from _weakref import ref
from itertools import count

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .direcciones import Destino
    from .resumen import Suma

# Los descriptores de C: las propiedades de `socket.socket` construyen un Enum cada vez.
familia_de: Callable[[Any], int] = _socket.socket.family.__get__
clase_de: Callable[[Any], int] = _socket.socket.type.__get__
#: El plazo de un socket en segundos: None sin plazo, 0 si no espera.
plazo_de: Callable[[Any], float | None] = _socket.socket.gettimeout
INTERNET = frozenset({int(_socket.AF_INET), int(_socket.AF_INET6)})


def es_de_internet(socket_: Any) -> bool:
    """Si usa direcciones de Internet: los sockets Unix no se tocan."""
    return familia_de(socket_) in INTERNET


def es_tcp(socket_: Any) -> bool:
    """Si es un socket TCP."""
    return es_de_internet(socket_) and clase_de(socket_) == _socket.SOCK_STREAM


class Conexion:
    """Un socket TCP: su número en este proceso y las direcciones que el programa conoce."""

    __slots__ = (
        "enviando",
        "fallos",
        "leyendo",
        "local",
        "numero",
        "pendiente",
        "puerto_escrito",
        "remoto",
        "vacias",
    )

    def __init__(self, numero: int) -> None:
        self.numero = numero
        #: Lo que deben decir `getsockname` y `getpeername`; None si vale lo del sistema.
        self.local: tuple[Any, ...] | None = None
        self.remoto: tuple[Any, ...] | None = None
        #: El puerto que escribió quien escucha: lo heredan las conexiones que acepta.
        self.puerto_escrito: int | None = None
        #: Una conexión empezada sin esperar, que aún no se sabe si llegó.
        self.pendiente: Destino | None = None
        #: Veces que ha leído y no había nada, porque el otro lado ya había cerrado.
        self.vacias = 0
        #: Errores que ha dado a su programa.
        self.fallos = 0
        #: Lo que cada hilo ha enviado y leído sin contarlo, si va tan deprisa que se cuenta sumado.
        self.enviando: dict[int, Suma] = {}
        self.leyendo: dict[int, Suma] = {}


class Conexiones:
    """Todos los sockets TCP vivos del proceso. `al_perderse` avisa de uno que nadie cerró."""

    def __init__(self, al_perderse: Callable[[Conexion], None]) -> None:
        self._al_perderse = al_perderse
        #: De cada socket del que ya se sabe, por su `id`; None si no es TCP.
        self.conocidas: dict[int, Conexion | None] = {}
        self._vigias: dict[int, ref[Any]] = {}
        self._numeros = count(1)

    def de(self, socket_: Any) -> Conexion | None:
        """Lo que se sabe del socket; None si no es TCP."""
        try:
            return self.conocidas[id(socket_)]
        except KeyError:
            return self._conocer(socket_)

    def _conocer(self, socket_: Any) -> Conexion | None:
        clave = id(socket_)
        conexion = None
        if es_tcp(socket_):
            conexion = Conexion(next(self._numeros))
        self.conocidas[clave] = conexion
        self._vigias[clave] = ref(socket_, lambda _: self._perder(clave))
        return conexion

    def _perder(self, clave: int) -> None:
        self._vigias.pop(clave, None)
        conexion = self.conocidas.pop(clave, None)
        if conexion is not None:
            self._al_perderse(conexion)

    def vivas(self) -> list[tuple[Any, Conexion]]:
        """Los sockets TCP que siguen abiertos y lo que se sabe de cada uno."""
        pares = [(self._vigias[clave](), conexion) for clave, conexion in self.conocidas.items()]
        return [(uno, otra) for uno, otra in pares if uno is not None and otra is not None]

    def olvidar(self, socket_: Any) -> Conexion | None:
        """Deja de seguir al socket, y devuelve lo que se sabía de él."""
        self._vigias.pop(id(socket_), None)
        return self.conocidas.pop(id(socket_), None)
