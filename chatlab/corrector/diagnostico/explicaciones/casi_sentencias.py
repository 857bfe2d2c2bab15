"""Líneas a las que les falta o les sobra algo, y de las que Python solo dice «invalid syntax»."""

from __future__ import annotations

import re

from chatlab.corrector.diagnostico.explicaciones.caso import Caso, Explicacion


def _flecha_suelta(caso: Caso) -> Explicacion | None:
    """`x := 3`."""
    escrita = re.match(r"(\w+)\s*:=\s*(.+)$", caso.codigo)
    if escrita is None:
        return None
    return Explicacion(
        "`:=` da un valor dentro de otra cosa, como la condición de un `while`; en una línea sola "
        "se usa `=`.",
        f"Escribe `{escrita[1]} = {escrita[2]}`.",
    )


def _except_sin_as(caso: Caso) -> Explicacion | None:
    """`except OSError e:`."""
    escrito = re.match(r"except\s+([\w.]+|\([^()]*\))\s+(?!as\b)(\w+)\s*:", caso.codigo)
    if escrito is None:
        return None
    return Explicacion(
        "Entre la clase del error y el nombre que se le da va `as`.",
        f"Escribe `except {escrito[1]} as {escrito[2]}:`.",
    )


def _punto_y_coma(caso: Caso) -> Explicacion | None:
    """`for c in clientes;`."""
    escrita = re.match(r"(if|elif|else|while|for|def|class|try|except|finally|with)\b", caso.codigo)
    if escrita is None or not re.search(r";\s*$", caso.codigo):
        return None
    return no_es_punto_y_coma(caso.codigo)


def no_es_punto_y_coma(codigo: str) -> Explicacion:
    """La línea que abre un bloque, acabada en `;`."""
    return Explicacion(
        "La línea que abre un bloque acaba en dos puntos, y no en punto y coma.",
        f"Cambia el `;` por `:`: `{codigo.rstrip('; ')}:`.",
    )


def _decorador_suelto(caso: Caso) -> Explicacion | None:
    """Un `@decorador` al que no sigue una función, visto desde él o desde la línea siguiente."""
    if caso.linea is None or re.match(r"(?:async\s+)?def\b|class\b|@\w", caso.codigo):
        return None
    encima = caso.fuente.linea(caso.linea - 1) if caso.linea > 1 else ""
    if not (re.match(r"@\s*$", caso.codigo) or re.match(r"@\w", encima)):
        return None
    return Explicacion(
        "Una línea que empieza por `@` va justo encima de un `def` o de una `class`, con el nombre "
        "de lo que los cambia.",
        "Quita la línea del `@`, o pon debajo la función.",
    )


#: En orden: vale el primero que contesta.
INTENTOS = (_flecha_suelta, _except_sin_as, _punto_y_coma, _decorador_suelto)
