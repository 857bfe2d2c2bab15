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

from chatlab.sistema.proc import FilaDeTcp, conexiones_de_esta_red
from chatlab.sistema.sock_diag import ESCUCHANDO

#: FIN-WAIT-1, FIN-WAIT-2, TIME-WAIT, LAST-ACK y CLOSING (include/net/tcp_states.h).
DE_UN_SERVIDOR_CERRADO = frozenset({4, 5, 6, 9, 11})

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
    filas = conexiones_de_esta_red()
    if filas:
        return segun_linux(filas, puerto)
    # Sin ellas, la única manera de saberlo es llamar; quien escuche lo verá en su pantalla.
    return Ocupante.SERVIDOR if _contesta(puerto) else Ocupante.DESCONOCIDO


def segun_linux(filas: Iterable[FilaDeTcp], puerto: int) -> Ocupante:
    """Lo mismo, a partir de las conexiones de esta red."""
    estados = {fila.estado for fila in filas if fila.puertos[0] == puerto}
    if ESCUCHANDO in estados:
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


def _contesta(puerto: int) -> bool:
    try:
        socket.create_connection(("localhost", puerto), PLAZO_DE_LLAMADA).close()
    except OSError:
        return False
    return True
