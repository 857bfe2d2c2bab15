"""Números mal escritos en el programa: parte de `SyntaxError`."""

from __future__ import annotations

import re

from chatlab.corrector.diagnostico.explicaciones.caso import Caso, Explicacion, frase, regla

#: Lo que va detrás de cada prefijo: `0x1F`, `0o17`, `0b101`.
_CIFRAS = {
    "hexadecimal": ("0x", "las cifras y las letras de la `a` a la `f`"),
    "octal": ("0o", "las cifras del 0 al 7"),
    "binary": ("0b", "unos y ceros"),
}


def _literal(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    if encaje[1] in _CIFRAS:
        prefijo, valen = _CIFRAS[encaje[1]]
        return Explicacion(
            f"Un número que empieza por `{prefijo}` solo lleva {valen}.",
            f"Corrige el número, o quita `{prefijo}` si no lo es.",
        )
    if numero := re.search(r"(?<!\w)\d+(?:__+\d*|_(?!\d)|(?:_\d+)*__+)[\d_]*", caso.codigo):
        bien = re.sub(r"_+", "_", numero[0]).strip("_")
        return Explicacion(
            "Entre las cifras de un número cabe un solo `_`, y detrás de él va otra cifra.",
            f"Escribe `{bien}`.",
        )
    return Explicacion(
        "Un nombre no puede empezar por un número.",
        "Empieza el nombre por una letra: `cliente1` y no `1cliente`.",
    )


REGLAS = (
    regla("SyntaxError", r"^invalid (decimal|hexadecimal|octal|binary) literal", _literal),
    regla(
        "SyntaxError",
        r"^invalid digit '(.)' in (?:octal|binary) literal",
        frase(
            "En ese número no cabe un `{0}`: tras `0o` van las cifras del 0 al 7, y tras `0b`, "
            "unos y ceros.",
            "Corrige el número, o quita lo que lleva delante.",
        ),
    ),
    regla(
        "SyntaxError",
        r"^leading zeros",
        frase("Un número no puede empezar por 0.", "Quita los ceros de delante."),
    ),
)
