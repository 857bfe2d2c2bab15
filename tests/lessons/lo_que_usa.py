"""Los nombres que usa un programa, y los que nombra un texto, para compararlos con las ideas."""

from __future__ import annotations

import ast
import re

#: Las palabras de Python que no todo el mundo conoce, por el nodo del árbol que las lleva.
_PALABRAS = {
    ast.With: "with",
    ast.AsyncWith: "async",
    ast.AsyncFor: "async",
    ast.AsyncFunctionDef: "async",
    ast.Await: "await",
    ast.Try: "try",
    ast.Raise: "raise",
    ast.Break: "break",
    ast.Continue: "continue",
    ast.Delete: "del",
    ast.Yield: "yield",
    ast.Lambda: "lambda",
    ast.Global: "global",
    ast.Nonlocal: "nonlocal",
    ast.ClassDef: "class",
}
_CODIGO = re.compile(r"`([^`]+)`")
_TAREA = re.compile(r"^ *# TAREA \d+: .*\n(?: *# (?!Fin).*\n)*", re.MULTILINE)


def nombres_de(programa: str, *, sin: frozenset[str] = frozenset()) -> set[str]:
    """Lo que usa y no define él, ni está en `sin`: llamadas, atributos, argumentos y palabras."""
    arbol = ast.parse(programa)
    definidos = definidos_en(programa) | sin
    usados: set[str] = set()
    for nodo in ast.walk(arbol):
        usados |= _de_un_nodo(nodo)
    return {nombre for nombre in usados if nombre.removesuffix("=") not in definidos}


def _de_un_nodo(nodo: ast.AST) -> set[str]:
    match nodo:
        case ast.Name(id=nombre) | ast.Attribute(attr=nombre):
            return {nombre}
        case ast.keyword(arg=str(nombre)):
            return {f"{nombre}="}
        case ast.Import(names=modulos):
            return {modulo.name for modulo in modulos}
        case ast.ImportFrom(module=str(modulo), names=cosas):
            return {modulo, *(cosa.name for cosa in cosas)}
        case ast.Try(finalbody=[_, *_]):
            return {"try", "finally"}
    return {_PALABRAS[type(nodo)]} if type(nodo) in _PALABRAS else set()


def definidos_en(programa: str) -> frozenset[str]:
    """Los nombres que un programa pone él mismo: variables, funciones, argumentos y atributos."""
    definidos = {"__name__", "__file__"}
    for nodo in ast.walk(ast.parse(programa)):
        match nodo:
            case ast.FunctionDef(name=nombre) | ast.AsyncFunctionDef(name=nombre):
                definidos.add(nombre)
            case ast.ClassDef(name=nombre) | ast.arg(arg=nombre):
                definidos.add(nombre)
            case ast.Name(id=nombre, ctx=ast.Store()) | ast.Attribute(attr=nombre, ctx=ast.Store()):
                definidos.add(nombre)
    return frozenset(definidos)


def tareas_de(programa: str) -> list[str]:
    """Los textos de las TAREAS de un programa, sin las almohadillas."""
    return [
        " ".join(linea.strip().removeprefix("# ") for linea in tarea.splitlines())
        for tarea in _TAREA.findall(programa)
    ]


def llamados_en(texto: str) -> set[str]:
    """Los que, en lo que está entre acentos graves, se llaman o van detrás de un punto."""
    return {
        nombre
        for codigo in _CODIGO.findall(texto)
        for nombre in re.findall(r"\b[^\W\d]\w*(?=\()|(?<=\w\.)[^\W\d]\w*", codigo)
    }
