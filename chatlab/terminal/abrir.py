"""Elegir la consola: la mejor que permite el sitio en que se ejecuta el programa."""

from __future__ import annotations

import importlib.util
import sys

from chatlab.terminal.con_readline import ConsolaDeTerminal
from chatlab.terminal.consola import Consola


def abrir_consola() -> Consola:
    """La mejor consola que permite el sitio en que se ejecuta el programa."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return Consola()
    if importlib.util.find_spec("prompt_toolkit"):
        from chatlab.terminal.con_prompt_toolkit import ConsolaAvanzada

        return ConsolaAvanzada()
    return ConsolaDeTerminal()
