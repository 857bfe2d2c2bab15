"""La sonda: lo que vive dentro del proceso del alumno sin que se note.

    canal        cuenta lo que pasa, en líneas JSON
    registro     qué puerto del bucle local le tocó a cada puerto escrito
    direcciones  de lo que el programa escribe a lo que de verdad se usa
    conexiones   lo que se sabe de cada socket
    envolturas   rodea una función sin dejar rastro en sus errores
    enlaces      bind, listen, connect y accept: aquí se traduce
    trafico      recv, send y close: aquí solo se mira
    nombres      getaddrinfo y su familia: no preguntan a ninguna red
    esperas      select, selectors e input
    hilos        hilos creados y arrancados
    paradero     por qué línea va cada hilo, si se pregunta
    enganche     pone cada parche cuando el programa importa el módulo, y no antes

Reglas de la casa. Lo que el programa ve no cambia: ni sus errores, ni sus esperas, ni su código
de salida, ni qué módulos tiene importados (un `socket.py` del alumno debe seguir tapando al de
la biblioteca). Por eso aquí solo se importa lo que Python ya trae cargado y extensiones con un
guion bajo delante. Si la sonda falla, calla.
"""

from __future__ import annotations

import os

from .enganche import enganchar
from .esperas import vigilar_siestas, vigilar_teclado
from .paradero import atender_preguntas
from .sonda import Sonda

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
