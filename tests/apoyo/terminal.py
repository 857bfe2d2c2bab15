"""Una terminal de verdad: el programa cree que hay una persona delante, y se lee lo que ella ve.

No es la de `chatlab.corrector.jaula`, que quita las órdenes de dibujo: aquí se obedecen, porque lo
que se prueba es dónde queda cada letra.
"""

from __future__ import annotations

import os
import re
import sys
import termios
import threading
import time
import warnings
from collections.abc import Callable, Sequence
from typing import Any

import pexpect
import pyte

from tests.apoyo.programa import RAIZ
from tests.apoyo.transcripcion import PLAZO, Transcripcion

FILAS, COLUMNAS = 24, 80


class Tubo(pyte.Screen):
    """La pantalla. Contesta a quien le pregunta dónde está el cursor, como las de verdad."""

    def __init__(self, contestar: Callable[[str], object]) -> None:
        super().__init__(COLUMNAS, FILAS)
        self._contestar = contestar

    def write_process_input(self, data: str) -> None:
        self._contestar(data)


def en_pseudoterminal(orden: Sequence[str], **opciones: Any) -> pexpect.spawn[bytes]:
    """Arranca un programa en la raíz del proyecto; las opciones son las de `pexpect.spawn`."""
    with warnings.catch_warnings():
        # Desde Python 3.12, fork avisa cuando hay hilos. Aquí no pasa nada: tras él va exec.
        warnings.simplefilter("ignore", DeprecationWarning)
        return pexpect.spawn(orden[0], list(orden[1:]), cwd=str(RAIZ), **opciones)


class Terminal:
    """Un proceso en una pseudoterminal; `vistas` son todas las pantallas por las que ha pasado."""

    def __init__(self, orden: Sequence[str]) -> None:
        self.orden = [sys.executable, *orden]
        self.salida = Transcripcion()
        self.vistas: list[str] = [""]
        self._cambio = threading.Condition()
        entorno = {**os.environ, "TERM": "xterm", "PYTHONUTF8": "1"}
        self._hijo = en_pseudoterminal(self.orden, env=entorno, dimensions=(FILAS, COLUMNAS))
        self._tubo = Tubo(self._hijo.send)
        self._lector = threading.Thread(target=self._leer, daemon=True)
        self._lector.start()

    def _leer(self) -> None:
        flujo = pyte.ByteStream(self._tubo)
        try:
            while datos := os.read(self._hijo.child_fd, 65536):
                self.salida.anadir(datos)
                flujo.feed(datos)
                with self._cambio:
                    self.vistas.append("\n".join(f.rstrip() for f in self._tubo.display).rstrip())
                    self._cambio.notify_all()
        except OSError:
            pass  # el programa ha terminado: así lo dice Linux
        self.salida.terminar()

    @property
    def pantalla(self) -> str:
        """Lo que la persona ve ahora, sin espacios ni líneas vacías al final."""
        with self._cambio:
            return self.vistas[-1]

    def teclear(self, texto: str) -> None:
        """Pulsa las teclas del texto; `\\r` es Intro."""
        self._hijo.send(texto)

    def pegar(self, *lineas: str) -> None:
        """Pega unas líneas; si el programa ha pedido saber qué se pega, la terminal se lo dice."""
        texto = "".join(f"{linea}\r" for linea in lineas)
        self.teclear(f"\x1b[200~{texto}\x1b[201~" if self.avisa_de_lo_pegado else texto)

    @property
    def avisa_de_lo_pegado(self) -> bool:
        """Si está puesto el modo 2004 de xterm, «bracketed paste»."""
        return 2004 << 5 in self._tubo.mode

    @property
    def modos(self) -> list[object]:
        """Cómo está la terminal: si hay eco, si lee por líneas… (`termios`)."""
        return list(termios.tcgetattr(self._hijo.child_fd))

    def ctrl_c(self) -> None:
        """Pulsa Ctrl+C."""
        self._hijo.sendintr()

    def ctrl_d(self) -> None:
        """Pulsa Ctrl+D, el fin de la entrada."""
        self._hijo.sendeof()

    def esperar(self, cumple: Callable[[str], bool] | str, plazo: float = PLAZO) -> str:
        """Espera a que la pantalla contenga un texto, o cumpla una condición, y la devuelve."""
        ocurre = cumple if callable(cumple) else lambda pantalla: cumple in pantalla
        with self._cambio:
            if not self._cambio.wait_for(lambda: ocurre(self.vistas[-1]), plazo):
                raise AssertionError(f"No llegó {cumple!r}.\n{self.transcripcion()}")
            return self.vistas[-1]

    def puerto(self) -> int:
        """Espera a que anuncie su puerto y lo devuelve."""
        anuncio = re.compile(rb"Escuchando en \S+:(\d+)\r\n")
        assert self.salida.esperar(lambda datos: anuncio.search(datos) is not None), (
            self.transcripcion()
        )
        return int(anuncio.findall(self.salida.datos)[0])

    def esperar_fin(self, plazo: float = PLAZO) -> int:
        """Espera a que termine, con todo lo que escribió ya leído, y devuelve su código."""
        limite = time.monotonic() + plazo
        self._lector.join(plazo)
        if self._lector.is_alive() or time.monotonic() > limite:
            raise AssertionError(f"No terminó en {plazo} s.\n{self.transcripcion()}")
        self._hijo.wait()
        assert self._hijo.exitstatus is not None, self.transcripcion()
        return int(self._hijo.exitstatus)

    def transcripcion(self) -> str:
        """La última pantalla, para el mensaje de una prueba que falla."""
        marco = "-" * COLUMNAS
        return f"{' '.join(self.orden[1:])}\n{marco}\n{self.vistas[-1]}\n{marco}"

    def cerrar(self) -> None:
        """Lo mata si sigue vivo y recoge lo que quede de él."""
        self._hijo.kill(9)
        self._lector.join(PLAZO)
        self._hijo.close(force=True)
