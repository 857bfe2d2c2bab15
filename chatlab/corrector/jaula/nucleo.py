"""Lo que la celda pide al núcleo de Linux, y lo que hace donde no lo hay."""

from __future__ import annotations

import os
import platform
import re
import select
import signal
import sys
import time
from pathlib import Path

from chatlab.corrector.jaula.convertirse import PR_SET_CHILD_SUBREAPER, prctl
from chatlab.sistema import proc

#: Segundos que se espera a que se vaya un programa al que se ha matado.
PLAZO_PARA_MORIR = 10.0


def hilos_ajenos(*, encerrados: bool) -> int | None:
    """Los hilos que el núcleo suma a los de la entrega, porque son de la misma persona."""
    if sys.platform != "linux":
        return None
    # Desde Linux 5.14, cada espacio de usuarios cuenta aparte los suyos (user_namespaces(7)).
    version = [int(numero) for numero in re.findall(r"\d+", platform.release())[:2]]
    if encerrados and version >= [5, 14]:
        return 0
    return sum(map(_hilos_si_es_mio, proc.procesos()))


def _hilos_si_es_mio(pid: int) -> int:
    try:
        mio = Path(proc.PROC, str(pid)).stat().st_uid == os.getuid()
        return len(proc.hilos_de(pid)) if mio else 0
    except OSError:
        return 0  # ha terminado mientras se miraba


def dar_prioridad(pid: int, *, hijo: bool) -> None:
    """Hace que el guardián pase por delante de sus programas, por muchos que sean.

    Solo puede hacerlo root, y es a quien le hace falta: a los demás, el núcleo no les deja pasar
    de RLIMIT_NPROC. Dentro de bubblewrap, el guardián es hijo suyo. Es de tiempo real: la otra
    (setpriority(2)) se reparte entre las sesiones (sched(7)), y un programa puede abrir muchas.
    """
    if sys.platform != "linux":
        return
    try:
        if hijo:
            pid = int(proc.leer(f"{pid}/task/{pid}/children").split()[0])
        # Ni sus hijos ni sus demás hilos la heredan.
        como = os.SCHED_RR | os.SCHED_RESET_ON_FORK
        os.sched_setscheduler(pid, como, os.sched_param(1))
    except (OSError, IndexError):
        pass  # no nos dejan


def matar_grupo(pid: int) -> None:
    """Mata un programa que se ha quedado sin guardián, y espera a que se vaya."""
    try:
        os.killpg(pid, signal.SIGKILL)
        if sys.platform == "linux":
            programa = os.pidfd_open(pid)
            fin = select.poll()
            fin.register(programa, select.POLLIN)
            fin.poll(PLAZO_PARA_MORIR * 1000)
            os.close(programa)
    except (ProcessLookupError, PermissionError):
        pass  # ya no está


def adoptar_huerfanos() -> None:
    """Hace que, si muere el guardián, los procesos que vigilaba pasen a ser hijos de este."""
    prctl(PR_SET_CHILD_SUBREAPER, 1)


def hijos() -> set[int]:
    """Los procesos cuyo padre es este."""
    return {
        int(pid)
        for tarea in Path("/proc/self/task").glob("*/children")
        for pid in tarea.read_text().split()
    }


def matar_huerfanos(conocidos: set[int]) -> None:
    """Mata a los hijos que han aparecido y a los que dejen ellos, hasta que no quede ninguno."""
    limite = time.monotonic() + PLAZO_PARA_MORIR
    while (nuevos := hijos() - conocidos) and time.monotonic() < limite:
        for pid in nuevos:
            matar_grupo(pid)
            try:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
            except (ProcessLookupError, ChildProcessError):
                pass  # ya no está, o lo ha recogido quien lo arrancó
