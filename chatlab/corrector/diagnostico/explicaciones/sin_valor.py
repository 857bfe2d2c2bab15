"""Una variable que existe, pero aún no tiene valor: `UnboundLocalError`, sobre todo."""

from __future__ import annotations

import ast
import re

from chatlab.corrector.diagnostico.explicaciones.caso import Caso, Explicacion, frase, regla
from chatlab.corrector.diagnostico.nodos import nombres_de


def _sin_valor_en_la_funcion(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    nombre = encaje[1]
    funcion = caso.fuente.funcion_en(caso.linea)
    donde = f"`{funcion.name}`" if funcion else "la función"
    es_global = caso.fuente.arbol is not None and nombre in nombres_de(caso.fuente.arbol.body)
    if es_global:
        return Explicacion(
            f"{donde} da un valor a `{nombre}`, y por eso Python la toma por una variable suya, "
            "nueva y aún vacía, en vez de la de fuera.",
            f"Añade `global {nombre}` como primera línea de {donde}.",
        )
    if any(isinstance(n, ast.ExceptHandler) and n.name == nombre for n in caso.fuente.nodos):
        return Explicacion(
            f"Python borra `{nombre}` al acabar su `except`: fuera de él ya no existe.",
            f"Úsalo dentro del `except`, o guárdalo allí en otra variable: `error = {nombre}`.",
        )
    linea = _linea_que_da_valor(funcion, nombre)
    return Explicacion(
        f"`{nombre}` solo recibe un valor en un camino"
        + (f" (línea {linea})" if linea else "")
        + " por el que el programa no ha pasado: un `if`, un `try` o un bucle que no llegó ahí.",
        f"Da un valor a `{nombre}` al principio de {donde}, antes del `if` o del `try`.",
    )


def _linea_que_da_valor(funcion: ast.AST | None, nombre: str) -> int | None:
    nodos = ast.walk(funcion) if funcion else iter(())
    lineas = (
        nodo.lineno
        for nodo in nodos
        if isinstance(nodo, ast.Name) and nodo.id == nombre and isinstance(nodo.ctx, ast.Store)
    )
    return min(lineas, default=None)


REGLAS = (
    regla("UnboundLocalError", r"variable '(\w+)'", _sin_valor_en_la_funcion),
    regla(
        "NameError",
        r"free variable '(\w+)'",
        frase(
            "`{0}` es de la función de fuera, que aún no le ha dado valor cuando se usa aquí.",
            "Da un valor a `{0}` antes de llamar a la función de dentro.",
        ),
    ),
)
