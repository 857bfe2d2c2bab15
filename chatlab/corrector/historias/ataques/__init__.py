"""Quienes molestan a un chat: programas que el corrector ejecuta dentro de la jaula.

Cada uno es un archivo que se ejecuta solo, y sin chatlab salvo `espia.py`: recibe el puerto y los
bytes que tiene que enviar, en hexadecimal, y cuenta por su pantalla lo que le va pasando. Esos
bytes son los que envió antes el cliente de la entrega: por eso valen para cualquier formato.
"""

from __future__ import annotations

from pathlib import Path


def codigo_de(ataque: str) -> str:
    """El programa de ese nombre: «gotea» es el de `gotea.py`."""
    return Path(__file__).with_name(f"{ataque}.py").read_text(encoding="utf-8")
