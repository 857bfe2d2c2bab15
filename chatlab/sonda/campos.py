"""Lo que dice una línea del canal, después de comprobar que es lo que la sonda puede decir.

Por el canal puede escribir el propio programa: un número que no acaba, un texto donde va un puerto
o un instante de mañana no deben llegar a quien luego hace cuentas con ellos.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable
from typing import Any

#: Caracteres que se guardan de un nombre, un lugar o un detalle.
MAX_TEXTO = 500
#: Lugares de una pila: la sonda manda 12, como mucho.
MAX_LUGARES = 50
#: Caracteres de los datos de un envío: la sonda manda 16 KiB, como mucho.
MAX_DATOS = 64 * 1024
#: Un entero que cabe en cualquier cuenta: de un hilo, de un socket o de bytes.
MAX_ENTERO = 2**53
MAX_PUERTO = 65535


def leer_campos(linea: bytes) -> dict[str, Any]:
    """Los campos de la línea, cada uno del tipo que le toca. Lanza `ValueError` si no lo son."""
    try:
        crudos = json.loads(linea)
    except RecursionError as error:
        raise ValueError("demasiadas listas, unas en otras") from error
    if not isinstance(crudos, dict):
        raise ValueError("no es un suceso")
    campos = {campo: _COMO[campo](valor) for campo, valor in crudos.items() if campo in _COMO}
    if not {"tipo", "hilo", "instante"} <= campos.keys():
        raise ValueError("le faltan campos a un suceso")
    return campos


def _texto(valor: Any) -> str:
    if not isinstance(valor, str):
        raise ValueError("no es un texto")
    return valor[:MAX_TEXTO]


def _datos(valor: Any) -> str:
    if not isinstance(valor, str) or len(valor) > MAX_DATOS:
        raise ValueError("no son datos")
    return valor


def _entero(valor: Any) -> int:
    if type(valor) is not int or not 0 <= valor <= MAX_ENTERO:
        raise ValueError("no es un entero")
    return valor


def _entero_o_nada(valor: Any) -> int | None:
    return None if valor is None else _entero(valor)


def _segundos(valor: Any) -> float:
    if type(valor) not in (int, float) or not math.isfinite(valor):
        raise ValueError("no es un tiempo")
    return float(valor)


def _segundos_o_nada(valor: Any) -> float | None:
    return None if valor is None else _segundos(valor)


def _instante(valor: Any) -> float:
    return min(_segundos(valor), time.monotonic())


def _puerto(valor: Any) -> int:
    if _entero(valor) > MAX_PUERTO:
        raise ValueError("no es un puerto")
    return int(valor)


def _direccion(valor: Any) -> list[Any] | None:
    if valor is None:
        return None
    if not isinstance(valor, list) or len(valor) != 2:
        raise ValueError("no es una dirección")
    return [_texto(valor[0]), _puerto(valor[1])]


def _lugares(valor: Any) -> tuple[str, ...]:
    if not isinstance(valor, list) or len(valor) > MAX_LUGARES:
        raise ValueError("no son lugares")
    return tuple(_texto(uno) for uno in valor)


def _reales(valor: Any) -> list[int]:
    if not isinstance(valor, list) or len(valor) != 2:
        raise ValueError("no son dos puertos")
    return [_puerto(uno) for uno in valor]


_COMO: dict[str, Callable[[Any], Any]] = {
    "tipo": _texto,
    "pid": _entero,
    "padre": _entero,
    "programa": _texto,
    "hilo": _entero,
    "instante": _instante,
    "conexion": _entero_o_nada,
    "local": _direccion,
    "remoto": _direccion,
    "reales": _reales,
    "cuantos": _entero,
    "veces": _entero,
    "candado": _entero,
    "dueno": _entero,
    "datos": _datos,
    "detalle": _texto,
    "lugar": _texto,
    "plazo": _segundos_o_nada,
    "daemon": bool,
    "pila": _lugares,
}
