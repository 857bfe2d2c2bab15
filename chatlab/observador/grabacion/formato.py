"""Cómo es una línea de una grabación: un objeto de JSON, con los bytes como texto si lo son.

Lo cuenta entero `docs/referencia/grabacion.md`.
"""

from __future__ import annotations

import base64
import json
import re
from collections import Counter
from typing import Any

#: Lo que dice la primera línea, y lo que cambia si un día no la entiende quien lee hoy.
NOMBRE = "grabacion"
VERSION = 1
EXTENSION = ".chatlab"
#: Bytes que ocupa, como mucho, lo que se escribe entero; después, muestras.
TOPE = 20 * 1024 * 1024
#: Bytes de cada envío y de cada lectura que se guardan.
DATOS = 256
#: Un suceso va detrás de otro: si sus instantes no lo dicen, se le suma esto. En segundos.
SALTO = 1e-6

#: Una línea, ya leída o por escribir.
Linea = dict[str, Any]

_escribir = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_MEDIAS_LETRAS = re.compile("[\ud800-\udfff]")


def escribir_linea(linea: Linea) -> str:
    """La línea como JSON, sin el salto; siempre se puede codificar en UTF-8."""
    texto = _escribir(linea)
    if texto.isascii():
        return texto
    # Media letra suelta no existe en UTF-8: se escribe como `\udc80`, que JSON admite.
    return _MEDIAS_LETRAS.sub(lambda una: f"\\u{ord(una[0]):04x}", texto)


def cuanto_ocupa(texto: str) -> int:
    """Los bytes de una línea escrita, con su salto."""
    return (len(texto) if texto.isascii() else len(texto.encode())) + 1


def con_datos(datos: bytes) -> Linea:
    """El campo que lleva esos bytes: `texto` si son UTF-8, y si no, `b64`."""
    try:
        return {"texto": datos.decode()}
    except UnicodeDecodeError:
        return {"b64": base64.b64encode(datos).decode()}


def con_principio(datos: bytes, cuantos: int) -> Linea:
    """El campo con los primeros bytes de un envío o una lectura de `cuantos`; si no hay, ninguno.

    Si no caben todos, la última letra no queda partida.
    """
    if len(datos) > DATOS or (datos and len(datos) < cuantos):
        datos = sin_letra_partida(datos[:DATOS])
    return con_datos(datos) if datos else {}


def datos_de(linea: Linea) -> bytes:
    """Los bytes que lleva una línea ya leída; vacío si no lleva ninguno que se entienda."""
    if isinstance(texto := linea.get("texto"), str):
        return texto.encode("utf-8", "surrogatepass")
    if isinstance(b64 := linea.get("b64"), str):
        try:
            return base64.b64decode(b64, validate=True)
        except ValueError:
            return b""
    return b""


def sin_letra_partida(datos: bytes) -> bytes:
    """Los bytes hasta donde acaba la última letra entera."""
    for atras in range(1, min(4, len(datos)) + 1):
        uno = datos[-atras]
        if uno & 0xC0 == 0x80:
            continue  # es la continuación de una letra: su principio está antes
        largo = 4 if uno >= 0xF0 else 3 if uno >= 0xE0 else 2 if uno >= 0xC0 else 1
        return datos[:-atras] if largo > atras else datos
    return datos


def letras_enteras(datos: bytes) -> bytes:
    """Los bytes sin la media letra con que empiecen o acaben."""
    sobra = next((n for n in range(min(4, len(datos))) if datos[n] & 0xC0 != 0x80), 0)
    return sin_letra_partida(datos[sobra:])


def veces_de(linea: Linea) -> int:
    """Las llamadas que cuenta una línea: una, si no es una suma."""
    veces = linea.get("veces", 1)
    return veces if isinstance(veces, int) else 1


def anadir_a_las_cuentas(cuentas: Counter[str], linea: Linea) -> None:
    """Suma lo que cuenta una línea: cuántas veces pasó y, si se movieron, cuántos bytes."""
    que = linea["que"]
    cuentas[que] += veces_de(linea)
    if que in ("send", "recv") and isinstance(linea.get("cuantos"), int):
        cuentas["bytes_enviados" if que == "send" else "bytes_recibidos"] += linea["cuantos"]
