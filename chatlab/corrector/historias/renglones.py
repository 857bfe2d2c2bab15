"""Un mensaje largo en una pantalla: partido en renglones a propósito, o aún a medio escribir."""

from __future__ import annotations

import re

#: Letras a partir de las que un mensaje no cabe en un renglón.
MENSAJE_LARGO = 200
#: Las que puede tener un renglón. Un `recv` corta trozos más largos, y por medio de las palabras.
MAX_RENGLON = 250
#: Las de lo que un programa pone al principio de cada uno: sangría, «| », el nombre.
MAX_MARGEN = 40
#: Letras del principio de un texto por las que se reconoce.
PRINCIPIO = 20


def en_renglones(texto: str, pantalla: str) -> bool:
    """Si un mensaje largo está entero, con saltos de línea solo donde había espacios."""
    palabras = texto.split(" ")
    if len(texto) < MENSAJE_LARGO or len(palabras) < 2 or palabras[-1] not in pantalla:
        return False
    salto = rf"(?: | ?\n[^\n]{{0,{MAX_MARGEN}}}?)"
    hallado = re.search(salto.join(map(re.escape, palabras)), pantalla)
    return hallado is not None and all(
        len(renglon) <= MAX_RENGLON for renglon in hallado[0].split("\n")
    )


def cuanto_se_ve(texto: str, pantalla: str) -> int:
    """Letras del principio del texto que hay al final de la pantalla: quizá siga escribiendo."""
    desde = pantalla.rfind(texto[:PRINCIPIO])
    escrito = pantalla[desde:].rstrip("\n") if desde >= 0 else ""
    return len(escrito) if texto.startswith(escrito) else 0
