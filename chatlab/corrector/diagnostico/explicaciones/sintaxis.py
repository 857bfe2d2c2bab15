"""Lo que no es Python: `SyntaxError`, `IndentationError` y `TabError`."""

from __future__ import annotations

import re

from chatlab.corrector.diagnostico.explicaciones import (
    declaraciones,
    f_strings,
    numeros_escritos,
    sentencias,
    sin_cerrar,
)
from chatlab.corrector.diagnostico.explicaciones.casi_sentencias import no_es_punto_y_coma
from chatlab.corrector.diagnostico.explicaciones.caso import Caso, Explicacion, frase, regla
from chatlab.corrector.diagnostico.explicaciones.sintaxis_a_secas import (
    adivinar,
    de_otro_lenguaje,
    prefijos_que_no_se_juntan,
)


def _dos_puntos(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    if otro := de_otro_lenguaje(caso.codigo):
        return otro
    if re.match(r"else\b.*:", caso.codigo):
        return Explicacion(
            "`else` no lleva condición: es lo que se hace si no se cumple ninguna.",
            "Escribe `elif` donde pone `else`, o quita la condición.",
        )
    if re.search(r";\s*$", caso.codigo):
        return no_es_punto_y_coma(caso.codigo)
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
    if re.search(r"\{[^{}=]*=", caso.codigo):
        return Explicacion(
            "En un diccionario, entre la clave y su valor van dos puntos, y no `=`.",
            "Escribe `clave: valor`.",
        )
    if "lambda" in encaje[0] or "lambda" in caso.codigo:
        return Explicacion(
            "Una `lambda` devuelve un valor: dentro de ella no se da valor a una variable.",
            "Escribe una función con `def`.",
        )
    if re.match(r"[\w]+(-[\w]+)+\s*=", caso.codigo):
        return Explicacion(
            "Un nombre no lleva guiones: Python los toma por una resta.",
            f"Usa guiones bajos: `{caso.codigo.split('=')[0].strip().replace('-', '_')}`.",
        )
    return Explicacion(
        "A la izquierda del `=` va el nombre de una variable, y ahí hay otra cosa.",
        "Pon la variable a la izquierda del `=` y el valor a la derecha.",
    )


def _sin_parentesis(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    funcion = encaje[1]
    escrito = re.match(rf"{funcion}\s+(.+?);?$", caso.codigo)
    corta = escrito is not None and len(escrito[1]) <= 60
    bien = f"{funcion}({escrito[1]})" if escrito and corta else f"{funcion}(…)"
    sin_ellos = len(re.findall(r"^\s*print\s+[\"'\w]", caso.fuente.texto, re.MULTILINE))
    if funcion == "print" and sin_ellos > 1:
        return Explicacion(
            f"Este programa está escrito para Python 2: tiene {sin_ellos} `print` sin paréntesis, "
            "y quizá más cosas de entonces, como `raw_input`.",
            f"Escribe `{bien}`, con paréntesis, y los demás igual. Los textos se envían con "
            "`.encode()` y se leen con `.decode()`.",
        )
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
    *sin_cerrar.REGLAS,
    *sentencias.REGLAS,
    *declaraciones.REGLAS,
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
        r"^'[a-z]' and '[a-z]' prefixes are incompatible",
        lambda caso, _: prefijos_que_no_se_juntan(caso.codigo),
    ),
    regla(
        "SyntaxError",
        r"iterable unpacking cannot be used in comprehension|in comprehension",
        frase(
            "`*` dentro de una lista con `for` es de Python 3.15, y el que ha ejecutado tu "
            "programa es anterior.",
            "Usa dos `for`: `[x for lista in listas for x in lista]`.",
        ),
    ),
    regla(
        "SyntaxError",
        r"^invalid (?:non-printable )?character (?:'(.)' )?\(?(U\+\w+)",
        _caracter_raro,
    ),
    *numeros_escritos.REGLAS,
    regla(
        "SyntaxError",
        r"^expected '\('",
        lambda caso, _: Explicacion(
            "Detrás del nombre de una función van los paréntesis, aunque no reciba nada.",
            f"Añade `()` detrás del nombre: `{caso.codigo.split(':')[0].strip()}():`.",
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
    *f_strings.REGLAS,
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
        r"^(?:keyword argument repeated|duplicate (?:argument|parameter))",
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
