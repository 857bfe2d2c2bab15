"""Quien ejecuta los programas de una entrega, y lo que se le pide.

Hay dos: `celda.py`, con pseudoterminales y un guardián, y `tuberias.py`, para Windows.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from chatlab.corrector.jaula.evidencia import Vista
from chatlab.corrector.jaula.limites import LimitesDeJaula
from chatlab.corrector.jaula.terminal import Terminal
from chatlab.errores import ErrorParaPersonas
from chatlab.programa.entorno import PAQUETE

#: La carpeta en la que está chatlab.
RAIZ = PAQUETE.parent


class ErrorDeJaula(ErrorParaPersonas):
    """No se pudo ejecutar una entrega, y no por culpa de sus programas."""


@dataclass(frozen=True, slots=True)
class Orden:
    """Qué arrancar: `argumentos` empieza por la ruta del intérprete."""

    nombre: str
    argumentos: tuple[str, ...]
    carpeta: Path


@dataclass(frozen=True, slots=True)
class Condiciones:
    """Lo que vale para todos los programas de una jaula."""

    entorno: Mapping[str, str]
    limites: LimitesDeJaula
    #: Se avisa aquí de todo lo que cambia.
    cambio: threading.Condition
    #: A quién contarle que alguien pasó un límite.
    al_excederse: Callable[[str], None]
    #: A quién dar la red de los programas, por su número de inodo, y una ventana a ella.
    asomarse: Callable[[int, socket.socket], None] = lambda _red, ventana: ventana.close()

    def excederse(self, que: str, terminal: Terminal | None) -> None:
        """Cuenta que un programa, o no se sabe cuál, pasó un límite."""
        frase = self.limites.frase(que, terminal.nombre if terminal else None)
        with self.cambio:
            if terminal is not None:
                terminal.se_ha_excedido(frase)
            self.al_excederse(frase)
            self.cambio.notify_all()


class Ejecutor(Protocol):
    """Arranca programas, y no deja ninguno en marcha al cerrarse."""

    def arrancar(self, orden: Orden) -> Terminal:
        """Arranca un programa y da su terminal. Lanza `ErrorDeJaula` si no puede."""

    def todos_dormidos(self, plazo: float) -> bool | None:
        """Si en `plazo` segundos no queda nadie trabajando; `None` si no se sabe."""

    def leer_pantallas(self) -> None:
        """Vuelve cuando está leído lo que ya habían escrito, si se puede saber."""

    def mirar_la_red(self) -> Vista | None:
        """Los sockets de todos, según el sistema; `None` si no se pueden ver."""

    def cerrar(self) -> None:
        """Mata todo lo que quede y espera a que no quede nada."""
