"""¿Están todos esperando? Lo que se puede saber solo con los sucesos, en cualquier sistema.

Decir que sí cuando alguien iba a contestar sería un veredicto injusto; decir que no solo cuesta
esperar hasta el plazo. Por eso, ante la duda, no.
"""

from __future__ import annotations

import time

from chatlab.sonda.libro import Libro
from chatlab.sonda.proceso import Extremo, Hilo, Proceso
from chatlab.sonda.suceso import Suceso

#: Las esperas que solo acaban si llega algo: de la red, del teclado o de otro hilo.
A_OTRO_HILO = frozenset({"candado", "hilo"})
DE_LECTURA = frozenset({"recv", "accept", "select", "teclado"}) | A_OTRO_HILO
#: Segundos que debe llevar todo parado para creer a quien espera con plazo, una y otra vez.
CALMA = 1.0
#: Los mismos, cuando hay prisa y equivocarse no decide un veredicto.
REPOSO = 0.15
#: Un plazo al que le faltan más segundos que estos es como si no lo hubiera.
LEJOS = 15.0


def todos_esperan(libro: Libro, *, con_prisa: bool) -> bool:
    """Si cada hilo espera leer y no hay bytes de camino de unos a otros."""
    if any(_de_camino(extremo, libro) for proceso in libro.vivos for extremo in _suyos(proceso)):
        return False
    hilos = [hilo for proceso in libro.vivos for hilo in proceso.hilos.values()]
    return all(
        hilo.espera is not None and _espera(hilo, hilo.espera, libro.ultima_actividad, con_prisa)
        for hilo in hilos
    )


def _espera(hilo: Hilo, espera: Suceso, movimiento: float, con_prisa: bool) -> bool:
    if espera.plazo is None:
        return espera.detalle in DE_LECTURA
    return espera_con_plazo(hilo, espera.detalle, movimiento, con_prisa=con_prisa)


def espera_con_plazo(hilo: Hilo | None, que: str, movimiento: float, *, con_prisa: bool) -> bool:
    """Si quien espera con plazo no hará nada cuando le venza.

    `que` es lo que espera y `movimiento`, el instante del último movimiento de todos. Con prisa
    basta con que no lo haya desde hace un rato, salvo en una siesta, tras la que un programa
    suele hacer algo: esa tiene que ser, por lo menos, la segunda de un bucle.
    """
    if hilo is not None and hilo.falta_mucho(LEJOS):
        return True
    quietos = time.monotonic() - movimiento
    if con_prisa:
        return quietos >= REPOSO and (que != "reloj" or (hilo is not None and hilo.ultima > 0))
    if que in A_OTRO_HILO or hilo is None:
        return False
    return quietos >= CALMA and hilo.da_vueltas(movimiento)


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
