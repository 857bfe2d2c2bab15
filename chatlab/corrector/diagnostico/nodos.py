"""Preguntas sobre los nodos de un árbol de Python (`ast`)."""

from __future__ import annotations

import ast
from collections.abc import Container, Iterable, Iterator

Funcion = ast.FunctionDef | ast.AsyncFunctionDef


def contiene(nodo: ast.stmt, linea: int | None) -> bool:
    """Dice si una línea está dentro de una sentencia."""
    return linea is not None and nodo.lineno <= linea <= (nodo.end_lineno or nodo.lineno)


def texto_de(nodo: ast.AST | None) -> str:
    """El código de un nodo, en una línea: «self.clientes»."""
    if nodo is None:
        return ""
    try:
        return " ".join(ast.unparse(nodo).split())
    except (RecursionError, ValueError):
        return ""


def ultimo_nombre(nodo: ast.AST) -> str:
    """«Thread» en `Thread` y en `threading.Thread`; vacío si no es un nombre."""
    if isinstance(nodo, ast.Attribute):
        return nodo.attr
    return nodo.id if isinstance(nodo, ast.Name) else ""


def cabecera(manejador: ast.ExceptHandler) -> str:
    """«except OSError:», sin el nombre que se dé al error."""
    return f"except {texto_de(manejador.type)}:" if manejador.type else "except:"


def receptor(llamada: ast.Call) -> str:
    """«cliente» en `cliente.send(…)`; vacío en `print(…)`."""
    return texto_de(llamada.func.value) if isinstance(llamada.func, ast.Attribute) else ""


def los_que_guardan(nodos: Iterable[ast.AST], clases: Container[str]) -> set[str]:
    """Los nombres a los que se da un objeto nuevo de esas clases: «candado», «self.candado»."""
    return {
        texto_de(destino)
        for nodo in nodos
        if isinstance(nodo, ast.Assign)
        and isinstance(nodo.value, ast.Call)
        and ultimo_nombre(nodo.value.func) in clases
        for destino in nodo.targets
    }


def argumento(llamada: ast.Call, nombre: str) -> ast.expr | None:
    """El valor que se da a un parámetro por su nombre."""
    return next((clave.value for clave in llamada.keywords if clave.arg == nombre), None)


def declarados(funcion: Funcion, tipo: type[ast.Global] | type[ast.Nonlocal]) -> set[str]:
    """Los nombres de las sentencias `global` o `nonlocal` de una función."""
    nodos = (nodo for nodo in ast.walk(funcion) if isinstance(nodo, tipo))
    return {nombre for nodo in nodos for nombre in nodo.names}


def parametros(funcion: Funcion) -> list[str]:
    """Los nombres de los parámetros de una función, en orden."""
    todos = funcion.args
    sueltos = [parametro for parametro in (todos.vararg, todos.kwarg) if parametro]
    return [p.arg for p in (*todos.posonlyargs, *todos.args, *todos.kwonlyargs, *sueltos)]


def locales(funcion: Funcion) -> dict[str, int]:
    """Los nombres de una función, con los parámetros, y la primera línea de cada uno."""
    propios = nombres_de(funcion.body)
    ajenos = declarados(funcion, ast.Global)
    return {
        **dict.fromkeys(parametros(funcion), funcion.lineno),
        **{nombre: linea for nombre, linea in propios.items() if nombre not in ajenos},
    }


def nombres_de(cuerpo: list[ast.stmt]) -> dict[str, int]:
    """Los nombres a los que un bloque da valor, sin entrar en sus funciones ni en sus clases."""
    nombres: dict[str, int] = {}
    for nodo in mismo_ambito(cuerpo):
        for nombre in _nombres_que_crea(nodo):
            linea = getattr(nodo, "lineno", 0)
            nombres[nombre] = min(nombres.get(nombre, linea), linea)
    return nombres


def mismo_ambito(cuerpo: list[ast.stmt]) -> Iterator[ast.AST]:
    """Los nodos de un bloque, en orden, sin lo que hay dentro de sus funciones y clases."""
    pendientes: list[ast.AST] = list(reversed(cuerpo))
    while pendientes:
        nodo = pendientes.pop()
        yield nodo
        if not isinstance(nodo, Funcion | ast.ClassDef | ast.Lambda):
            pendientes.extend(reversed(list(ast.iter_child_nodes(nodo))))


def bloques(cuerpo: list[ast.stmt]) -> Iterator[list[ast.stmt]]:
    """Un bloque y los que hay dentro de él, sin entrar en sus funciones ni en sus clases."""
    yield cuerpo
    for nodo in mismo_ambito(cuerpo):
        if not isinstance(nodo, Funcion | ast.ClassDef):
            for campo in ("body", "orelse", "finalbody"):
                bloque = getattr(nodo, campo, None)
                if isinstance(bloque, list) and bloque:
                    yield bloque


def _nombres_que_crea(nodo: ast.AST) -> list[str]:
    match nodo:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return [nodo.name]
        case ast.Name(ctx=ast.Store()):
            return [nodo.id]
        case ast.Import() | ast.ImportFrom():
            return [alias.asname or alias.name.split(".")[0] for alias in nodo.names]
        case ast.ExceptHandler(name=str(nombre)):
            return [nombre]
        case _:
            return []
