"""Comillas, paréntesis, llaves y comas que faltan o sobran: parte de `SyntaxError`."""

from __future__ import annotations

import keyword
import re

from chatlab.corrector.diagnostico.explicaciones.caso import Caso, Explicacion, frase, regla
from chatlab.corrector.diagnostico.explicaciones.sintaxis_a_secas import (
    COMILLAS_DENTRO,
    comillas_dentro,
)

#: Con qué se cierra lo que se abre.
_CIERRES = {"(": ")", "[": "]", "{": "}"}


def _comillas(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    if encaje[1]:
        return Explicacion(
            "Un texto entre comillas triples empieza y no acaba: todo lo que sigue es parte de él.",
            "Ciérralo con otras tres comillas iguales.",
        )
    comilla = next((c for c in caso.codigo if c in "\"'"), '"')
    if comilla == "'" and caso.codigo.count("'") > 1:
        return Explicacion(
            "El texto está entre comillas simples y tiene otra dentro: Python cree que acaba ahí.",
            "Pon el texto entre comillas dobles, o cierra el que está sin cerrar.",
        )
    return Explicacion(
        "Un texto empieza con unas comillas y la línea termina sin que se cierren.",
        f"Falta cerrar las comillas: pon otra `{comilla}` donde acaba el texto.",
    )


def _sin_cerrar(_: Caso, encaje: re.Match[str]) -> Explicacion:
    cierre = _CIERRES[encaje[1]]
    que = {"(": "paréntesis", "[": "corchete", "{": "llave"}[encaje[1]]
    un = "Una" if que == "llave" else "Un"
    return Explicacion(
        f"{un} {que} se abre en esta línea y no se cierra: Python sigue buscando `{cierre}` en las "
        "siguientes.",
        f"Falta `{cierre}`: cuenta los que abres y los que cierras en esta línea.",
    )


def _cierre_de_mas(_: Caso, encaje: re.Match[str]) -> Explicacion:
    return Explicacion(
        f"Hay un `{encaje[1]}` que no cierra nada: sobra, o falta el que lo abre.",
        f"Quita el `{encaje[1]}` que sobra.",
    )


def _cierre_cambiado(_: Caso, encaje: re.Match[str]) -> Explicacion:
    bueno = _CIERRES[encaje[2]]
    return Explicacion(
        f"Se abre con `{encaje[2]}` y se cierra con `{encaje[1]}`.",
        f"Pon `{bueno}` donde pone `{encaje[1]}`.",
    )


def _coma(caso: Caso, _: re.Match[str]) -> Explicacion:
    if dentro := comillas_dentro(caso.codigo):
        return dentro
    juntos = re.search(
        r"""(\"[^\"]*\"|'[^']*'|\b\w+|[)\]])(\s+)(f?\"[^\"]*\"|f?'[^']*'|\w+)""", caso.codigo
    )
    if re.search(r"\{\s*(?:\"[^\"]*\"|'[^']*'|\w+)\s+[^\s:,]+\s*[,}]", caso.codigo):
        return Explicacion(
            "Entre la clave y el valor de un diccionario van dos puntos; entre dos elementos de un "
            "conjunto, una coma.",
            "Pon `:` entre la clave y su valor.",
        )
    bien = ""
    if juntos and not keyword.iskeyword(juntos[1]) and not keyword.iskeyword(juntos[3]):
        cortado = caso.codigo[: juntos.start(2)] + ", " + caso.codigo[juntos.end(2) :]
        bien = f": `{cortado}`" if len(cortado) <= 80 else ""
    return Explicacion(
        "Hay dos cosas seguidas sin nada que las separe: falta una coma, un `+`, o hay unas "
        "comillas dentro de otras iguales.",
        f"Pon una coma entre los dos elementos{bien}."
        if bien
        else "Pon una coma entre los dos elementos que Python señala.",
    )


REGLAS = (
    regla("SyntaxError", r"unterminated (triple-quoted )?(?:f-)?string literal", _comillas),
    regla("SyntaxError", r"^'([(\[{])' was never closed", _sin_cerrar),
    regla("SyntaxError", r"^unmatched '([)\]}])'", _cierre_de_mas),
    regla(
        "SyntaxError",
        r"closing parenthesis '([)\]}])' does not match opening parenthesis '([(\[{])'",
        _cierre_cambiado,
    ),
    regla("SyntaxError", r"invalid syntax\. Perhaps you forgot a comma", _coma),
    regla(
        "SyntaxError",
        r"^invalid syntax\. Is this intended to be part of the string",
        lambda caso, _: comillas_dentro(caso.codigo) or COMILLAS_DENTRO,
    ),
    regla(
        "SyntaxError",
        r"expression expected after dictionary key and ':'",
        frase(
            "En un diccionario, detrás de cada clave y sus dos puntos va un valor, y aquí falta.",
            "Escribe el valor detrás de `:`.",
        ),
    ),
    regla(
        "SyntaxError",
        r"':' expected after dictionary key",
        frase(
            "En un diccionario, detrás de cada clave van dos puntos y su valor.",
            "Escribe `clave: valor`.",
        ),
    ),
)
