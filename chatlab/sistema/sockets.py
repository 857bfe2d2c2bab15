"""Lo que el núcleo de Linux sabe de los sockets TCP de unos procesos, sin preguntarles a ellos.

El guardián lo mira desde dentro de la jaula, en la misma red: los sockets, con los bytes que han
pasado por cada uno (sock_diag(7)), y de quién es cada uno (`/proc/PID/fd`, proc(5)). Los contadores
de la red (`/proc/net`) cuentan también lo de las conexiones que ya se cerraron.
"""

# ruff: noqa: PTH115, PTH123, PTH208
# Como en `procesos.py`: el guardián arranca con cada entrega, y aquí no se carga nada que tarde.

from __future__ import annotations

import os
import socket
import struct
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    #: Puertos local y remoto, estado, bytes enviados y recibidos, su número y su inodo.
    Socket = tuple[int, int, int, int, int, int, int]

#: De linux/netlink.h, linux/sock_diag.h y linux/inet_diag.h.
NETLINK_SOCK_DIAG = 4
SOCK_DIAG_BY_FAMILY = 20
NLM_F_REQUEST_DUMP = 0x301
NLMSG_ERROR, NLMSG_DONE = 2, 3
INET_DIAG_INFO = 2
TODOS_LOS_ESTADOS = 0xFFF
#: De net/tcp_states.h.
ESCUCHANDO = 10
#: Dónde están en `struct tcp_info` (linux/tcp.h) los bytes confirmados y los recibidos.
BYTES_DE_TCP_INFO = 120
#: Segundos que se espera al núcleo, que contesta enseguida.
PLAZO = 1.0


def mirar_la_red(programas: dict[int, int], *, propia: bool) -> dict[str, Any] | None:
    """Los sockets TCP de esos programas y de los procesos que arrancaron.

    `programas` da de cada pid el id de su programa. Con `propia`, en la red no hay nadie más, y
    valen sus contadores. `None` si no se puede mirar.

    De cada socket da dos listas: puerto local, puerto remoto, si escucha, bytes enviados, bytes
    recibidos y su número; y los programas que lo tienen abierto. De un huérfano no se sabe cuál es
    el suyo: es el 0.
    """
    if sys.platform != "linux":
        return None
    try:
        duenos = duenos_de_sockets(programas)
        sockets = [
            [[local, remoto, estado == ESCUCHANDO, enviados, recibidos, numero], duenos[inodo]]
            for local, remoto, estado, enviados, recibidos, numero, inodo in sockets_tcp()
            if inodo in duenos
        ]
        return {"sockets": sockets, "contadores": contadores() if propia else None}
    except (OSError, ValueError, LookupError, struct.error):
        return None


# --- De quién es cada socket ---------------------------------------------------------------------


def duenos_de_sockets(programas: dict[int, int]) -> dict[int, list[int]]:
    """Los programas que tienen abierto cada socket, por su inodo."""
    duenos: dict[int, list[int]] = {}
    for pid, programa in _programa_de_cada_uno(programas).items():
        for inodo in _sockets_abiertos(pid):
            suyos = duenos.setdefault(inodo, [])
            if programa not in suyos:
                suyos.append(programa)
    return duenos


def _programa_de_cada_uno(programas: dict[int, int]) -> dict[int, int]:
    """De cada proceso que desciende de este, el programa del que viene; 0 si no se sabe."""
    padres = {}
    for nombre in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{nombre}/stat", "rb") as archivo:
                campos = archivo.read().rpartition(b")")[2].split()
        except OSError:
            continue  # ha terminado mientras se miraba
        padres[int(nombre)] = (int(campos[1]), int(campos[3]))
    yo = os.getpid()
    suyos = {}
    for pid in padres:
        ascendencia = [pid]
        while (actual := ascendencia[-1]) in padres and actual != yo and actual not in programas:
            ascendencia.append(padres[actual][0])
        if ascendencia[-1] in programas:
            suyos[pid] = programas[ascendencia[-1]]
        elif ascendencia[-1] == yo and pid != yo:
            suyos[pid] = programas.get(padres[pid][1], 0)
    return suyos


