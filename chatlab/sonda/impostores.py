"""Quién no es quien dice: el sistema sabe qué proceso hay al otro lado de cada canal.

Un proceso de la entrega puede abrir otro canal y contar por él lo que quiera, o cerrar el suyo para
que no se sepa lo que hace.
"""

from __future__ import annotations

import os
import time
from collections import Counter

from chatlab.sistema import nucleo
from chatlab.sistema.proc import MUERTO, PROC
from chatlab.sonda.libro import Libro
from chatlab.sonda.proceso import Proceso

#: Segundos que puede tardar en desaparecer un proceso que está acabando: su canal se cierra antes.
ADIOS = 1.0


def buscar_impostor(libro: Libro) -> str:
    """Lo que no puede ser, en una frase sin punto; vacía si todos son quienes dicen."""
    canales = Counter(proceso.pid_fuera for proceso in libro.vivos)
    for proceso in libro.vivos:
        if canales[proceso.pid_fuera] > 1:
            return f"un proceso de {proceso.programa} habla por dos sondas a la vez"
        if not _es_quien_dice(proceso):
            return f"un proceso dice ser otro, de {proceso.programa}"
    for suceso in libro.sucesos:
        if (
            suceso.tipo == "termina"
            and suceso.pid_fuera not in canales
            and time.monotonic() - suceso.instante > ADIOS
            and _sigue_trabajando(suceso.pid_fuera, suceso.instante)
        ):
            return f"la sonda de {suceso.programa} dice que ha terminado, y sigue en marcha"
    return ""


def _es_quien_dice(proceso: Proceso) -> bool:
    """Si el número que dice tener es el que tiene, visto desde dentro."""
    try:
        if nucleo.estado_de(proceso.pid_fuera) in MUERTO:
            return True  # acaba de irse, y nadie ocupa aún su sitio
        return nucleo.tid_de_dentro(proceso.pid_fuera, proceso.pid_fuera) == proceso.pid
    except (nucleo.NoSeVe, ValueError):
        return True


def _sigue_trabajando(pid: int | None, desde: float) -> bool:
    """Si es el mismo proceso, y no otro con su número, y tiene algo abierto: no está acabando."""
    if pid is None:
        return False
    try:
        if nucleo.estado_de(pid) in MUERTO or nucleo.nacio(pid) > desde:
            return False
        return bool(os.listdir(f"{PROC}/{pid}/fd"))  # noqa: PTH208
    except (OSError, nucleo.NoSeVe, ValueError, IndexError):
        return False
