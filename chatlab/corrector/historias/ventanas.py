"""Programas que piden lo que aquí no hay, una pantalla o Windows: eso no es una falta suya."""

from __future__ import annotations

import re
import sys

#: Lo que dice cada biblioteca cuando no encuentra una pantalla, y cómo se llama ella.
_SIN_PANTALLA = {
    "tkinter": r"TclError: (?:no display name|couldn't connect to display)"
    r"|ModuleNotFoundError: No module named '_?tkinter'",
    "Qt": r"qt\.qpa\.\w+: could not connect to display|no Qt platform plugin could be initialized",
    "pygame": r"pygame\.error: (?:No available video device|video system not initialized)",
    "GTK": r"Gtk-WARNING \*\*: .*cannot open display|Gtk couldn't be initialized",
}


def con_que_abre_ventanas(pantalla: str) -> str:
    """La biblioteca con la que un programa ha querido abrir una ventana sin poder; o vacío."""
    return next((nombre for nombre, dice in _SIN_PANTALLA.items() if re.search(dice, pantalla)), "")


def por_que_no_se_prueba(archivo: str, biblioteca: str) -> str:
    """La frase que lo cuenta."""
    return (
        f"{archivo} usa ventanas ({biblioteca}) y aquí no hay pantalla: no se puede probar lo que "
        "se hace con él. En un ordenador con pantalla puede ir bien."
    )


#: Lo que dice Python de lo que solo trae en Windows.
_SOLO_EN_WINDOWS = re.compile(
    r"ModuleNotFoundError: No module named '(msvcrt|winsound|winreg|_winapi)'"
    r"|AttributeError: module '(os)' has no attribute 'startfile'"
)


def que_pide_de_windows(pantalla: str) -> str:
    """Lo que ha echado en falta un programa que solo funciona en Windows; vacío si nada."""
    hallado = None if sys.platform == "win32" else _SOLO_EN_WINDOWS.search(pantalla)
    return "" if hallado is None else hallado[1] or "os.startfile"


def por_que_no_se_prueba_aqui(archivo: str, que: str) -> str:
    """La frase que lo cuenta."""
    return (
        f"{archivo} usa `{que}`, que Python solo trae en Windows, y esto no es Windows: no se "
        "puede probar lo que se hace con él. Corrígelo en Windows, o haz el programa sin eso."
    )