def _sockets_abiertos(pid: int) -> list[int]:
    try:
        abiertos = os.listdir(f"/proc/{pid}/fd")
    except OSError:
        return []  # ha terminado, o no se deja mirar
    inodos = []
    for descriptor in abiertos:
        try:
            destino = os.readlink(f"/proc/{pid}/fd/{descriptor}")
        except OSError:
            continue
        if destino.startswith("socket:["):
            inodos.append(int(destino[len("socket:[") : -1]))
    return inodos


# --- Los sockets, con sus bytes ------------------------------------------------------------------


def sockets_tcp() -> list[Socket]:
    """De cada socket TCP: puertos, estado, bytes enviados y recibidos, su número y su inodo.

    Lo enviado cuenta también lo que espera salir. Lanza `OSError` si el núcleo no contesta.
    """
    sockets: list[Socket] = []
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_SOCK_DIAG) as nucleo:
        nucleo.settimeout(PLAZO)
        for familia in (socket.AF_INET, socket.AF_INET6):
            nucleo.send(_pregunta(familia))
            while (respuesta := _leer(nucleo.recv(1 << 18))) is not None:
                sockets += respuesta
    return sockets


def _pregunta(familia: int) -> bytes:
    que = struct.pack(
        "=BBBxI48x", familia, socket.IPPROTO_TCP, 1 << (INET_DIAG_INFO - 1), TODOS_LOS_ESTADOS
    )
    cabecera = struct.pack("=IHHII", 16 + len(que), SOCK_DIAG_BY_FAMILY, NLM_F_REQUEST_DUMP, 1, 0)
    return cabecera + que


def _leer(datos: bytes) -> list[Socket] | None:
    """Los sockets de una respuesta; `None` si era la última."""
    sockets: list[Socket] = []
    while datos:
        largo, tipo = struct.unpack_from("=IH", datos)
        if tipo == NLMSG_DONE:
            return sockets or None
        if tipo == NLMSG_ERROR:
            raise OSError("el núcleo no contesta por sus sockets")
        sockets.append(_socket(datos[16:largo]))
        datos = datos[(largo + 3) & ~3 :]
    return sockets


def _socket(mensaje: bytes) -> Socket:
    """Un `struct inet_diag_msg` (linux/inet_diag.h) y sus atributos."""
    _familia, estado = struct.unpack_from("=BB", mensaje)
    local, remoto = struct.unpack_from(">HH", mensaje, 4)
    numero = struct.unpack_from("=Q", mensaje, 44)[0]
    _, _por_leer, por_salir, _, inodo = struct.unpack_from("=IIIII", mensaje, 52)
    confirmados = recibidos = 0
    lugar = 72
    while lugar + 4 <= len(mensaje):
        largo, tipo = struct.unpack_from("=HH", mensaje, lugar)
        if tipo == INET_DIAG_INFO and largo >= 4 + BYTES_DE_TCP_INFO + 16:
            confirmados, recibidos = struct.unpack_from(
                "=QQ", mensaje, lugar + 4 + BYTES_DE_TCP_INFO
            )
        lugar += max(4, (largo + 3) & ~3)
    enviados = confirmados + (0 if estado == ESCUCHANDO else por_salir)
    return local, remoto, estado, enviados, recibidos, numero, inodo


# --- Los contadores de la red --------------------------------------------------------------------


def contadores() -> dict[str, int]:
    """Lo que ha pasado por la red desde que existe.

    `abiertas` son las conexiones que alguien ha empezado; `con_datos`, los segmentos que llevaban
    algún byte.
    """
    de_tcp = _tabla("/proc/net/snmp", "Tcp:")
    de_netstat = _tabla("/proc/net/netstat", "TcpExt:")
    return {"abiertas": de_tcp["ActiveOpens"], "con_datos": de_netstat["TCPOrigDataSent"]}


def _tabla(ruta: str, prefijo: str) -> dict[str, int]:
    """La línea de números de una tabla de `/proc/net`, con los nombres de la de encima."""
    with open(ruta, encoding="ascii") as archivo:
        nombres, numeros = [linea.split()[1:] for linea in archivo if linea.startswith(prefijo)]
    return dict(zip(nombres, map(int, numeros), strict=True))
