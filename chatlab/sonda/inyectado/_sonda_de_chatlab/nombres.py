"""getaddrinfo y su familia: los nombres de otras máquinas no se preguntan a ninguna red.

Los números y los nombres de esta máquina se resuelven como siempre. Los demás son el bucle
local: si alguien de la entrega escucha en ese puerto, ahí está su servidor; si no, el intento
de conexión lo rechaza el sistema.
"""

from __future__ import annotations

import _socket

from .direcciones import (
    BUCLE_4,
    BUCLE_6,
    LOCALES,
    es_de_fuera,
    numerica,
    texto_del_host,
)
from .envolturas import Trato, TratoQueCuenta

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .envolturas import Argumentos, Nombrados


def _se_puede_buscar(host: Any) -> bool:
    """Si buscarlo no toca la red, o si es tan raro que Python lo rechazará sin buscarlo."""
    if host is None:
        return True
    try:
        nombre = texto_del_host(host)
    except (TypeError, UnicodeError):
        return True
    return nombre.lower().rstrip(".") in LOCALES or numerica(nombre) is not None


class Getaddrinfo(TratoQueCuenta):
    """getaddrinfo(host, puerto, family, …)."""

    def preparar(
        self, host: Any, argumentos: Argumentos, nombrados: Nombrados
    ) -> tuple[str | None, Argumentos]:
        host = argumentos[0] if argumentos else nombrados.get("host")
        flags = argumentos[5] if len(argumentos) > 5 else nombrados.get("flags", 0)
        if _se_puede_buscar(host) or flags & _socket.AI_NUMERICHOST:
            return self._con_las_dos(host, argumentos, nombrados), argumentos
        familia = argumentos[2] if len(argumentos) > 2 else nombrados.get("family", 0)
        bucle = BUCLE_6 if familia == _socket.AF_INET6 else BUCLE_4
        self._recordar(host, argumentos[1] if len(argumentos) > 1 else nombrados.get("port"))
        if argumentos:
            return None, (bucle, *argumentos[1:])
        nombrados["host"] = bucle
        return None, argumentos

    def _con_las_dos(self, host: Any, argumentos: Argumentos, nombrados: Nombrados) -> str | None:
        """El puerto, si se busca «localhost» y allí escucha alguien que solo atiende en IPv6.

        En casi todos los sistemas «localhost» son las dos direcciones. En una jaula puede ser una.
        """
        puerto = argumentos[1] if len(argumentos) > 1 else nombrados.get("port")
        familia = argumentos[2] if len(argumentos) > 2 else nombrados.get("family", 0)
        if str(host).lower() != "localhost" or familia or not str(puerto).isdecimal():
            return None
        return str(puerto) if self._sonda.registro.ipv6(int(str(puerto))) == "solo" else None

    def acabar(self, host: Any, puerto: str | None, resultado: Any) -> Any:
        if puerto is None or any(uno[0] == _socket.AF_INET6 for uno in resultado):
            return resultado
        return _socket.getaddrinfo(BUCLE_6, puerto, 0, resultado[0][1]) + resultado

    def _recordar(self, host: Any, puerto: Any) -> None:
        nombre = texto_del_host(host)
        if es_de_fuera(nombre) and str(puerto).isdecimal():
            self._sonda.nombres[int(puerto)] = nombre


class Gethostbyname(Trato):
    """gethostbyname y las demás que reciben solo un nombre."""

    def preparar(
        self, host: Any, argumentos: Argumentos, nombrados: Nombrados
    ) -> tuple[Any, Argumentos]:
        if len(argumentos) != 1 or _se_puede_buscar(host):
            return None, argumentos
        return host, (BUCLE_4,)


class GethostbynameEx(Gethostbyname):
    """gethostbyname_ex y gethostbyaddr, que devuelven también el nombre."""

    def acabar(self, host: Any, buscado: Any, resultado: Any) -> Any:
        return resultado if buscado is None else (texto_del_host(buscado), [], [BUCLE_4])


class Gethostbyaddr(GethostbynameEx):
    """gethostbyaddr: el nombre de una dirección; el de las de fuera, esa misma dirección."""

    def preparar(
        self, host: Any, argumentos: Argumentos, nombrados: Nombrados
    ) -> tuple[Any, Argumentos]:
        if len(argumentos) == 1 and isinstance(host, str) and es_de_fuera(host):
            return host, (BUCLE_4,)
        return super().preparar(host, argumentos, nombrados)


class Getnameinfo(Trato):
    """getnameinfo: las direcciones de fuera se devuelven como números."""

    def preparar(
        self, direccion: Any, argumentos: Argumentos, nombrados: Nombrados
    ) -> tuple[None, Argumentos]:
        if len(argumentos) == 2 and es_de_fuera(str(direccion[0])):
            return None, (direccion, argumentos[1] | _socket.NI_NUMERICHOST)
        return None, argumentos
