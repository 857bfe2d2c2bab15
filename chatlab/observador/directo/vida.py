"""Hasta cuándo se mira: hasta Ctrl+C, o hasta que se cierra la última página."""

from __future__ import annotations

import queue
import time

#: Segundos sin ninguna página abierta: recargarla tarda menos.
GRACIA = 4.0
#: Segundos de cada espera: en Windows, Ctrl+C no interrumpe una que no acaba.
TURNO = 0.5


class Vida:
    """Sabe cuántas páginas hay y si se ha pedido terminar.

    Un manejador de señales puede llegar en mitad de cualquier cosa: `SimpleQueue` es lo único que
    admite que se le añada algo entonces.
    """

    def __init__(self, gracia: float = GRACIA) -> None:
        self._gracia = gracia
        self._noticias: queue.SimpleQueue[int | None] = queue.SimpleQueue()

    def terminar(self) -> None:
        """Se ha pulsado Ctrl+C."""
        self._noticias.put(None)

    def hay_paginas(self, cuantas: int) -> None:
        """Ahora hay abiertas tantas páginas."""
        self._noticias.put(cuantas)

    def esperar(self) -> bool:
        """Vuelve cuando hay que terminar; dice si ha sido por haberse cerrado la última página."""
        limite: float | None = None
        while limite is None or time.monotonic() < limite:
            try:
                noticia = self._noticias.get(timeout=TURNO)
            except queue.Empty:
                continue
            if noticia is None:
                return False
            limite = None if noticia else time.monotonic() + self._gracia
        return True
