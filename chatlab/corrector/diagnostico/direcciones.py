"""Dos programas que se encuentran aquí, y en una red de verdad no.

La sonda junta a quienes escriben direcciones distintas, para que una escrita con la IP de otro
ordenador se pueda corregir en este. Si el servidor escucha en una y el cliente llama a otra, en
el aula no se encontrarían: no quita puntos, pero se dice.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

from chatlab.sonda import Suceso


def direcciones_que_no_casan(sucesos: Iterable[Suceso], servidor: str, cliente: str) -> str:
    """El aviso de que un programa escucha en una dirección y el otro llama a otra; si no, vacío.

    `servidor` y `cliente` son los nombres de los programas.
    """
    todos = list(sucesos)
    escuchas = {s.local[0] for s in todos if s.tipo == "listen" and s.local is not None}
    llamadas = {
        suceso.remoto[0]
        for suceso in todos
        if suceso.tipo == "connect" and suceso.programa == cliente and suceso.remoto is not None
    }
    if len(escuchas) != 1 or len(llamadas) != 1:
        return ""
    escucha, llamada = escuchas.pop(), llamadas.pop()
    if not _no_se_encuentran(escucha, llamada):
        return ""
    return (
        f"{servidor} escucha en {escucha} y {cliente} llama a {llamada}: aquí se encuentran porque "
        "el corrector los junta, pero en una red no. Usa la misma en los dos."
    )


def _no_se_encuentran(escucha: str, llamada: str) -> bool:
    try:
        una, otra = ipaddress.ip_address(escucha), ipaddress.ip_address(llamada)
    except ValueError:
        return False  # un nombre: puede ser cualquier máquina
    if una.version != otra.version or una.is_unspecified or otra.is_unspecified:
        return False
    return una != otra
