"""De dónde sale un `None`: la variable, el método o la función que no devuelve nada."""

from __future__ import annotations

import ast
import re

from chatlab.corrector.diagnostico.explicaciones.caso import Caso, Explicacion, palabras, regla
from chatlab.corrector.diagnostico.nodos import (
    Funcion,
    mismo_ambito,
    parametros,
    texto_de,
    ultimo_nombre,
)

#: Métodos y funciones que hacen su trabajo y devuelven None.
_SIN_RESULTADO = palabras(
    "start join append extend insert remove clear sort reverse update add discard bind listen "
    "connect close sendall setsockopt settimeout setblocking shutdown print release put sleep"
)


def explicar_none(caso: Caso, variable: str) -> Explicacion:
    """Explica un error en una variable que vale None, buscando quién le dio ese valor."""
    if variable == "None":
        variable = ""
    for intento in (_de_una_llamada, _de_una_constante, _de_un_parametro):
        if explicacion := intento(caso, variable):
            return explicacion
    quien = f"`{variable}`" if variable else "Lo que usas ahí"
    return Explicacion(
        f"{quien} vale `None`, que significa «nada»: casi siempre es el resultado de algo que no "
        "devuelve ningún valor.",
        f"Mira en qué línea se da valor a {quien} y qué devuelve lo que hay a la derecha del `=`."
        if variable
        else "Mira qué devuelve la función que llamas en esta línea.",
    )


def _de_una_llamada(caso: Caso, variable: str) -> Explicacion | None:
    directa = re.match(r"(\w+)\(", variable)
    for funcion in caso.fuente.funciones if directa else ():
        if directa and funcion.name == directa[1] and not _devuelve_algo(funcion):
            return Explicacion(
                f"`{variable}` da `None` porque la función `{funcion.name}` no devuelve nada.",
                f"Termina `{funcion.name}` con un `return`: ahora no tiene ninguno con valor.",
            ).en(caso.fuente, funcion.lineno)
    encadenada = re.fullmatch(r"([\w.]+)\.(\w+)\(.*\)", variable)
    if encadenada and encadenada[2] in _SIN_RESULTADO:
        return Explicacion(
            f"`{encadenada[2]}` hace su trabajo y no devuelve nada: detrás de él no hay nada a lo "
            "que pedir otra cosa.",
            f"Hazlo en dos líneas: `{variable}` y, debajo, lo que va detrás, con `{encadenada[1]}` "
            "delante.",
        )
    for valor, linea in _valores(caso, variable):
        metodo = ultimo_nombre(valor.func) if isinstance(valor, ast.Call) else ""
        if isinstance(valor, ast.Call) and metodo in _SIN_RESULTADO:
            return _metodo_sin_resultado(valor, metodo, variable).en(caso.fuente, linea)
        for funcion in caso.fuente.funciones:
            if funcion.name == metodo and not _devuelve_algo(funcion):
                return Explicacion(
                    f"`{variable}` vale `None` porque la función `{metodo}` no devuelve nada.",
                    f"Termina `{metodo}` con un `return`: ahora no tiene ninguno con valor.",
                ).en(caso.fuente, funcion.lineno)
    return None


def _de_una_constante(caso: Caso, variable: str) -> Explicacion | None:
    for valor, linea in _valores(caso, variable):
        if isinstance(valor, ast.Constant) and valor.value is None:
            return Explicacion(
                f"`{variable}` vale `None` desde la línea {linea}, y nadie le ha dado otro valor "
                "antes de usarla.",
                f"Da su valor a `{variable}` antes, o comprueba `if {variable} is not None:`.",
            )
    return None


def _de_un_parametro(caso: Caso, variable: str) -> Explicacion | None:
    funcion = caso.fuente.funcion_en(caso.linea)
    if funcion is None or variable not in parametros(funcion):
        return None
    return Explicacion(
        f"`{variable}` es un parámetro de `{funcion.name}`, y quien la llamó le dio `None`.",
        f"Mira qué le da a `{variable}` la línea que llama a `{funcion.name}`.",
    )


def _valores(caso: Caso, variable: str) -> list[tuple[ast.expr, int]]:
    """Lo que el archivo asigna a una variable, y en qué líneas."""
    return [
        (nodo.value, nodo.lineno)
        for nodo in caso.fuente.nodos
        if isinstance(nodo, ast.Assign)
        and variable
        and any(texto_de(destino) == variable for destino in nodo.targets)
    ]


def _metodo_sin_resultado(llamada: ast.Call, metodo: str, variable: str) -> Explicacion:
    objeto = llamada.func.value if isinstance(llamada.func, ast.Attribute) else None
    if isinstance(objeto, ast.Call):
        nueva = f"`{variable} = {_corto(objeto)}` y, debajo, `{variable}.{metodo}(…)`"
        arreglo = (
            f"Hazlo en dos líneas: {nueva.replace('(…)', '()') if metodo == 'start' else nueva}."
        )
    else:
        arreglo = f"Quita `{variable} =`: deja solo `{texto_de(llamada)}`."
    return Explicacion(
        f"`{metodo}` hace su trabajo y no devuelve nada: por eso `{variable}` vale `None`.", arreglo
    )


def _corto(llamada: ast.Call) -> str:
    return f"{texto_de(llamada.func)}(…)" if llamada.args or llamada.keywords else texto_de(llamada)


def _devuelve_algo(funcion: Funcion) -> bool:
    return any(
        isinstance(nodo, ast.Return | ast.Yield | ast.YieldFrom) and nodo.value is not None
        for nodo in mismo_ambito(funcion.body)
    )


def _atributo(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    return explicar_none(caso, caso.receptor_de(encaje[1]))


def _indice(caso: Caso, _: re.Match[str]) -> Explicacion:
    escrito = re.search(r"([\w.]+)\s*\[", caso.codigo)
    return explicar_none(caso, escrito[1] if escrito else "")


def _recorrido(caso: Caso, _: re.Match[str]) -> Explicacion:
    escrito = re.search(r"\bin\s+([\w.]+)", caso.codigo) or re.search(r"=\s*([\w.]+)$", caso.codigo)
    return explicar_none(caso, escrito[1] if escrito else "")


REGLAS = (
    regla("AttributeError", r"^'NoneType' object has no attribute '(\w+)'", _atributo),
    regla(
        "TypeError", r"^'NoneType' object (?:is not subscriptable|does not support item)", _indice
    ),
    regla("TypeError", r"'NoneType'(?: object)? is not iterable|non-iterable NoneType", _recorrido),
)
