"""`global`, `nonlocal` e `import *` donde no van: parte de `SyntaxError`."""

from __future__ import annotations

from chatlab.corrector.diagnostico.explicaciones.caso import frase, regla

REGLAS = (
    regla(
        "SyntaxError",
        r"^name '(\w+)' is (?:used|assigned to) (?:prior to|before) (global|nonlocal)",
        frase(
            "`{1}` debe ir antes de usar la variable.",
            "Pon `{1} {0}` como primera línea de la función.",
        ),
    ),
    regla(
        "SyntaxError",
        r"^name '(\w+)' is parameter and (global|nonlocal)",
        frase(
            "`{0}` es un parámetro de la función, y no puede ser a la vez una variable de fuera.",
            "Quita `{1} {0}` si quieres lo que recibe la función, o quita `{0}` de sus paréntesis "
            "si quieres la de fuera.",
        ),
    ),
    regla(
        "SyntaxError",
        r"^name '(\w+)' is nonlocal and global",
        frase(
            "Una variable no puede ser de la función de fuera (`nonlocal`) y del programa "
            "(`global`).",
            "Deja una sola de las dos líneas con `{0}`.",
        ),
    ),
    regla(
        "SyntaxError",
        r"^nonlocal declaration not allowed at module level",
        frase(
            "`nonlocal` solo tiene sentido en una función que está dentro de otra.",
            "Quita la línea: fuera de las funciones no hace falta declarar nada.",
        ),
    ),
    regla(
        "SyntaxError",
        r"^no binding for nonlocal '(\w+)' found",
        frase(
            "`nonlocal` es para las variables de la función de fuera, y `{0}` no es de ninguna.",
            "Si `{0}` es del programa, escribe `global {0}`.",
        ),
    ),
    regla(
        "SyntaxError",
        r"^import \* only allowed at module level",
        frase(
            "`import *` solo vale fuera de las funciones.",
            "Sube la línea al principio del archivo o, mejor, di qué importas: `from socket import "
            "socket, AF_INET`.",
        ),
    ),
)
