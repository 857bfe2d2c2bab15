"""Qué pide un programa por su pantalla: un nombre, un host, un puerto, o nada.

Cada estudiante lo pide a su manera («Tu apodo: », «¿Cómo te llamas?», «Enter your name>»). Aquí
se reconoce por las palabras, como lo haría una persona que se sienta delante.
"""

from __future__ import annotations

import re
from enum import Enum


class Pregunta(Enum):
    """Lo que un programa puede pedir antes de empezar."""

    NOMBRE = "tu nombre"
    HOST = "la dirección del servidor"
    PUERTO = "el puerto"


#: Por orden: «puerto del servidor» es un puerto, y «nombre del servidor», un host.
_PALABRAS = (
    (Pregunta.PUERTO, re.compile(r"puerto|\bport\b", re.IGNORECASE)),
    (Pregunta.NOMBRE, re.compile(r"usuario|apodo|\bnick|alias|\buser|llamas|tu nombre|your name",
                                 re.IGNORECASE)),
    (Pregunta.HOST, re.compile(r"\bhost\b|\bip\b|servidor|server|direcci[oó]n|address",
                               re.IGNORECASE)),
    (Pregunta.NOMBRE, re.compile(r"nombre|\bname|\bnick|identif", re.IGNORECASE)),
)  # fmt: skip

#: Una línea acabada también pregunta si lo parece: «Escribe tu nombre:» y salto de línea.
_PARECE_PREGUNTA = re.compile(
    r"[:?>]\s*$|escrib|ingres|introdu|dime|teclea|digit|elig|\benter\b|\btype\b|\bpon\b",
    re.IGNORECASE,
)

#: Quien habla de mensajes o de irse ya no está presentándose.
_YA_ESTA_DENTRO = re.compile(
    r"mensaje|message|salir|\bexit\b|\bquit\b|desconect|conectad[oa] (?:a|al|con)\b", re.IGNORECASE
)


def que_pide(texto: str) -> Pregunta | None:
    """Lo que pide la última línea del texto, si pide algo.

    `texto` es lo que el programa ha escrito desde la última respuesta.
    """
    lineas = [linea for linea in texto.split("\n") if linea.strip()]
    if not lineas:
        return None
    ultima = lineas[-1]
    acabada = texto.rstrip(" \t").endswith("\n")
    if _YA_ESTA_DENTRO.search(ultima) or (acabada and not _PARECE_PREGUNTA.search(ultima)):
        return None
    for pregunta, palabras in _PALABRAS:
        if palabras.search(ultima):
            return pregunta
    return None
