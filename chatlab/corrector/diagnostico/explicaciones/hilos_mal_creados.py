"""Un hilo creado con lo que no es: el error salta dentro de `threading`, lejos de la falta."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from chatlab.corrector.diagnostico.explicaciones.caso import (
    Caso,
    Explicacion,
    frase,
    palabras,
    regla,
)
from chatlab.corrector.diagnostico.fuente import Fuente
from chatlab.corrector.diagnostico.nodos import argumento, texto_de, ultimo_nombre

#: Lo que ejecuta una función más tarde, en otra parte.
EJECUTORES = palabras("Thread Timer Process")


def hilos_creados(caso: Caso, destino: str = "") -> Iterator[tuple[Fuente, ast.Call]]:
    """Las llamadas a `Thread` del alumno; con `destino`, solo las que ejecutan esa función."""
    for fuente in caso.fuentes:
        for llamada in fuente.llamadas:
            if ultimo_nombre(llamada.func) in EJECUTORES:
                objetivo = objetivo_de(llamada)
                if not destino or (objetivo and ultimo_nombre(objetivo) == destino):
                    yield fuente, llamada


def objetivo_de(llamada: ast.Call) -> ast.expr | None:
    """Lo que ejecutará un hilo: `target` en `Thread`, lo segundo en `Timer`."""
    segundo = llamada.args[1] if len(llamada.args) > 1 else None
    return argumento(llamada, "target") or argumento(llamada, "function") or segundo


def falta_una_coma(caso: Caso, destino: str) -> Explicacion | None:
    """`args=(cliente)`: unos paréntesis sin coma no hacen una tupla."""
    for fuente, llamada in hilos_creados(caso, destino):
        args = argumento(llamada, "args")
        if args is not None and not isinstance(args, ast.Tuple | ast.List | ast.Starred):
            uno = texto_de(args)
            return Explicacion(
                f"`args` debe ser una tupla. `({uno})` es solo `{uno}` entre paréntesis: lo que "
                "hace la tupla es la coma.",
                f"Añade la coma: `args=({uno},)`.",
            ).en(fuente, llamada.lineno)
    return None


def explicar_llamada_en_el_acto(objetivo: ast.Call) -> Explicacion:
    """`target=atender(cliente)`: la función se ejecuta al crear el hilo, y no en él."""
    dados = ", ".join(texto_de(valor) for valor in objetivo.args)
    coma = "," if len(objetivo.args) == 1 else ""
    args = f", args=({dados}{coma})" if dados else ""
    return Explicacion(
        f"Los paréntesis de `{texto_de(objetivo)}` llaman a la función en el acto, antes de crear "
        "el hilo, y el hilo recibe lo que devuelve.",
        f"Da la función sin paréntesis: `target={texto_de(objetivo.func)}{args}`.",
    )


def _no_es_iterable(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    return falta_una_coma(caso, encaje[1] or _funcion_del_hilo(caso)) or Explicacion(
        f"Detrás de `*` debe ir una lista o una tupla, y hay un `{encaje[2]}`.",
        "Si es el `args` de un hilo, lleva coma: `args=(cliente,)`.",
    )


def _funcion_del_hilo(caso: Caso) -> str:
    """«atender» si el error es del hilo «Thread-1 (atender)»: desde 3.15 el mensaje no la dice."""
    entre = re.search(r"\((\w+)\)$", caso.rastro.hilo)
    return entre[1] if entre else ""


def _no_es_diccionario(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    explicacion = Explicacion(
        f"Detrás de `**`, o en el `kwargs` de un hilo, va un diccionario, y hay un `{encaje[1]}`.",
        "Los valores sin nombre van en `args=(valor,)`; en `kwargs`, con él: "
        '`kwargs={"nombre": valor}`.',
    )
    for fuente, llamada in hilos_creados(caso) if caso.linea is None else ():
        if argumento(llamada, "kwargs") is not None:
            return explicacion.en(fuente, llamada.lineno)
    return explicacion


REGLAS = (
    regla(
        "TypeError",
        r"^(?:(?:[\w.<>]+\.)?(\w+)\(\) argument|Value) after \* must be an iterable, not ([\w.]+)",
        _no_es_iterable,
    ),
    regla(
        "TypeError",
        r"(?:argument|Value) after \*\* must be a mapping, not ([\w.]+)",
        _no_es_diccionario,
    ),
    regla(
        "AssertionError",
        r"^group argument must be None",
        frase(
            "El primer parámetro de `Thread` no es la función: si no dices qué es cada cosa, la "
            "toma por otro (`group`).",
            "Di los nombres: `threading.Thread(target=funcion, args=(dato,))`.",
        ),
    ),
)
