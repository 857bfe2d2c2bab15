"""De quién es un puerto ocupado: de un servidor en marcha, o de uno que se acaba de cerrar.

Cuando un servidor se cierra antes que sus clientes, el sistema guarda un tiempo sus conexiones: en
FIN-WAIT-2 hasta que el cliente cierra, un minuto como mucho, y después otro en TIME-WAIT (RFC 9293,
apartado 3.6.1). Mientras, nadie escucha, pero el puerto no se puede usar, salvo que también el
servidor cerrado pidiera SO_REUSEADDR (socket(7)). Con esperar basta.
"""

from __future__ import annotations

import socket
import sys
import threading
import time
from collections.abc import Iterable
from enum import Enum
from pathlib import Path

#: Dónde dice Linux cómo está cada conexión (proc_net_tcp(5)).
TABLAS = (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))
#: Cómo llama ahí a cada estado (include/net/tcp_states.h).
LISTEN = "0A"
DE_UN_SERVIDOR_CERRADO = frozenset({"04", "05", "06", "09", "0B"})  # FIN-WAIT-1, 2, TIME-WAIT…

#: Segundos que puede tardar el sistema en soltar un puerto: los dos minutos de arriba, y algo más.
PLAZO = 125.0
#: Segundos entre dos miradas.
RITMO = 0.5
#: Segundos que se espera a que alguien conteste en un puerto de esta máquina.
PLAZO_DE_LLAMADA = 0.5


class Ocupante(Enum):
    """Quién tiene un puerto que no se puede usar."""

    SERVIDOR = "alguien escucha en él"
    RESTOS = "solo quedan conexiones de un servidor que se ha cerrado"
    DESCONOCIDO = "no se sabe"


def ocupante(puerto: int) -> Ocupante:
    """Quién tiene ese puerto de esta máquina."""
    lineas = [linea for tabla in TABLAS for linea in _leer(tabla)]
    if lineas:
        return segun_linux(lineas, puerto)
    # Sin tablas, la única manera de saberlo es llamar; quien escuche lo verá en su pantalla.
    return Ocupante.SERVIDOR if _contesta(puerto) else Ocupante.DESCONOCIDO


def segun_linux(lineas: Iterable[str], puerto: int) -> Ocupante:
    """Lo mismo, a partir de las líneas de `TABLAS`, sin su cabecera."""
    estados = set()
    for linea in lineas:
        _, local, _, estado, *_ = linea.split()
        if int(local.rpartition(":")[2], 16) == puerto:
            estados.add(estado)
    if LISTEN in estados:
        return Ocupante.SERVIDOR
    return Ocupante.RESTOS if estados & DE_UN_SERVIDOR_CERRADO else Ocupante.DESCONOCIDO


def esperar_a_que_se_libere(puerto: int) -> bool:
    """Si solo quedan restos, espera a que el sistema los olvide; `False` si no es eso, o no acaba.

    Lo dice por la salida de errores. Se puede interrumpir con Ctrl+C.
    """
    if ocupante(puerto) is not Ocupante.RESTOS:
        return False
    print(
        f"El sistema guarda aún el puerto {puerto}: lo usaba un servidor que se acaba de cerrar. "
        "Espero a que lo suelte, un minuto o dos. Ctrl+C lo deja; con --puerto puedes elegir otro.",
        file=sys.stderr,
    )
    limite = time.monotonic() + PLAZO
    reloj = threading.Event()
    while time.monotonic() < limite:
        reloj.wait(RITMO)
        if ocupante(puerto) is not Ocupante.RESTOS:
            return True
    return False


def _leer(tabla: Path) -> list[str]:
    try:
        return tabla.read_text(encoding="ascii").splitlines()[1:]
    except OSError:
        return []  # no es Linux, o no tiene IPv6


def _contesta(puerto: int) -> bool:
    try:
        socket.create_connection(("localhost", puerto), PLAZO_DE_LLAMADA).close()
    except OSError:
        return False
    return True
