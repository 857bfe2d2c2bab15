"""Lo que va llegando de otro hilo, y cómo esperarlo con un plazo en lugar de dormir."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

#: Plazo de una espera, en segundos. Es generoso porque solo se agota cuando algo falla:
#: una prueba que va bien termina en cuanto ocurre lo que espera.
PLAZO = 20.0


class Transcripcion:
    """Bytes que un hilo va añadiendo y otro espera."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._terminada = False
        self._cambio = threading.Condition()

    def anadir(self, datos: bytes) -> None:
        with self._cambio:
            self._bytes += datos
            self._cambio.notify_all()

    def terminar(self) -> None:
        """Ya no llegará nada más."""
        with self._cambio:
            self._terminada = True
            self._cambio.notify_all()

    @property
    def datos(self) -> bytes:
        with self._cambio:
            return bytes(self._bytes)

    @property
    def texto(self) -> str:
        return self.datos.decode("utf-8", errors="replace").replace("\r\n", "\n")

    @property
    def terminada(self) -> bool:
        with self._cambio:
            return self._terminada

    def esperar(self, cumple: Callable[[bytearray], bool], plazo: float = PLAZO) -> bool:
        """Espera a que lo recibido cumpla la condición; `False` si acaba o vence el plazo antes."""
        limite = time.monotonic() + plazo
        with self._cambio:
            while not cumple(self._bytes):
                queda = limite - time.monotonic()
                if self._terminada or queda <= 0:
                    return False
                self._cambio.wait(queda)
            return True

    def esperar_texto(self, buscado: bytes, veces: int = 1, plazo: float = PLAZO) -> bool:
        """Espera a que haya llegado `veces` veces; `False` si acaba o vence el plazo antes.

        Sigue donde se quedó: llegan millones de bytes, y no mira otra vez los que ya ha mirado.
        """
        faltan, mirado = veces, 0

        def ha_llegado(datos: bytearray) -> bool:
            nonlocal faltan, mirado
            while faltan > 0:
                donde = datos.find(buscado, mirado)
                if donde < 0:
                    # Quizá ha llegado ya su principio.
                    mirado = max(mirado, len(datos) - len(buscado) + 1)
                    return False
                faltan, mirado = faltan - 1, donde + len(buscado)
            return True

        return self.esperar(ha_llegado, plazo)

    def esperar_fin(self, plazo: float = PLAZO) -> bool:
        """Espera a que no vaya a llegar nada más; `False` si vence el plazo antes."""
        with self._cambio:
            return self._cambio.wait_for(lambda: self._terminada, plazo)
