"""¿Están todos esperando? Lo que se puede saber solo con los sucesos, en cualquier sistema.

Decir que sí cuando alguien iba a contestar sería un veredicto injusto; decir que no solo cuesta
esperar hasta el plazo. Por eso, ante la duda, no.
"""

from __future__ import annotations

import time

from chatlab.sonda.libro import Libro
from chatlab.sonda.proceso import Extremo, Hilo, Proceso

#: Las esperas que solo acaban si llega algo: de la red, del teclado o de otro hilo.
DE_LECTURA = frozenset({"recv", "accept", "select", "teclado", "candado"})
#: Segundos que debe llevar todo parado para creer a quien espera con plazo, una y otra vez.
CALMA = 1.0


def hay_calma(libro: Libro, movimiento: float = 0.0) -> float | None:
    """El instante del último movimiento si hace ya un rato de él; None si es reciente."""
    ultimo = max(libro.ultima_actividad, movimiento)
    return ultimo if time.monotonic() - ultimo >= CALMA else None


def todos_esperan(libro: Libro) -> bool:
    """Si cada hilo espera leer y no hay bytes de camino de unos a otros."""
    if any(_de_camino(extremo, libro) for proceso in libro.vivos for extremo in _suyos(proceso)):
        return False
    calma = hay_calma(libro)
    return all(_espera(hilo, calma) for proceso in libro.vivos for hilo in proceso.hilos.values())


def _espera(hilo: Hilo, calma: float | None) -> bool:
    espera = hilo.espera
    if espera is None or espera.detalle not in DE_LECTURA:
        return False
    if espera.plazo is None:
        return True
    return espera.detalle != "candado" and calma is not None and hilo.da_vueltas(calma)


def _suyos(proceso: Proceso) -> list[Extremo]:
    return [extremo for extremo in proceso.conexiones.values() if extremo.reales[1]]


def _de_camino(extremo: Extremo, libro: Libro) -> bool:
    """Si a esta punta le falta por llegar algo: bytes, el final o que la acepten."""
    local, remoto = extremo.reales
    otro = libro.extremos.get((remoto, local))
    if otro is None:
        return True  # nadie la ha aceptado todavía
    if otro.enviados != extremo.recibidos:
        return True
    return (otro.cerrado or otro.sin_enviar) and not extremo.vio_el_fin
