"""Un nombre que Python no conoce: `NameError` y `UnboundLocalError`."""

from __future__ import annotations

import builtins
import re
from collections.abc import Callable

from chatlab.corrector.diagnostico.explicaciones.caso import (
    Caso,
    Explicacion,
    como_en_python_2,
    con_el_cambio,
    parecido,
    regla,
)
from chatlab.corrector.diagnostico.explicaciones.modulos import (
    CONOCIDOS,
    es_de_python,
    habitual_de,
    miembros,
    modulo_con,
)
from chatlab.corrector.diagnostico.nodos import locales, nombres_de

_CONSTANTES = {
    "true": "True",
    "false": "False",
    "none": "None",
    "verdadero": "True",
    "falso": "False",
    "null": "None",
    "nil": "None",
    "nulo": "None",
}
_DE_PYTHON_2 = {
    "raw_input": "input",
    "xrange": "range",
    "unicode": "str",
    "basestring": "str",
    "unichr": "chr",
    "long": "int",
    "file": "open",
}
_DESCONOCIDO = "Python no conoce el nombre `{}`: nadie le ha dado un valor antes de esta línea."


def _explicar(caso: Caso, encaje: re.Match[str]) -> Explicacion | None:
    nombre = encaje[1]
    for intento in _INTENTOS:
        if explicacion := intento(caso, nombre):
            return explicacion
    return None


def _error_de_python_2(caso: Caso, nombre: str) -> Explicacion | None:
    """`except OSError, error:` desde Python 3.14: `error` se toma por otra clase de error."""
    antigua = re.match(r"except\s+([\w.]+)\s*,\s*(\w+)\s*:", caso.codigo)
    return como_en_python_2(antigua[1], nombre) if antigua and antigua[2] == nombre else None


def _compara_sin_querer(caso: Caso, nombre: str) -> Explicacion | None:
    """`puerto == 8000` en una línea sola."""
    escrita = re.match(rf"{nombre}\s*==\s*([^=].*)$", caso.codigo)
    if escrita is None:
        return None
    return Explicacion(
        f"`==` pregunta si dos cosas son iguales, y `{nombre}` aún no tiene ningún valor.",
        f"Para darle uno va un solo `=`: `{nombre} = {escrita[1]}`.",
    )


def _constante(_: Caso, nombre: str) -> Explicacion | None:
    buena = _CONSTANTES.get(nombre.lower())
    if buena is None:
        return None
    if buena.lower() != nombre.lower():
        return Explicacion(
            f"`{nombre}` es de otros lenguajes: Python lo toma por una variable que no existe.",
            f"En Python se escribe `{buena}`.",
        )
    como = ", con mayúscula" if buena.lower() == nombre else ""
    return Explicacion(
        f"Python distingue mayúsculas de minúsculas: `{buena}` es una palabra suya y `{nombre}` "
        "no es nada, así que lo toma por una variable que no existe.",
        f"En Python se escribe `{buena}`{como}.",
    )


def _de_python_2(caso: Caso, nombre: str) -> Explicacion | None:
    bueno = _DE_PYTHON_2.get(nombre)
    if bueno is None or nombre in caso.fuente.globales:
        return None
    return Explicacion(
        f"`{nombre}` era de Python 2; en Python 3 es `{bueno}`.",
        f"Escribe `{bueno}` donde pone `{nombre}`{con_el_cambio(caso.codigo, nombre, bueno)}.",
    )


def _orden_suelta(caso: Caso, nombre: str) -> Explicacion | None:
    """`brake`, solo en su línea: quería ser una orden de Python."""
    buena = parecido(nombre, ("break", "continue", "pass", "return"))
    if caso.codigo != nombre or buena is None:
        return None
    return Explicacion(
        f"Python toma `{nombre}` por una variable, que no existe; la orden que más se parece es "
        f"`{buena}`.",
        f"Escribe `{buena}` donde pone `{nombre}`.",
    )


def _nombre_del_programa(caso: Caso, nombre: str) -> Explicacion | None:
    if nombre.strip("_") not in ("name", "main") or not re.match(r"(el)?if\b.*main", caso.codigo):
        return None
    return Explicacion(
        f"Python llama `__name__` al nombre del programa, con dos guiones bajos a cada lado; "
        f"`{nombre}` sería una variable tuya, y no existe.",
        'Escribe `if __name__ == "__main__":`, con dos guiones bajos a cada lado.',
    )


def _yo_mismo(caso: Caso, nombre: str) -> Explicacion | None:
    if nombre != "self":
        return None
    donde = f"`{caso.funcion}`" if caso.funcion else "el método"
    return Explicacion(
        "`self` no es una palabra de Python: es el primer parámetro de cada método, y solo existe "
        "dentro de los que lo reciben.",
        f"Añade `self` como primer parámetro de {donde}: `def {caso.funcion or 'metodo'}(self, …):`"
        if caso.fuente.clase_en(caso.linea)
        else "Fuera de una clase no hay `self`: usa la variable que guarda el objeto.",
    )


def _metodo_propio(caso: Caso, nombre: str) -> Explicacion | None:
    clase = caso.fuente.clase_en(caso.linea)
    if clase is None or nombre not in nombres_de(clase.body):
        return None
    return Explicacion(
        f"`{nombre}` está dentro de la clase `{clase.name}`: desde un método hay que decir de qué "
        "objeto es.",
        f"Escribe `self.{nombre}`.",
    )


