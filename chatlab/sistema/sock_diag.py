"""Preguntar a Linux por los sockets TCP de una red, sin pasar por `/proc` (sock_diag(7)).

Con `/proc/net/tcp` el núcleo recorre, en cada lectura, una tabla con sitio para todas las
conexiones que caben en la máquina, y tarda milisegundos aunque solo haya tres. Por aquí la recorre
mucho más deprisa.

Quien pregunta lo hace por una ventana, que es un socket: da siempre a la red en la que se abrió,
también si se le pasa a otro proceso.
"""

# Como en `proc.py`: el guardián arranca con cada entrega, y aquí no se carga nada que tarde.

from __future__ import annotations

import socket
import struct
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    #: Una dirección IP, siempre en 16 bytes, y un puerto.
    Extremo = tuple[bytes, int]

#: De linux/netlink.h, linux/sock_diag.h y linux/inet_diag.h.
NETLINK_SOCK_DIAG = 4
SOCK_DIAG_BY_FAMILY = 20
NLM_F_REQUEST_DUMP = 0x301
NLMSG_ERROR, NLMSG_DONE = 2, 3
INET_DIAG_INFO = 2
TODOS_LOS_ESTADOS = 0xFFF
#: De net/tcp_states.h. Los tres primeros no tienen nada de camino; los otros se están conectando.
TIME_WAIT, CERRADO, ESCUCHANDO = 6, 7, 10
SYN_SENT, SYN_RECV = 2, 3
#: Dónde están en `struct tcp_info` (linux/tcp.h) los bytes confirmados y los recibidos.
BYTES_DE_TCP_INFO = 120
#: Segundos que se espera al núcleo, que contesta enseguida.
PLAZO = 1.0
#: Con qué empieza una dirección de IPv4 escrita como de IPv6 (RFC 4291, 2.5.5.2).
PREFIJO_DE_IPV4 = bytes(10) + b"\xff\xff"


class Socket:
    """Un socket TCP, como lo cuenta el núcleo en `struct inet_diag_msg` (linux/inet_diag.h).

    `por_leer` son los bytes que su programa no ha recogido (si escucha, las conexiones);
    `por_salir`, los que el otro lado no ha confirmado; `confirmados` y `recibidos`, los que han
    pasado desde que existe: 0 si no se preguntan.
    """

    __slots__ = (
        "confirmados",
        "estado",
        "inodo",
        "local",
        "numero",
        "por_leer",
        "por_salir",
        "recibidos",
        "remoto",
    )

    def __init__(self, mensaje: bytes) -> None:
        """Lee el mensaje y sus atributos. Lanza `struct.error` si está incompleto."""
        familia, self.estado = struct.unpack_from("=BB", mensaje)
        puertos = struct.unpack_from(">HH", mensaje, 4)
        self.local: Extremo = (_direccion(familia, mensaje[8:24]), puertos[0])
        self.remoto: Extremo = (_direccion(familia, mensaje[24:40]), puertos[1])
        self.numero: int = struct.unpack_from("=Q", mensaje, 44)[0]
        _, self.por_leer, por_salir, _, self.inodo = struct.unpack_from("=IIIII", mensaje, 52)
        # De quien escucha, el núcleo da ahí las conexiones que admite en espera.
        self.por_salir: int = 0 if self.escucha else por_salir
        self.confirmados, self.recibidos = _bytes_de_tcp_info(mensaje)

    @property
    def escucha(self) -> bool:
        """Si es de un servidor que espera conexiones."""
        return bool(self.estado == ESCUCHANDO)


def abrir_ventana() -> socket.socket:
    """Un socket por el que preguntar por la red de quien lo abre. Lanza `OSError` si no se puede.

    Hay que cerrarlo. No se puede usar desde dos hilos a la vez.
    """
    if sys.platform != "linux":
        raise OSError("solo Linux contesta por sus sockets")
    ventana = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_SOCK_DIAG)
    ventana.settimeout(PLAZO)
    return ventana


def sockets_tcp(ventana: socket.socket, *, con_bytes: bool = False) -> list[Socket]:
    """Los sockets TCP de la red a la que da la ventana; con sus bytes, si se piden.

    Lanza `OSError` si el núcleo no contesta, y entonces la ventana ya no sirve.
    """
    sockets: list[Socket] = []
    for familia in (socket.AF_INET, socket.AF_INET6):
        ventana.send(_pregunta(familia, con_bytes=con_bytes))
        sockets += map(Socket, _respuestas(ventana))
    return sockets


def _pregunta(familia: int, *, con_bytes: bool) -> bytes:
    pedido = 1 << (INET_DIAG_INFO - 1) if con_bytes else 0
    que = struct.pack("=BBBxI48x", familia, socket.IPPROTO_TCP, pedido, TODOS_LOS_ESTADOS)
    cabecera = struct.pack("=IHHII", 16 + len(que), SOCK_DIAG_BY_FAMILY, NLM_F_REQUEST_DUMP, 1, 0)
    return cabecera + que


def _respuestas(ventana: socket.socket) -> Iterator[bytes]:
    """Los mensajes que contesta el núcleo, hasta el que dice que no hay más."""
    while True:
        datos = ventana.recv(1 << 18)
        while datos:
            largo, tipo = struct.unpack_from("=IH", datos)
            if tipo == NLMSG_DONE:
                return
            if tipo == NLMSG_ERROR:
                raise OSError("el núcleo no contesta por sus sockets")
            yield datos[16:largo]
            datos = datos[(largo + 3) & ~3 :]


def _direccion(familia: int, campo: bytes) -> bytes:
    return campo if familia == socket.AF_INET6 else PREFIJO_DE_IPV4 + campo[:4]


def _bytes_de_tcp_info(mensaje: bytes) -> tuple[int, int]:
    """Los confirmados y los recibidos, si el mensaje los trae."""
    lugar = 72
    while lugar + 4 <= len(mensaje):
        largo, tipo = struct.unpack_from("=HH", mensaje, lugar)
        if tipo == INET_DIAG_INFO and largo >= 4 + BYTES_DE_TCP_INFO + 16:
            confirmados, recibidos = struct.unpack_from(
                "=QQ", mensaje, lugar + 4 + BYTES_DE_TCP_INFO
            )
            return confirmados, recibidos
        lugar += max(4, (largo + 3) & ~3)
    return 0, 0
