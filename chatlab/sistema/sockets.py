"""Lo que el núcleo de Linux sabe de los sockets TCP de unos procesos, sin preguntarles a ellos.

El guardián lo mira desde dentro de la jaula, en la misma red: los sockets, con los bytes que han
pasado por cada uno (sock_diag(7)), y de quién es cada uno (`/proc/PID/fd`, proc(5)). Los contadores
de la red (`/proc/net`) cuentan también lo de las conexiones que ya se cerraron.
"""

# Como en `proc.py`: el guardián arranca con cada entrega, y aquí no se carga nada que tarde.

from __future__ import annotations

import os
import struct
import sys

from chatlab.sistema.proc import ficha_de, leer, procesos, sockets_abiertos
from chatlab.sistema.sock_diag import abrir_ventana, sockets_tcp

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from chatlab.sistema.sock_diag import Socket


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
        with abrir_ventana() as ventana:
            sockets = [
                [_resumen(uno), duenos[uno.inodo]]
                for uno in sockets_tcp(ventana, con_bytes=True)
                if uno.inodo in duenos
            ]
        return {"sockets": sockets, "contadores": contadores() if propia else None}
    except (OSError, ValueError, LookupError, struct.error):
        return None


def _resumen(uno: Socket) -> list[Any]:
    # Lo enviado cuenta también lo que espera salir.
    enviados = uno.confirmados + uno.por_salir
    return [uno.local[1], uno.remoto[1], uno.escucha, enviados, uno.recibidos, uno.numero]


# --- De quién es cada socket ---------------------------------------------------------------------


def duenos_de_sockets(programas: dict[int, int]) -> dict[int, list[int]]:
    """Los programas que tienen abierto cada socket, por su inodo."""
    duenos: dict[int, list[int]] = {}
    for pid, programa in _programa_de_cada_uno(programas).items():
        for inodo in sockets_abiertos(pid):
            suyos = duenos.setdefault(inodo, [])
            if programa not in suyos:
                suyos.append(programa)
    return duenos


def _programa_de_cada_uno(programas: dict[int, int]) -> dict[int, int]:
    """De cada proceso que desciende de este, el programa del que viene; 0 si no se sabe."""
    padres = {}
    for pid in procesos():
        try:
            campos = ficha_de(str(pid)).split()
        except OSError:
            continue  # ha terminado mientras se miraba
        padres[pid] = (int(campos[1]), int(campos[3]))
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


# --- Los contadores de la red --------------------------------------------------------------------


def contadores() -> dict[str, int]:
    """Lo que ha pasado por la red desde que existe.

    `abiertas` son las conexiones que alguien ha empezado; `con_datos`, los segmentos que llevaban
    algún byte.
    """
    de_tcp = _tabla("net/snmp", "Tcp:")
    de_netstat = _tabla("net/netstat", "TcpExt:")
    return {"abiertas": de_tcp["ActiveOpens"], "con_datos": de_netstat["TCPOrigDataSent"]}


def _tabla(ruta: str, prefijo: str) -> dict[str, int]:
    """La línea de números de una tabla de `/proc/net`, con los nombres de la de encima."""
    lineas = leer(ruta).splitlines()
    nombres, numeros = [linea.split()[1:] for linea in lineas if linea.startswith(prefijo)]
    return dict(zip(nombres, map(int, numeros), strict=True))
