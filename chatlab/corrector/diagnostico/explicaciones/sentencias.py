"""Sentencias a medias o donde no van: `try`, `elif`, `await`, `return`… Parte de `SyntaxError`."""

from __future__ import annotations

import re

from chatlab.corrector.diagnostico.explicaciones.caso import (
    Caso,
    Explicacion,
    como_en_python_2,
    frase,
    parecido,
    regla,
)
from chatlab.corrector.diagnostico.explicaciones.sintaxis_a_secas import tras_el_else


def _try_solo(caso: Caso, _: re.Match[str]) -> Explicacion:
    primera = re.match(r"(\w+)\b", caso.codigo)
    buena = parecido(primera[1], ("except", "finally"), minimo=0.6) if primera else None
    if primera and buena:
        return Explicacion(
            f"Detrás del bloque de un `try` va `except` o `finally`, y ahí pone `{primera[1]}`.",
            f"Escribe `{buena}` donde pone `{primera[1]}`.",
        )
    return Explicacion(
        "Un `try` va siempre con su `except` o su `finally`, con la misma sangría.",
        "Añade `except OSError:` detrás del bloque del `try`.",
    )


def _await_fuera(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    que = f"`{encaje[1]}`" if encaje.lastindex else "`async for`"
    # Sin árbol, porque el programa no se puede analizar: se busca el `def` que está por encima.
    for numero in range((caso.linea or 1) - 1, 0, -1):
        texto = caso.fuente.lineas[numero - 1] if numero <= len(caso.fuente.lineas) else ""
        if definida := re.match(r"\s*def\s+(\w+)", texto):
            aqui = caso.fuente.lineas[(caso.linea or 1) - 1]
            if len(aqui) - len(aqui.lstrip()) > len(texto) - len(texto.lstrip()):
                return Explicacion(
                    f"{que} solo vale dentro de una función `async`, y `{definida[1]}` no lo es.",
                    f"Escribe `async def {definida[1]}` en la línea {numero}, y llámala con "
                    "`await`.",
                )
            break
    return Explicacion(
        f"{que} solo vale dentro de una función `async`, y esta línea está fuera de todas.",
        "Pon la línea dentro de una `async def principal():`, y arráncala con "
        "`asyncio.run(principal())`.",
    )


def _varios_errores(caso: Caso, _: re.Match[str]) -> Explicacion:
    # En Python 2 así se daba nombre al error. Los de las clases empiezan por mayúscula.
    antigua = re.match(r"except\s+([\w.]+)\s*,\s*([a-z_]\w*)\s*:", caso.codigo)
    if antigua:
        return como_en_python_2(antigua[1], antigua[2])
    escritas = re.match(r"except\s+([^:(]+?)(\s+as\s+\w+)?\s*:", caso.codigo)
    clases, alias = (escritas[1], escritas[2] or "") if escritas else ("ValueError, OSError", "")
    sin_alias = "" if alias else " (sin ellos solo vale desde Python 3.14)"
    return Explicacion(
        "Para tratar varios errores a la vez, se ponen en una tupla, con sus paréntesis"
        f"{sin_alias}.",
        f"Pon paréntesis: `except ({clases}){alias}:`.",
    )


REGLAS = (
    regla(
        "SyntaxError",
        r"^'elif' block follows an 'else' block",
        lambda caso, _: tras_el_else(caso),
    ),
    regla(
        "SyntaxError",
        r"^expected 'else' after 'if' expression",
        frase(
            "A `valor if condición` le falta su `else`: qué valor dar si no se cumple.",
            "Completa la línea: `valor if condición else otro`.",
        ),
    ),
    regla(
        "SyntaxError",
        r"^cannot delete ",
        frase(
            "`del` borra variables y elementos (`del clientes[nombre]`), y eso no lo es.",
            "Para quitar de una lista, usa `remove`; para cerrar un socket, `close()`.",
        ),
    ),
    regla(
        "SyntaxError",
        r"^'.+' is an illegal expression for augmented assignment",
        frase(
            "A la izquierda de `+=` va una variable, que es la que cambia, y ahí hay otra cosa.",
            "Guarda antes el valor en una variable y cámbiala a ella: `texto += …`.",
        ),
    ),
    regla(
        "SyntaxError",
        r"^(?:wildcard|name capture '(\w+)') makes remaining patterns unreachable",
        lambda _, encaje: Explicacion(
            f"`case {encaje[1] or '_'}:` vale para cualquier cosa"
            + (" (un nombre suelto no compara: guarda)" if encaje[1] else "")
            + ", y los `case` de debajo no se mirarían nunca.",
            f'Si querías comparar, ponlo entre comillas: `case "{encaje[1]}":`. Si no, ponlo el '
            "último."
            if encaje[1]
            else "Pon `case _:` el último.",
        ),
    ),
    regla(
        "SyntaxError",
        r"^'yield from' inside async function",
        frase(
            "`yield from` no vale dentro de una función `async`.",
            "Recorre con un bucle: `for valor in valores:` y, dentro, `yield valor`.",
        ),
    ),
    regla("SyntaxError", r"^expected 'except' or 'finally' block", _try_solo),
    regla("SyntaxError", r"^'(await|async \w+)' outside (?:async )?function", _await_fuera),
    regla(
        "SyntaxError",
        r"^asynchronous comprehension outside",
        lambda caso, encaje: _await_fuera(caso, encaje),
    ),
    regla(
        "SyntaxError",
        r"^'(return|yield)' outside function",
        frase(
            "`{0}` solo vale dentro de una función, y esta línea no lo está.",
            "Mira la sangría: la línea debe estar dentro del `def`. Para terminar el programa, usa "
            "`sys.exit()`.",
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
    regla("SyntaxError", r"^multiple exception types must be parenthesized", _varios_errores),
)
