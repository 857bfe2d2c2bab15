"""De la dirección que el programa escribe a la que se usa, y de vuelta.

Se escriba lo que se escriba (`""`, `0.0.0.0`, `localhost`, una dirección de la red de un
compañero), se usa el bucle local de esta máquina. Lo que Python rechazaría (un puerto que es un
texto, una lista en vez de una tupla) pasa sin tocar: el error debe ser el suyo.
"""

from __future__ import annotations

import _socket
from _operator import index

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .registro import Registro

BUCLE_4, BUCLE_6 = "127.0.0.1", "::1"
#: El bucle local de IPv4 dicho en IPv6: quien escucha ahí atiende también a los de IPv4.
BUCLE_4_EN_6 = "::ffff:127.0.0.1"
CUALQUIERA_4, CUALQUIERA_6 = "0.0.0.0", "::"
LOCALES = frozenset({"", "localhost", "localhost.localdomain", "ip6-localhost", "ip6-loopback"})


class Destino:
    """Una dirección escrita y la que le corresponde.

    `real` es la tupla para el sistema; `visible`, lo que el programa debe leer en
    `getsockname` o `getpeername`, o None si es lo que diga el sistema; `escrita`, `host:puerto`
    para las personas.
    `fuera` dice si, sin la sonda, la conexión habría salido de esta máquina.
    """

    __slots__ = ("escrita", "fuera", "real", "visible")

    def __init__(
        self, real: tuple[Any, ...], visible: tuple[Any, ...] | None, escrita: str, fuera: bool
    ) -> None:
        self.real = real
        self.visible = visible
        self.escrita = escrita
        self.fuera = fuera


def partes(direccion: Any, familia: int) -> tuple[str, int] | None:
    """El host y el puerto de una dirección bien escrita; None si Python la rechazará."""
    largos = (2,) if familia == _socket.AF_INET else (2, 3, 4)
    if not isinstance(direccion, tuple) or len(direccion) not in largos:
        return None
    try:
        return texto_del_host(direccion[0]), index(direccion[1])
    except (TypeError, UnicodeError):
        return None


def texto_del_host(host: Any) -> str:
    """El host como texto; lanza `TypeError` o `UnicodeError` si no puede serlo."""
    if isinstance(host, bytes | bytearray):
        host = bytes(host).decode("ascii")
    if not isinstance(host, str):
        raise TypeError(host)
    if not host.isascii():
        host.encode("idna")
    if "\0" in host:
        raise UnicodeError(host)
    return host


def numerica(host: str) -> str | None:
    """La dirección, normalizada, si el host ya es un número; None si es un nombre."""
    if host == "<broadcast>":
        return "255.255.255.255"
    try:
        respuestas = _socket.getaddrinfo(
            host, None, 0, _socket.SOCK_STREAM, 0, _socket.AI_NUMERICHOST
        )
    except OSError:
        return None
    return str(respuestas[0][4][0])


def es_de_fuera(host: str) -> bool:
    """Si el host nombra a otra máquina."""
    nombre = host.lower().rstrip(".")
    if nombre in LOCALES or nombre == _socket.gethostname().lower():
        return False
    numero = numerica(host)
    if numero is None:
        return not nombre.endswith(".localhost")
    return not (
        numero.startswith(("127.", "::ffff:127."))
        or numero in (CUALQUIERA_4, CUALQUIERA_6, BUCLE_6)
    )


def para_escuchar(
    direccion: Any, familia: int, solo_ipv6: bool, registro: Registro
) -> Destino | None:
    """Dónde escuchar de verdad; None si la dirección está mal escrita. Lanza `OSError`."""
    escritas = _de_su_familia(direccion, familia)
    if escritas is None:
        return None
    host, puerto = escritas
    valido = 0 < puerto <= 65535
    real = registro.reservar(puerto) if valido else puerto
    cola = tuple(direccion[2:])
    if familia == _socket.AF_INET:
        visible = _visible(host, CUALQUIERA_4, BUCLE_4)
        destino = (BUCLE_4, real)
    else:
        visible = _visible(host, CUALQUIERA_6, BUCLE_6)
        doble = not solo_ipv6 and (visible == CUALQUIERA_6 or visible.startswith("::ffff:"))
        destino = (BUCLE_4_EN_6 if doble else BUCLE_6, real)
        cola = (0, 0)
        if valido:
            registro.anotar_ipv6(puerto, "doble" if doble else "solo")
    return Destino(destino, (visible, puerto, *cola), f"{host}:{puerto}", False)


def para_conectar(direccion: Any, familia: int, registro: Registro) -> Destino | None:
    """Adónde conectar de verdad; None si la dirección está mal escrita."""
    escritas = _de_su_familia(direccion, familia)
    if escritas is None:
        return None
    host, puerto = escritas
    real: int | None = puerto
    if 0 < puerto <= 65535:
        real = registro.real(puerto)
        if real is None:
            real = registro.nadie
    escrita, fuera = f"{host}:{puerto}", es_de_fuera(host)
    if familia == _socket.AF_INET:
        visible = _visible(host, BUCLE_4, BUCLE_4)
        return Destino(
            (BUCLE_4, real),
            (BUCLE_4 if visible == CUALQUIERA_4 else visible, puerto),
            escrita,
            fuera,
        )
    visible = _visible(host, BUCLE_6, BUCLE_6)
    mezclada = visible.startswith("::ffff:") or registro.ipv6(puerto) == "doble"
    return Destino(
        (BUCLE_4_EN_6 if mezclada else BUCLE_6, real),
        (BUCLE_6 if visible == CUALQUIERA_6 else visible, puerto, 0, 0),
        escrita,
        fuera,
    )


def _de_su_familia(direccion: Any, familia: int) -> tuple[str, int] | None:
    """Como `partes`, y también None con un número de IPv6 en un socket IPv4, o al revés.

    Python lo rechaza sin mirar la red.
    """
    escritas = partes(direccion, familia)
    numero = numerica(escritas[0]) if escritas and escritas[0] else None
    es_de_otra = numero is not None and (":" in numero) != (familia == _socket.AF_INET6)
    return None if es_de_otra else escritas


def _visible(host: str, vacio: str, bucle: str) -> str:
    """La dirección que el programa espera leer después de escribir `host`."""
    if not host:
        return vacio
    return numerica(host) or bucle


def sin_salir(direccion: Any, familia: int) -> tuple[Any, bool]:
    """La misma dirección, o el bucle local si es de otra máquina; y si lo era.

    Para UDP, que se deja en paz mientras no salga.
    """
    escritas = partes(direccion, familia)
    if escritas is None or not es_de_fuera(escritas[0]):
        return direccion, False
    bucle = BUCLE_4 if familia == _socket.AF_INET else BUCLE_6
    return (bucle, *direccion[1:]), True
