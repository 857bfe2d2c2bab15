"""La barra de progreso: solo si hay alguien en una terminal, y si está instalado Rich."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress

    from chatlab.medidor.encargo import Encargo


class SinBarra:
    """No enseña nada."""

    def __enter__(self) -> SinBarra:
        return self

    def __exit__(self, *_error: object) -> None:
        pass

    def empieza(self, rotulo: str) -> None:
        """Va a medirse ese servidor."""

    def entran(self, cuantos: int) -> None:
        """Ya han entrado en la sala tantos clientes."""

    def llegan(self, mensajes: int) -> None:
        """Ya han llegado a todos tantos mensajes."""


class Barra(SinBarra):
    """Una barra para cada ronda, que primero cuenta los clientes y después los mensajes."""

    def __init__(self, progreso: Progress, encargo: Encargo) -> None:
        self._progreso = progreso
        self._conexiones = encargo.clientes + encargo.emisores
        self._mensajes = encargo.mensajes
        self._tarea = progreso.add_task("", total=None)
        self._rotulo = ""

    def __enter__(self) -> Barra:
        self._progreso.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._progreso.stop()

    def empieza(self, rotulo: str) -> None:
        self._rotulo = rotulo
        self._poner("arranca", 0, None)

    def entran(self, cuantos: int) -> None:
        self._poner("entran los clientes", cuantos, self._conexiones)

    def llegan(self, mensajes: int) -> None:
        self._poner("llegan los mensajes", mensajes, self._mensajes)

    def _poner(self, que: str, cuantos: int, total: int | None) -> None:
        self._progreso.update(
            self._tarea, description=f"{self._rotulo}: {que}", completed=cuantos, total=total
        )
        self._progreso.refresh()


def abrir_barra(encargo: Encargo) -> SinBarra:
    """La barra que se pueda. Va por la salida de errores: `> informe.txt` no se la lleva."""
    if not sys.stderr.isatty() or find_spec("rich") is None:
        return SinBarra()
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    # Se pinta cuando el medidor lo dice: un hilo que pintara por su cuenta le quitaría tiempo.
    progreso = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=Console(stderr=True, highlight=False),
        auto_refresh=False,
        transient=True,
    )
    return Barra(progreso, encargo)
