"""Faltas de Python que parecen del programa, y las versiones que las tienen."""

from __future__ import annotations

import re
import sys
from pathlib import Path

#: Desde que `Server.wait_closed` espera de verdad a los clientes, hasta que dejó de hacer falta.
DOS_CTRL_C = ((3, 12), (3, 13, 6))

_IMPORTA_ASYNCIO = re.compile(rb"^\s*(?:import|from)\s+asyncio\b", re.MULTILINE)


def pide_dos_ctrl_c(programa: Path, version: tuple[int, ...] = sys.version_info[:3]) -> bool:
    """Si con esa versión un servidor de asyncio con clientes dentro no termina al primer Ctrl+C."""
    desde, hasta = DOS_CTRL_C
    if not desde <= version < hasta:
        return False
    try:
        return _IMPORTA_ASYNCIO.search(programa.read_bytes()) is not None
    except OSError:
        return False


def aviso_de_dos_ctrl_c(archivo: str, version: tuple[int, ...] = sys.version_info[:3]) -> str:
    """Lo que se dice a quien le pasa."""
    numero = ".".join(map(str, version))
    return (
        f"{archivo} necesita dos Ctrl+C si hay alguien conectado. No es una falta tuya: `asyncio` "
        f"espera a los clientes en Python {numero}. Desde Python 3.13.6 basta uno."
    )
