"""El servidor en un núcleo y quien mide en otro, para que no se quiten el sitio."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

DEL_SERVIDOR, DE_QUIEN_MIDE = 0, 1


def se_pueden_repartir() -> bool:
    """Hay al menos dos núcleos, y el sistema deja elegir (Linux: sched_setaffinity(2))."""
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) >= 2


@contextmanager
def en_el_nucleo(cual: int) -> Iterator[None]:
    """Mientras dura, este proceso está solo en ese núcleo; y lo que arranque, para siempre."""
    if not se_pueden_repartir():
        yield
        return
    todos = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {todos[cual]})
    try:
        yield
    finally:
        os.sched_setaffinity(0, todos)
