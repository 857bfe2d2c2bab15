"""De lo que Python avisa al leer el programa y no le impide empezar: `SyntaxWarning`.

Son sospechas suyas: el programa funciona, aunque quizá no haga lo que parece. Cada versión avisa de
más cosas, y con otras palabras.
"""

from __future__ import annotations

import re

from chatlab.corrector.diagnostico.explicaciones.caso import Caso, Explicacion, frase, regla

_SIN_COMA = "Falta una coma entre los dos elementos."
#: `"a" ("b")`, dentro de una lista.
PARENTESIS_SIN_COMA = Explicacion(
    "Unos paréntesis detrás de otra cosa son una llamada: Python cree que lo primero es una "
    "función.",
    _SIN_COMA,
)


def _comparado_con_is(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    niega = encaje[1] == "is not"
    escrito, nuevo = (r"\bis not\b", "!=") if niega else (r"\bis\b", "==")
    bien = re.sub(escrito, nuevo, caso.codigo, count=1)
    ejemplo = f": `{bien}`" if bien != caso.codigo and len(bien) <= 80 else ""
    return Explicacion(
        f"`{encaje[1]}` no compara lo que valen dos cosas: mira si son la misma. Lo que llega del "
        "teclado o de la red no es la misma que la escrita en el programa, aunque valga igual.",
        f"Compara con `{nuevo}`{ejemplo}.",
    )


def _barra(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    barra = encaje[1] or encaje[2]
    return Explicacion(
        f"`{barra}` no es ninguna de las parejas que empiezan por barra (como `\\n`): hoy Python "
        "deja la barra tal cual, y un día será un error.",
        f'Escribe `\\{barra}`, o pon una `r` delante del texto: `r"…"`.',
    )


def _en_finally(_: Caso, encaje: re.Match[str]) -> Explicacion:
    return Explicacion(
        f"Un `{encaje[1]}` dentro de `finally` hace desaparecer el error que hubiera, también "
        "Ctrl+C, y lo que se iba a devolver.",
        f"Saca el `{encaje[1]}` del `finally`: en él va solo lo que hay que cerrar.",
    )


REGLAS = (
    regla("SyntaxWarning", r'^"(is|is not)" with ', _comparado_con_is),
    regla("SyntaxWarning", r"^'(return|break|continue)' in a 'finally' block", _en_finally),
    regla(
        "SyntaxWarning",
        r"^invalid (?:octal )?escape sequence '(\\.*)'"
        r"|^\"(\\.*?)\" is an invalid (?:octal )?escape",
        _barra,
    ),
    regla(
        "SyntaxWarning",
        r"^assertion is always true",
        frase(
            "`assert` con paréntesis no comprueba nada: una tupla con algo dentro siempre vale.",
            'Quita los paréntesis: `assert condición, "mensaje"`.',
        ),
    ),
    regla(
        "SyntaxWarning",
        r"object is not callable; perhaps you missed a comma",
        lambda _caso, _encaje: PARENTESIS_SIN_COMA,
    ),
    regla(
        "SyntaxWarning",
        r"perhaps you missed a comma",
        frase(
            "Unos corchetes detrás de otra cosa piden uno de sus elementos: Python cree que lo "
            "segundo es una posición.",
            _SIN_COMA,
        ),
    ),
    regla(
        "SyntaxWarning",
        r"^invalid (?:decimal|hexadecimal|octal|binary|imaginary) literal",
        frase(
            "Un número y la palabra de detrás están pegados: hoy Python los separa solo, y un día "
            "será un error.",
            "Pon un espacio entre los dos.",
        ),
    ),
    regla(
        "SyntaxWarning",
        r"",
        frase(
            "Python avisa de algo raro en esta línea, aunque ejecuta el programa.",
            "Léela despacio: quizá no hace lo que parece.",
        ),
    ),
)
