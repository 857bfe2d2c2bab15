"""Una variable de una función que tapa a otra de fuera con su mismo nombre: falta `global`.

En Python, dar valor a un nombre dentro de una función crea una variable de esa función.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from chatlab.corrector.diagnostico.avisos.aviso import Aviso, Gravedad
from chatlab.corrector.diagnostico.fuente import Fuente
from chatlab.corrector.diagnostico.hallazgo import Grado
from chatlab.corrector.diagnostico.nodos import Funcion, declarados, mismo_ambito, parametros
from chatlab.corrector.diagnostico.que_pasa import Pasa

#: Con lo que se guarda algo en una lista, un conjunto o un diccionario.
_GUARDAN = frozenset({"append", "add", "insert", "extend", "update", "setdefault", "remove"})


def avisar(fuente: Fuente) -> Iterator[Aviso]:
    """Un aviso por cada señal o lista de fuera que una función cree cambiar."""
    assert fuente.arbol is not None, "solo se mira lo que se ha podido leer"
    de_fuera = {destino.id for destino, _ in _asignados(mismo_ambito(fuente.arbol.body))}
    for funcion in fuente.funciones:
        nodos = list(mismo_ambito(funcion.body))
        suyos = declarados(funcion, ast.Global) | declarados(funcion, ast.Nonlocal)
        suyos |= set(parametros(funcion))
        for destino, valor in _asignados(nodos):
            nombre = destino.id
            if (
                nombre not in de_fuera
                or nombre in suyos
                or not _lo_usa_otra(fuente, funcion, nombre)
            ):
                continue
            if _es_senal(valor) and not _se_lee(nodos, nombre):
                yield _aviso(fuente, funcion, destino, Pasa.ALGUIEN_SE_VA)
            elif _esta_vacia(valor) and _solo_guarda(nodos, nombre):
                yield _aviso(fuente, funcion, destino, None)


def _asignados(nodos: Iterator[ast.AST] | list[ast.AST]) -> Iterator[tuple[ast.Name, ast.expr]]:
    for nodo in nodos:
        if isinstance(nodo, ast.Assign) and len(nodo.targets) == 1:
            destino = nodo.targets[0]
            if isinstance(destino, ast.Name):
                yield destino, nodo.value


def _lo_usa_otra(fuente: Fuente, funcion: Funcion, nombre: str) -> bool:
    """Si otra función lee el de fuera, y no tiene uno suyo."""
    for otra in fuente.funciones:
        if otra is funcion or nombre in parametros(otra):
            continue
        nodos = list(mismo_ambito(otra.body))
        es_suyo = any(destino.id == nombre for destino, _ in _asignados(nodos))
        if _se_lee(nodos, nombre) and (not es_suyo or nombre in declarados(otra, ast.Global)):
            return True
    return False


def _se_lee(nodos: list[ast.AST], nombre: str) -> bool:
    return any(
        isinstance(nodo, ast.Name) and nodo.id == nombre and isinstance(nodo.ctx, ast.Load)
        for nodo in nodos
    )


def _es_senal(valor: ast.expr) -> bool:
    return isinstance(valor, ast.Constant) and isinstance(valor.value, bool)


def _esta_vacia(valor: ast.expr) -> bool:
    return ast.unparse(valor) in ("[]", "{}", "set()", "list()", "dict()")


def _solo_guarda(nodos: list[ast.AST], nombre: str) -> bool:
    """Si todo lo que hace con él es guardar algo que luego nadie de aquí mira."""
    usos = [nodo for nodo in nodos if isinstance(nodo, ast.Name) and nodo.id == nombre]
    guardan = {
        nodo.func.value
        for nodo in nodos
        if isinstance(nodo, ast.Call)
        and isinstance(nodo.func, ast.Attribute)
        and nodo.func.attr in _GUARDAN
    }
    guardan |= {
        nodo.value
        for nodo in nodos
        if isinstance(nodo, ast.Subscript) and isinstance(nodo.ctx, ast.Store)
    }
    leidos = [uso for uso in usos if isinstance(uso.ctx, ast.Load)]
    return bool(leidos) and all(uso in guardan for uso in leidos)


def _aviso(fuente: Fuente, funcion: Funcion, destino: ast.Name, solo_explica: Pasa | None) -> Aviso:
    return Aviso(
        fuente.nombre,
        destino.lineno,
        Gravedad.FALLARA,
        f"aquí nace otra `{destino.id}`, de `{funcion.name}`: la de fuera, que usan las demás "
        "funciones, no cambia.",
        solo_explica=solo_explica,
        grado=Grado.SE_SIGUE,
        arreglo=f"Añade `global {destino.id}` como primera línea de `{funcion.name}`"
        + ("." if solo_explica else ", o quita esta línea."),
    )
