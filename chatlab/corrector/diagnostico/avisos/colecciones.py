"""En qué colecciones guarda un programa sus conexiones: de ahí hay que quitar a quien se va."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from chatlab.corrector.diagnostico.fuente import Fuente
from chatlab.corrector.diagnostico.nodos import receptor, texto_de, ultimo_nombre

_ACEPTAN = ("accept", "sock_accept")
#: Los métodos de un socket que lo delatan: a un nombre que los usa se le llama conexión.
_DE_CONEXION = ("recv", "send", "sendall")


def llamadas_a(fuente: Fuente, *metodos: str) -> list[ast.Call]:
    """Las llamadas a unos métodos: `algo.metodo(…)`."""
    return [
        llamada
        for llamada in fuente.llamadas
        if isinstance(llamada.func, ast.Attribute) and llamada.func.attr in metodos
    ]


def conexiones(fuente: Fuente) -> set[str]:
    """Los nombres que guardan un socket: los que reciben, envían o salen de `accept`."""
    nombres = {receptor(llamada) for llamada in llamadas_a(fuente, *_DE_CONEXION)}
    for nodo in fuente.nodos:
        match nodo:
            case ast.Assign(targets=[destino], value=valor) if acepta(valor):
                nombres.add(texto_de(_primero(destino)))
    return nombres - {""}


def acepta(valor: ast.expr) -> bool:
    """Dice si una expresión es un `accept`, también el que se espera con `await`."""
    llamada = valor.value if isinstance(valor, ast.Await) else valor
    return isinstance(llamada, ast.Call) and ultimo_nombre(llamada.func) in _ACEPTAN


def recien_aceptadas(nodos: Sequence[ast.AST]) -> set[str]:
    """Los nombres que reciben una conexión de `accept` en esos nodos."""
    return {
        texto_de(_primero(nodo.targets[0]))
        for nodo in nodos
        if isinstance(nodo, ast.Assign) and acepta(nodo.value)
    }


def _primero(destino: ast.expr) -> ast.expr:
    return destino.elts[0] if isinstance(destino, ast.Tuple) and destino.elts else destino


def con_conexiones(fuente: Fuente) -> dict[str, int]:
    """Las colecciones en que el programa mete conexiones, y la primera línea en que lo hace."""
    suyas = conexiones(fuente)
    colecciones: dict[str, int] = {}
    for coleccion, linea, metido in _lo_que_se_guarda(fuente):
        if metido & suyas:
            colecciones.setdefault(coleccion, linea)
    return colecciones


def _lo_que_se_guarda(fuente: Fuente) -> Iterator[tuple[str, int, set[str]]]:
    """Cada vez que se mete algo en una colección: cuál, en qué línea y qué nombres lleva."""
    for nodo in fuente.nodos:
        match nodo:
            case ast.Call(func=ast.Attribute(attr="append" | "add" | "insert", value=lista)):
                yield texto_de(lista), nodo.lineno, _nombres_en(nodo.args)
            case ast.Assign(targets=[ast.Subscript(value=lista, slice=clave)], value=valor):
                yield texto_de(lista), nodo.lineno, _nombres_en([clave, valor])


def _nombres_en(expresiones: Sequence[ast.expr]) -> set[str]:
    """Los nombres de unas expresiones, sueltos o dentro de una tupla."""
    return {
        texto_de(nodo)
        for expresion in expresiones
        for nodo in (expresion.elts if isinstance(expresion, ast.Tuple) else [expresion])
    }
