"""Por dónde va cada hilo de un programa, preguntándoselo a la sonda con una señal.

Solo en Linux: en otro sistema nadie contesta, y no se sabe.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from chatlab.sistema import nucleo
from chatlab.sistema.proc import DETENIDO
from chatlab.sonda.proceso import Proceso
from chatlab.sonda.suceso import Suceso

#: Segundos que se espera, como mucho, a que contesten; y entre dos preguntas: la señal
#: que llega justo antes de dormirse no despierta a nadie.
PLAZO = 1.0
INSISTENCIA = 0.05
#: La señal es la última de tiempo real, menos estas: como en la sonda.
BAJO_LA_ULTIMA = 3


@dataclass(frozen=True, slots=True)
class Paradero:
    """Un hilo: su programa, su nombre, por qué línea va y qué espera.

    `lugar` es «…/servidor.py:12», y vacío si ya no ejecuta nada del programa. `espera` es como el
    detalle de un suceso «espera» («recv», «teclado»…), con su conexión; vacío si no espera, o no se
    sabe a qué.
    """

    pid: int
    hilo: str
    principal: bool
    daemon: bool
    lugar: str
    espera: str = ""
    conexion: int | None = None
    #: Los lugares por los que ha llegado a ese, de dentro afuera.
    pila: tuple[str, ...] = ()


def recoger(procesos: Sequence[Proceso], esperar: Callable[[], None]) -> list[Paradero]:
    """Pregunta a unos procesos y reúne lo que contestan; `esperar` da tiempo a que llegue algo."""
    antes = {id(proceso): proceso.respuestas for proceso in procesos}
    preguntados = faltan = _preguntar(procesos)
    ahora = time.monotonic()
    limite, otra_vez = ahora + PLAZO, ahora + INSISTENCIA
    while faltan and time.monotonic() < limite:
        esperar()
        faltan = [uno for uno in faltan if uno.vivo and uno.respuestas == antes[id(uno)]]
        if time.monotonic() > otra_vez:
            otra_vez += INSISTENCIA
            _preguntar(faltan)
    return [
        _paradero(proceso, suceso, espera)
        for proceso in preguntados
        if proceso.respuestas > antes[id(proceso)]
        for suceso, espera in proceso.paraderos
    ]


def agotados(procesos: Iterable[Proceso]) -> list[Paradero]:
    """Por dónde iban los que gastaron todo su procesador, que ya no están."""
    return [
        _paradero(proceso, suceso, espera)
        for proceso in procesos
        if proceso.agotado
        for suceso, espera in proceso.paraderos
    ]


def _preguntar(procesos: Iterable[Proceso]) -> list[Proceso]:
    """Pide a cada proceso que diga por dónde va; devuelve aquellos a los que se ha podido.

    A los que alguien ha detenido no: no contestarían hasta que sigan.
    """
    ultima: int | None = getattr(signal, "SIGRTMAX", None)
    preguntados: list[Proceso] = []
    if ultima is None:
        return preguntados
    pregunta = ultima - BAJO_LA_ULTIMA
    for proceso in procesos:
        try:
            detenido = nucleo.estado_de(proceso.pid_fuera) in DETENIDO
            if not detenido and nucleo.atrapa(proceso.pid_fuera, pregunta):
                os.kill(proceso.pid_fuera, pregunta)
                preguntados.append(proceso)
        except (OSError, nucleo.NoSeVe):
            continue  # acaba de terminar, o el sistema no deja
    return preguntados


def _paradero(proceso: Proceso, suceso: Suceso, espera: Suceso | None) -> Paradero:
    return Paradero(
        proceso.pid,
        suceso.detalle,
        suceso.cuantos in (0, proceso.pid),
        suceso.daemon,
        suceso.lugar,
        espera.detalle if espera is not None else "",
        espera.conexion if espera is not None else None,
        suceso.pila,
    )