def _modulo_sin_importar(caso: Caso, nombre: str) -> Explicacion | None:
    atributo = re.search(rf"(?<![\w.]){re.escape(nombre)}\s*\.\s*(\w+)", caso.codigo)
    if atributo is None or not es_de_python(nombre):
        return None
    for alias, origen in caso.fuente.importados.items():
        if origen == nombre:
            return Explicacion(
                f"Importaste `{nombre}` con otro nombre: `import {nombre} as {alias}`.",
                f"Escribe `{alias}.{atributo[1]}`, o importa con `import {nombre}`.",
            )
    trozos = any(origen.startswith(f"{nombre}.") for origen in caso.fuente.importados.values())
    return Explicacion(
        f"Con `from {nombre} import …` solo tienes lo que nombras ahí: `{nombre}` entero, no."
        if trozos
        else f"`{nombre}` es un módulo de Python, y un módulo se importa antes de usarlo.",
        f"Añade `import {nombre}` al principio del archivo.",
    )


def _miembro_sin_modulo(caso: Caso, nombre: str) -> Explicacion | None:
    importados = {origen for origen in caso.fuente.importados.values() if origen in CONOCIDOS}
    modulo = modulo_con(nombre, importados) or habitual_de(nombre)
    if modulo is None:
        return None
    if modulo in importados:
        alias = next(a for a, origen in caso.fuente.importados.items() if origen == modulo)
        return Explicacion(
            f"`{nombre}` está dentro del módulo `{modulo}`: hay que decirlo delante.",
            f"Escribe `{alias}.{nombre}`.",
        )
    return Explicacion(
        f"`{nombre}` está en el módulo `{modulo}`, que este archivo no ha importado.",
        f"Añade `from {modulo} import {nombre}` al principio del archivo.",
    )


def _se_define_despues(caso: Caso, nombre: str) -> Explicacion | None:
    linea = caso.fuente.globales.get(nombre)
    if linea is None:
        return None
    usada = next(
        (m.linea for m in caso.rastro.marcos if m.funcion == "<module>"), caso.linea or linea
    )
    if linea < usada:
        return Explicacion(
            f"La línea {linea} da valor a `{nombre}`, pero el programa no ha pasado por ella: está "
            "dentro de un `if`, un `try` o una función.",
            f"Da un valor a `{nombre}` antes, fuera de todo bloque.",
        )
    return Explicacion(
        f"Python lee de arriba abajo, y `{nombre}` no aparece hasta la línea {linea}: cuando se "
        "usa, aún no existe.",
        f"Pon la línea {linea}, la que define `{nombre}`, por encima de la que lo usa.",
    )


def _de_otra_funcion(caso: Caso, nombre: str) -> Explicacion | None:
    aqui = caso.fuente.funcion_en(caso.linea)
    for funcion in caso.fuente.funciones:
        if funcion is not aqui and nombre in locales(funcion):
            return Explicacion(
                f"`{nombre}` existe solo dentro de la función `{funcion.name}`: las variables de "
                "una función no se ven desde fuera de ella.",
                f"Pasa `{nombre}` como parámetro"
                + (f" a `{aqui.name}`." if aqui else f", o devuélvelo con `return {nombre}`."),
            )
    return None


def _parecido(caso: Caso, nombre: str) -> Explicacion | None:
    # Antes los suyos: por `port` se quiso decir `puerto`, y no `property`.
    bueno = parecido(nombre, _propios(caso)) or parecido(nombre, _visibles(caso))
    if bueno is None and caso.sugerido.isidentifier() and len(nombre) > 2:
        bueno = caso.sugerido
    if bueno is None:
        return None
    if bueno in CONOCIDOS and bueno not in caso.fuente.importados:
        arreglo = f"El módulo se llama `{bueno}`: escríbelo así y añade `import {bueno}` arriba."
    else:
        cambio = con_el_cambio(caso.codigo, nombre, bueno)
        arreglo = f"Escribe `{bueno}` donde pone `{nombre}`{cambio}."
    return Explicacion(
        f"{_DESCONOCIDO.format(nombre)} Lo más parecido que existe es `{bueno}`.", arreglo
    )


def _propios(caso: Caso) -> set[str]:
    """Los nombres del alumno que se pueden usar en la línea del error."""
    funcion = caso.fuente.funcion_en(caso.linea)
    suyos = set(locales(funcion)) if funcion is not None else set()
    return {*caso.fuente.globales, *caso.fuente.importados, *suyos}


def _visibles(caso: Caso) -> set[str]:
    """Los nombres que se pueden usar en la línea del error."""
    fuente = caso.fuente
    nombres = {*_propios(caso), *dir(builtins)}
    for modulo in fuente.con_asterisco:
        nombres |= miembros(modulo)
    if re.search(r"\w\s*\.\s*\w", caso.codigo):
        nombres |= set(CONOCIDOS)
    return nombres if fuente.arbol else nombres | fuente.palabras


def _sin_pistas(_: Caso, nombre: str) -> Explicacion:
    return Explicacion(
        _DESCONOCIDO.format(nombre),
        f"Da un valor a `{nombre}` antes de usarlo; si es un texto, ponlo entre comillas: "
        f'`"{nombre}"`.',
    )


_INTENTOS: tuple[Callable[[Caso, str], Explicacion | None], ...] = (
    _error_de_python_2,
    _compara_sin_querer,
    _constante,
    _de_python_2,
    _orden_suelta,
    _nombre_del_programa,
    _yo_mismo,
    _metodo_propio,
    _modulo_sin_importar,
    _miembro_sin_modulo,
    _se_define_despues,
    _de_otra_funcion,
    _parecido,
    _sin_pistas,
)


REGLAS = (regla("NameError", r"^name '(\w+)' is not defined", _explicar),)
