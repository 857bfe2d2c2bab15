"""El eco: que la terminal enseñe, o no, lo que se teclea.

Sin él, lo que alguien escribe antes de su turno no se mezcla con lo que va llegando: aparece
detrás de la pregunta, cuando le toca. En Windows no se toca: allí el eco es de cada lectura.
"""

from __future__ import annotations

import sys

try:
    import termios
except ImportError:  # en Windows no existe
    termios = None  # type: ignore[assignment]

#: El lugar de `tcgetattr` en que está ECHO (termios(3): c_lflag).
MODOS_LOCALES = 3


class Eco:
    """El eco de la terminal del teclado; si el teclado no es una terminal, no hace nada."""

    def __init__(self) -> None:
        hay_terminal = termios is not None and sys.stdin.isatty()
        self._como_estaba = termios.tcgetattr(sys.stdin) if hay_terminal else None

    def poner(self, visible: bool) -> None:
        """Hace que lo que se teclee desde ahora se vea o no."""
        if self._como_estaba is None:
            return
        atributos = termios.tcgetattr(sys.stdin)
        if visible:
            atributos[MODOS_LOCALES] |= termios.ECHO
        else:
            atributos[MODOS_LOCALES] &= ~termios.ECHO
        termios.tcsetattr(sys.stdin, termios.TCSANOW, atributos)

    def restaurar(self) -> None:
        """Deja la terminal como la encontró."""
        if self._como_estaba is not None:
            termios.tcsetattr(sys.stdin, termios.TCSANOW, self._como_estaba)
