"""Los envíos seguidos a las mismas personas, en uno solo.

Poner una línea en mil colas cuesta lo mismo que poner cien.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from chatlab.chat.tareas import Anotar, Difundir, Enviar, Tarea


def juntar(tareas: Iterable[Tarea]) -> list[Tarea]:
    """Une las líneas de los envíos seguidos a las mismas personas; nada cambia de orden."""
    juntas: list[Tarea] = []
    seguidos: list[Enviar | Difundir] = []
    for tarea in tareas:
        if isinstance(tarea, Anotar):
            juntas.append(tarea)  # es para la pantalla: no separa los envíos
            continue
        if seguidos and destino(tarea) != destino(seguidos[0]):
            juntas.append(unir(seguidos))
            seguidos = []
        if isinstance(tarea, Enviar | Difundir):
            seguidos.append(tarea)
        else:
            juntas.append(tarea)
    if seguidos:
        juntas.append(unir(seguidos))
    return juntas


def destino(tarea: Tarea) -> object:
    """Lo que tienen en común los envíos a las mismas personas."""
    match tarea:
        case Enviar(a, _):
            return a
        case Difundir(menos, _):
            return menos
    return None


def unir(envios: Sequence[Enviar | Difundir]) -> Enviar | Difundir:
    """Un envío con las líneas de todos, que tienen el mismo destino."""
    return replace(envios[0], linea="\n".join(envio.linea for envio in envios))
