"""Faltas de Python que parecen del programa, y las versiones que las tienen."""

from __future__ import annotations

import re
import sys

#: Desde que `Server.wait_closed` espera de verdad a los clientes, hasta que dejó de hacer falta.
DOS_CTRL_C = ((3, 12), (3, 13, 6))

_IMPORTA_ASYNCIO = re.compile(r"^\s*(?:import|from)\s+asyncio\b", re.MULTILINE)


def pide_dos_ctrl_c(codigo: str, version: tuple[int, ...] = sys.version_info[:3]) -> bool:
    """Si con esa versión un servidor de asyncio con clientes dentro no termina al primer Ctrl+C."""
    desde, hasta = DOS_CTRL_C
    return desde <= version < hasta and _IMPORTA_ASYNCIO.search(codigo) is not None


def aviso_de_dos_ctrl_c(archivo: str, version: tuple[int, ...] = sys.version_info[:3]) -> str:
    """Lo que se dice a quien le pasa."""
    numero = ".".join(map(str, version))
    return (
        f"{archivo} necesita dos Ctrl+C si hay alguien conectado. No es una falta tuya: `asyncio` "
        f"espera a los clientes en Python {numero}. Desde Python 3.13.6 basta uno."
    )
