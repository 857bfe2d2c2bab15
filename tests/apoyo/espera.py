"""Esperar a que algo sea verdad cuando no hay ningún aviso que escuchar."""

from __future__ import annotations

import time
from collections.abc import Callable

from tests.apoyo.transcripcion import PLAZO


def hasta(cumple: Callable[[], bool]) -> bool:
    """Pregunta una y otra vez hasta que se cumple; `False` si en `PLAZO` segundos no lo hace."""
    limite = time.monotonic() + PLAZO
    while not cumple():
        if time.monotonic() > limite:
            return False
    return True
