"""La mejor terminal que hay en este sistema para un programa.

Son tres: una pseudoterminal de Unix, la de Windows, si está instalado pywinpty, y tuberías. Lo que
les falta a las dos últimas lo dice cada una, para contarlo.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from chatlab.observador.directo.terminal import TerminalDePrograma


def abrir(
    argumentos: Sequence[str],
    carpeta: Path,
    entorno: Mapping[str, str],
    *,
    con_tuberias: bool = False,
) -> TerminalDePrograma:
    """Arranca un Python con esos argumentos en la mejor terminal que hay aquí.

    Con `con_tuberias`, sin terminal, aunque la haya. Lanza `OSError` si no arranca.
    """
    # Cada puerta se carga donde existe: lo que usan no está en los demás sistemas.
    if con_tuberias:
        pass
    elif os.name == "posix":
        from chatlab.observador.directo.pseudoterminal import Pseudoterminal

        return Pseudoterminal(argumentos, carpeta, entorno)
    elif find_spec("winpty") is not None:
        from chatlab.observador.directo.ventana import VentanaDeWindows

        return VentanaDeWindows(argumentos, carpeta, entorno)
    from chatlab.observador.directo.sin_terminal import SinTerminal

    return SinTerminal(argumentos, carpeta, entorno)
