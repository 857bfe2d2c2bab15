"""Los procesos que quedan de los programas: sus hijos, y los hijos de sus hijos."""

from __future__ import annotations

import os
import signal
import sys

from chatlab.sistema.proc import MUERTO, ficha_de, leer, procesos

#: Veces que se busca a los que quedan: mientras se mira, uno puede bifurcarse.
BUSQUEDAS = 10


def matar_restos(marca: str) -> None:
    """Mata a los procesos en cuyo entorno está la marca, «NOMBRE=valor».

    Un hijo puede haber dejado el grupo y la terminal de su padre (daemon(7)), pero no el entorno
    con el que nació. Solo se ve en Linux; en los demás sistemas, no hace nada.
    """
    for _ in range(BUSQUEDAS):
        if not _matar_los_que_haya(marca):
            return


def _matar_los_que_haya(marca: str) -> int:
    """Dice cuántos eran."""
    if sys.platform != "linux":
        return 0
    quedan = [pid for pid in procesos() if pid != os.getpid() and _lleva(pid, marca)]
    for pid in quedan:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass  # acaba de terminar
    return len(quedan)


def _lleva(pid: int, marca: str) -> bool:
    try:
        vivo = ficha_de(str(pid))[0] not in MUERTO
        return vivo and marca in leer(f"{pid}/environ").split("\0")
    except OSError:
        return False  # ha terminado, o es de otra persona
