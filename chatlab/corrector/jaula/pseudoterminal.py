"""El lado de la persona de una pseudoterminal (pty(7)): teclear, y leer lo que sale."""

from __future__ import annotations

import os
import select
import signal
import threading
import time
from collections.abc import Callable
from typing import Protocol

from chatlab.corrector.jaula.terminal import CTRL_C, CTRL_D

#: Segundos que se espera a que quepa lo tecleado cuando el programa no lee.
PLAZO_DE_TECLEO = 2.0
#: Segundos que se espera a que un programa se pare antes de interrumpirlo: hay quien no para.
PLAZO_DE_SUENO = 1.0
#: Segundos de cada intento: lo que la lectura puede tener que esperar a quien teclea.
INTENTO = 0.1


class Intermediario(Protocol):
    """Quien hace llegar las señales a los programas, por su número."""

    def enviar_senal(self, numero: int, senal: int) -> None:
        """Envía la señal (signal(7)) a ese programa, si sigue en marcha."""

    def pausar(self, numero: int) -> None:
        """Detiene ese programa; cuando vuelve, ya no hace nada."""

    def espera_teclado(self, numero: int) -> bool | None:
        """Si está parado leyendo del teclado; `None` si no se sabe."""

    def esta_dormido(self, numero: int, plazo: float) -> bool | None:
        """Si se para a esperar algo en `plazo` segundos; `None` si no se sabe."""

    def leer_pantallas(self) -> None:
        """Vuelve cuando está leído lo que los programas ya habían escrito."""


class MandoDePty:
    """Maneja el programa `numero` a través de su pseudoterminal."""

    def __init__(self, numero: int, intermediario: Intermediario) -> None:
        self.bytes_leidos = 0
        self.pid: int | None = None
        #: El descriptor, mientras está abierta.
        self.pty: int | None = None
        self._numero = numero
        self._intermediario = intermediario
        # Un descriptor cerrado puede pasar a ser de otro: nadie teclea mientras se cierra.
        self._candado = threading.Lock()

    def conectar(self, pid: int, pty: int) -> None:
        """Este es el programa, y este el descriptor de su pseudoterminal."""
        os.set_blocking(pty, False)
        self.pid, self.pty = pid, pty

    def leer(self) -> bytes | None:
        """Lo que haya salido, sin esperar; `None` si ya no puede salir más."""
        if self.pty is None:
            return None
        try:
            datos = os.read(self.pty, 65536)
        except BlockingIOError:
            return b""
        except OSError:
            return None  # así dice Linux que al otro lado no queda nadie
        self.bytes_leidos += len(datos)
        return datos or None

    def desconectar(self) -> None:
        """Cierra la pseudoterminal."""
        with self._candado:
            if self.pty is not None:
                os.close(self.pty)
                self.pty = None

    def teclear(self, datos: bytes) -> None:
        limite = time.monotonic() + PLAZO_DE_TECLEO
        while datos and time.monotonic() < limite:
            with self._candado:
                if self.pty is None:
                    return
                datos = datos[self._teclear_lo_que_quepa(self.pty, datos) :]

    def _teclear_lo_que_quepa(self, pty: int, datos: bytes) -> int:
        sitio = select.poll()
        sitio.register(pty, select.POLLOUT)
        sitio.poll(INTENTO * 1000)
        try:
            return os.write(pty, datos)
        except BlockingIOError:
            return 0
        except OSError:
            return len(datos)  # el programa ha terminado: nadie lo leerá

    def ctrl_c(self, al_pulsar: Callable[[], None]) -> None:
        """Pulsa Ctrl+C cuando el programa se ha parado a esperar algo, como hace una persona.

        Un instante antes de que empiece a esperar, Python vería la señal y no despertaría: es un
        defecto de todos los programas, y pasa una vez de cada muchas.
        """
        self._intermediario.esta_dormido(self._numero, PLAZO_DE_SUENO)
        # Ctrl+C tira lo que la terminal aún no haya mostrado (termios(3), NOFLSH).
        self._intermediario.leer_pantallas()
        al_pulsar()
        self.teclear(CTRL_C)

    def ctrl_d(self) -> None:
        self.teclear(CTRL_D)

    def matar(self) -> None:
        self._intermediario.enviar_senal(self._numero, signal.SIGKILL)

    def pausar(self) -> None:
        self._intermediario.pausar(self._numero)

    def seguir(self) -> None:
        self._intermediario.enviar_senal(self._numero, signal.SIGCONT)

    def espera_teclado(self) -> bool | None:
        return self._intermediario.espera_teclado(self._numero)
