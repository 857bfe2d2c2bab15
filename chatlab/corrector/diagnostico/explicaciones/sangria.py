"""Los espacios del principio de una línea: `IndentationError` y `TabError`."""

from __future__ import annotations

import re

from chatlab.corrector.diagnostico.explicaciones.caso import Caso, Explicacion, frase, regla

_QUE = {"function": "la función", "class": "la clase"}


def _falta_bloque(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    abre = int(encaje[2])
    que = next((f"`{p}`" for p in re.findall(r"'(\w+)'", encaje[1])), None)
    que = que or next((q for clave, q in _QUE.items() if clave in encaje[1]), "el bloque")
    return Explicacion(
        f"La línea {abre} abre un bloque con {que}, y lo que hay dentro de un bloque va más a la "
        "derecha.",
        f"Añade cuatro espacios delante de esta línea para que esté dentro de {que}; si no hay "
        "nada que hacer, escribe `pass`.",
    )


REGLAS = (
    regla(
        "IndentationError",
        r"^expected an indented block(?: after (.*))? on line (\d+)",
        _falta_bloque,
    ),
    regla(
        "IndentationError",
        r"^unexpected indent",
        frase(
            "Esta línea está más a la derecha que la anterior, que no abre ningún bloque.",
            "Quita los espacios que le sobran delante, para que empiece donde la anterior.",
        ),
    ),
    regla(
        "IndentationError",
        r"^unindent does not match",
        frase(
            "Esta línea vuelve hacia la izquierda, pero no hasta donde empieza ninguno de los "
            "bloques de encima.",
            "Pon delante los mismos espacios que la línea de su bloque: de cuatro en cuatro.",
        ),
    ),
    regla(
        "TabError",
        r"",
        frase(
            "Unas líneas del bloque empiezan con tabuladores y otras con espacios: se ven igual y "
            "Python los cuenta distinto.",
            "Usa solo espacios: en tu editor, «convertir tabuladores en espacios».",
        ),
    ),
    regla(
        "IndentationError",
        r"",
        frase("Los espacios del principio de la línea no encajan.", "Revisa la sangría."),
    ),
)
