"""Lo que gasta un servidor, visto desde fuera."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import psutil

from tests.apoyo.chat import Chat
from tests.apoyo.transcripcion import PLAZO


def memoria(chat: Chat) -> int:
    """Bytes de memoria que ocupa."""
    return int(psutil.Process(chat.servidor.proceso.pid).memory_info().rss)


def descriptores(chat: Chat) -> int:
    """Archivos y sockets que tiene abiertos."""
    proceso = psutil.Process(chat.servidor.proceso.pid)
    contar = getattr(proceso, "num_handles", None) or proceso.num_fds  # en Windows, los primeros
    return int(contar())


def hilos(chat: Chat) -> int:
    """Hilos en marcha."""
    return int(psutil.Process(chat.servidor.proceso.pid).num_threads())


def esperar_a_que(cumple: Callable[[], bool], que: str, plazo: float = PLAZO) -> None:
    """Mira cada poco si se cumple algo de lo que nadie avisa."""
    limite = time.monotonic() + plazo
    descanso = threading.Event()  # nadie lo activa: es una pausa
    while not cumple():
        assert time.monotonic() < limite, f"No ha ocurrido en {plazo:g} s: {que}"
        descanso.wait(0.02)
