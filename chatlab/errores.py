"""Los errores que una persona puede arreglar, dichos para ella.

    ErrorParaPersonas        termina el programa con código 1 y sin traceback
    ├── ErrorDeRed           el otro lado o la red: nadie escucha, puerto ocupado, conexión cortada
    ├── ErrorDeArchivo       el disco: sin permiso, sin espacio
    └── ErrorDePantalla      quien leía la salida del programa ya no está

Una orden mal escrita la explica `opciones.py`, y el código es 2.

El texto de cada uno dice qué ha pasado, por qué y qué hacer.
"""

from __future__ import annotations


class ErrorParaPersonas(Exception):
    """Algo que se le cuenta a la persona en una frase."""

    codigo = 1


class ErrorDeRed(ErrorParaPersonas):
    """La conexión no se pudo hacer o se cortó."""


class ErrorDeArchivo(ErrorParaPersonas):
    """No se pudo leer o escribir un archivo."""


class ErrorDePantalla(ErrorParaPersonas):
    """No queda nadie leyendo lo que el programa escribe."""
