"""La sonda: lo que vive dentro del proceso del alumno sin que se note.

    sonda.py                   lo que comparten todos los parches de un proceso
    canal.py texto.py          cuenta lo que pasa, en líneas JSON
    tandas.py resumen.py       lo mismo sin frenar: por tandas y, si va muy deprisa, sumado
    registro.py                qué puerto del bucle local le tocó a cada puerto escrito
    direcciones.py rumbos.py   de lo que el programa escribe a lo que de verdad se usa
    lugares.py                 por qué línea va el programa
    conexiones.py              lo que se sabe de cada socket
    enganche.py envolturas.py  pone cada parche, y rodea cada función sin dejar rastro
    escuchar.py conectar.py    bind, listen, accept y connect: aquí se traduce
    trafico.py                 recv, send y close: aquí solo se mira
    deprisa.py                 recv y send sin apenas coste
    nombres.py udp.py          lo que saldría de esta máquina: nombres que preguntar, y UDP
    esperas.py teclado.py      select, selectors, el reloj y el teclado
    hilos.py candados.py       hilos creados y arrancados, y quién espera a quién
    paradero.py                por qué línea va cada hilo, si se pregunta
    windows.py                 el bucle de asyncio de Windows

Reglas de la casa. Lo que el programa ve no cambia: ni sus errores, ni sus esperas, ni su código
de salida, ni qué módulos tiene importados (un `socket.py` del alumno debe seguir tapando al de
la biblioteca). Por eso aquí solo se importa lo que Python ya trae cargado y extensiones con un
guion bajo delante. Si la sonda falla, calla.
"""

from __future__ import annotations

import os

from .enganche import enganchar
from .esperas import vigilar_siestas
from .paradero import atender_preguntas
from .sonda import Sonda
from .teclado import vigilar_teclado

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


def activar(entorno: Mapping[str, str]) -> None:
    """Pone la sonda en este proceso, si `Testigo` lo pidió con sus variables."""
    if "CHATLAB_SONDA" not in entorno:
        return
    sonda = Sonda(entorno)
    atender_preguntas(sonda)
    sonda.presentarse()
    vigilar_teclado(sonda)
    vigilar_siestas(sonda)
    enganchar(sonda)
    if hasattr(os, "register_at_fork"):  # en Windows no se bifurca
        os.register_at_fork(after_in_child=sonda.renacer)
