"""Lo que no es Python: `SyntaxError`, `IndentationError` y `TabError`."""

from __future__ import annotations

import re

from chatlab.corrector.explicaciones.caso import Caso, Explicacion, frase, regla
from chatlab.corrector.explicaciones.sintaxis_a_secas import adivinar, de_otro_lenguaje

# --- Sin cerrar --------------------------------------------------------------------------------


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
    cierre = {"(": ")", "[": "]", "{": "}"}[encaje[1]]
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
    bueno = {"(": ")", "[": "]", "{": "}"}[encaje[2]]
    return Explicacion(
        f"Se abre con `{encaje[2]}` y se cierra con `{encaje[1]}`.",
        f"Pon `{bueno}` donde pone `{encaje[1]}`.",
    )


# --- Dos puntos e iguales ----------------------------------------------------------------------


def _dos_puntos(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    if otro := de_otro_lenguaje(caso.codigo):
        return otro
    palabra = caso.codigo.split()[0] if caso.codigo.split() else "if"
    sin_comentario = caso.codigo.split("#")[0].rstrip()
    ejemplo = f": `{sin_comentario}:`" if len(sin_comentario) <= 80 else ""
    return Explicacion(
        f"La línea que abre un bloque (`{palabra}`) acaba en dos puntos.",
        f"Añade `:` al final de la línea{ejemplo}.",
    )


def _igual_por_comparar(caso: Caso, _: re.Match[str]) -> Explicacion:
    if caso.codigo.startswith(("for (", "for(")):
        return Explicacion("El `for` de Python recorre una lista.", "Escribe `for i in range(n):`.")
    bien = re.sub(r"(?<![=!<>:+\-*/])=(?!=)", "==", caso.codigo, count=1)
    return Explicacion(
        "Un solo `=` da un valor; para preguntar si dos cosas son iguales hacen falta dos.",
        f"Usa `==` para comparar: `{bien}`." if len(bien) <= 80 else "Usa `==` para comparar.",
    )


def _no_se_asigna(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    if re.match(r"(el)?if\b|while\b", caso.codigo):
        return _igual_por_comparar(caso, encaje)
    if re.match(r"[\w]+(-[\w]+)+\s*=", caso.codigo):
        return Explicacion(
            "Un nombre no lleva guiones: Python los toma por una resta.",
            "Usa guiones bajos: `mi_variable`.",
        )
    return Explicacion(
        "A la izquierda del `=` va el nombre de una variable, y ahí hay otra cosa.",
        "Pon la variable a la izquierda del `=` y el valor a la derecha.",
    )


def _varios_errores(caso: Caso, _: re.Match[str]) -> Explicacion:
    antigua = re.match(r"except\s+([\w.]+)\s*,\s*([a-z_]\w*)\s*:", caso.codigo)
    if antigua:
        return Explicacion(
            "Así se daba nombre al error en Python 2; la coma ahora separa dos clases de error.",
            f"Escribe `except {antigua[1]} as {antigua[2]}:`.",
        )
    return Explicacion(
        "Para tratar varios errores a la vez, se ponen en una tupla.",
        "Pon paréntesis: `except (ValueError, OSError):`.",
    )


# --- Lo demás ----------------------------------------------------------------------------------


def _sin_parentesis(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    funcion = encaje[1]
    escrito = re.match(rf"{funcion}\s+(.+?);?$", caso.codigo)
    corta = escrito is not None and len(escrito[1]) <= 60
    bien = f"{funcion}({escrito[1]})" if escrito and corta else f"{funcion}(…)"
    return Explicacion(
        f"`{funcion}` es una función: lo que recibe va entre paréntesis. Sin ellos se escribía en "
        "Python 2.",
        f"Escribe `{bien}`, con paréntesis.",
    )


def _caracter_raro(_: Caso, encaje: re.Match[str]) -> Explicacion:
    caracter, codigo = encaje.groups()
    return Explicacion(
        f"Hay un carácter que parece normal y no lo es ({codigo}): suele venir de copiar código de "
        "un documento o de una web.",
        f"Borra `{caracter}` y tecléalo otra vez: comillas rectas, `\"` o `'`, y guion normal."
        if caracter
        else "Borra los espacios de esta línea y tecléalos otra vez: uno de ellos no es normal.",
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
    regla("SyntaxError", r"^expected ':'", _dos_puntos),
    regla("SyntaxError", r"Maybe you meant '==' or ':='", _igual_por_comparar),
    regla("SyntaxError", r"^cannot assign to (?!True|False|None)", _no_se_asigna),
    regla(
        "SyntaxError",
        r"^cannot assign to (True|False|None)",
        frase(
            "`{0}` es una palabra de Python, no una variable.", "Usa otro nombre en vez de `{0}`."
        ),
    ),
    regla("SyntaxError", r"^Missing parentheses in call to '(\w+)'", _sin_parentesis),
    regla(
        "SyntaxError",
        r"invalid syntax\. Perhaps you forgot a comma|expected after dictionary key",
        frase(
            "Hay dos cosas seguidas sin nada que las separe: falta una coma, un `+`, o hay unas "
            "comillas dentro de otras iguales.",
            "Pon una coma entre los dos elementos que Python señala.",
        ),
    ),
    regla(
        "SyntaxError",
        r"^expected 'except' or 'finally' block",
        frase(
            "Un `try` va siempre con su `except` o su `finally`, con la misma sangría.",
            "Añade `except OSError:` detrás del bloque del `try`.",
        ),
    ),
    regla(
        "SyntaxError",
        r"^'(return|yield|await)' outside (?:async )?function",
        frase(
            "`{0}` solo vale dentro de una función (`await`, de una `async def`), y esta línea no "
            "lo está.",
            "Mira la sangría: la línea debe estar dentro del `def`.",
        ),
    ),
    regla(
        "SyntaxError",
        r"^'(break|continue)' (?:outside|not properly in) loop",
        frase(
            "`{0}` solo vale dentro de un `while` o un `for`, y esta línea está fuera.",
            "Mira la sangría: la línea debe estar dentro del bucle.",
        ),
    ),
    regla(
        "SyntaxError",
        r"^invalid (?:non-printable )?character (?:'(.)' )?\(?(U\+\w+)",
        _caracter_raro,
    ),
    regla(
        "SyntaxError",
        r"^invalid (?:decimal|hexadecimal|octal|binary) literal",
        frase(
            "Un nombre no puede empezar por un número.",
            "Empieza el nombre por una letra: `cliente1` y no `1cliente`.",
        ),
    ),
    regla(
        "SyntaxError",
        r"^leading zeros",
        frase("Un número no puede empezar por 0.", "Quita los ceros de delante."),
    ),
    regla(
        "SyntaxError",
        r"^expected '\('",
        frase(
            "Detrás del nombre de una función van los paréntesis, aunque no reciba nada.",
            "Añade `()` detrás del nombre: `def funcion():`.",
        ),
    ),
    regla(
        "SyntaxError",
        r"^bytes can only contain ASCII",
        frase(
            'Entre `b"` y `"` no caben tildes, ñ ni emojis: son varios bytes cada uno.',
            'Escribe el texto sin la `b` y conviértelo: `"…".encode("utf-8")`.',
        ),
    ),
    regla(
        "SyntaxError",
        r"^f-string: ",
        frase(
            "Lo que hay entre llaves en un f-string debe ser una expresión completa.",
            "Revisa las llaves del f-string; dentro, usa comillas distintas de las de fuera.",
        ),
    ),
    regla("SyntaxError", r"^multiple exception types must be parenthesized", _varios_errores),
    regla(
        "SyntaxError",
        r"^name '(\w+)' is (?:used|assigned to) (?:prior to|before) global",
        frase(
            "`global` debe ir antes de usar la variable.",
            "Pon `global {0}` como primera línea de la función.",
        ),
    ),
    regla(
        "SyntaxError",
        r"^positional argument follows keyword",
        frase(
            "Los valores con nombre (`daemon=True`) van siempre detrás de los que no lo tienen.",
            "Pon primero los valores sin nombre, o da nombre a todos.",
        ),
    ),
    regla(
        "SyntaxError",
        r"unicodeescape|unexpected character after line continuation",
        frase(
            r"La barra `\` tiene un sentido especial: con la letra siguiente forma un carácter.",
            r'Escribe `\\`, o pon una `r` delante del texto: `r"C:\Users"`.',
        ),
    ),
    regla(
        "SyntaxError",
        r"^Non-UTF-8 code|null bytes|encoding problem|can't decode byte",
        frase(
            "El archivo no está guardado en UTF-8, y Python no sabe leer sus tildes y sus eñes.",
            "Guárdalo otra vez en tu editor eligiendo la codificación UTF-8.",
        ),
    ),
    regla(
        "SyntaxError",
        r"^(?:keyword argument repeated|duplicate argument)",
        frase(
            "Un mismo nombre aparece dos veces en los paréntesis.", "Quita el que está repetido."
        ),
    ),
    regla(
        "SyntaxError",
        r"^(?:non-default argument|parameter without a default)",
        frase(
            "En un `def`, los parámetros con valor por defecto van los últimos.",
            "Pon primero los parámetros que no tienen `=`.",
        ),
    ),
    regla("SyntaxError", "", adivinar),
)
