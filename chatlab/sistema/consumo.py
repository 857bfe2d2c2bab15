"""La CPU y la memoria de un proceso: lo que dice `/proc` en Linux, o psutil si está instalado."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from importlib.util import find_spec

from chatlab.sistema import proc
from chatlab.sistema.sock_diag import ESCUCHANDO


@dataclass(frozen=True, slots=True)
class Consumo:
    """Lo que ha gastado un proceso; `None` si no se sabe."""

    #: Segundos de CPU desde que nació, entre todos sus hilos.
    cpu: float | None = None
    #: Bytes de memoria que ocupa ahora (la residente).
    memoria: int | None = None


def consumo(pid: int | None) -> Consumo:
    """Lo que ha gastado hasta ahora ese proceso."""
    if pid is None:
        return Consumo()
    if sys.platform == "linux":
        return _consumo_de_linux(pid)
    return _consumo_con_psutil(pid)


def _consumo_de_linux(pid: int) -> Consumo:
    """Lo lee de proc_pid_stat(5): utime y stime en pulsos de reloj, rss en páginas."""
    try:
        campos = proc.ficha_de(str(pid)).split()
    except OSError:
        return Consumo()
    pulsos = int(campos[11]) + int(campos[12])
    return Consumo(pulsos / os.sysconf("SC_CLK_TCK"), int(campos[21]) * os.sysconf("SC_PAGE_SIZE"))


def _consumo_con_psutil(pid: int) -> Consumo:
    if find_spec("psutil") is None:
        return Consumo()
    import psutil

    try:
        proceso = psutil.Process(pid)
        tiempos = proceso.cpu_times()
        return Consumo(tiempos.user + tiempos.system, proceso.memory_info().rss)
    except psutil.Error:
        return Consumo()


# --- Quién escucha en un puerto ------------------------------------------------------------------


def quien_escucha(puerto: int) -> int | None:
    """El proceso de esta máquina que escucha en ese puerto, si se puede saber."""
    if sys.platform == "linux":
        return _quien_escucha_en_linux(puerto)
    return _quien_escucha_con_psutil(puerto)


def _quien_escucha_en_linux(puerto: int) -> int | None:
    buscados = {
        fila.inodo
        for fila in proc.conexiones_de_esta_red()
        if fila.estado == ESCUCHANDO and fila.puertos[0] == puerto
    }
    for pid in proc.procesos():
        if not buscados.isdisjoint(proc.sockets_abiertos(pid)):
            return pid
    return None


def _quien_escucha_con_psutil(puerto: int) -> int | None:
    if find_spec("psutil") is None:
        return None
    import psutil

    try:
        abiertas = psutil.net_connections("tcp")
    except psutil.Error:
        return None  # hay sistemas que solo se lo dicen al administrador
    for una in abiertas:
        if una.status == psutil.CONN_LISTEN and una.laddr and una.laddr.port == puerto:
            return una.pid
    return None
