"""`with threading.Lock():`: un candado que nadie más tiene no protege nada."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from chatlab.corrector.diagnostico.avisos.aviso import Aviso, Gravedad
from chatlab.corrector.diagnostico.fuente import Fuente
from chatlab.corrector.diagnostico.hallazgo import Grado
from chatlab.corrector.diagnostico.nodos import Funcion, mismo_ambito, texto_de, ultimo_nombre

_CANDADOS = frozenset({"Lock", "RLock"})


def avisar(fuente: Fuente) -> Iterator[Aviso]:
    """Un aviso por cada candado que se crea en el momento de tomarlo."""
    for nodo in fuente.nodos:
        if isinstance(nodo, ast.With):
            for cosa in nodo.items:
                if _crea_un_candado(cosa.context_expr):
                    yield _aviso(fuente, nodo.lineno, f"with {texto_de(cosa.context_expr)}:")
    for funcion in fuente.funciones:
        for nodo in mismo_ambito(funcion.body):
            match nodo:
                case ast.Assign(targets=[ast.Name(id=nombre)], value=valor):
                    if _crea_un_candado(valor) and not _sale(funcion, nombre):
                        yield _aviso(fuente, nodo.lineno, texto_de(nodo))


def _crea_un_candado(nodo: ast.expr) -> bool:
    return isinstance(nodo, ast.Call) and ultimo_nombre(nodo.func) in _CANDADOS


def _sale(funcion: Funcion, nombre: str) -> bool:
    """Dice si el candado llega a otro hilo: se guarda, se da, se devuelve o lo usa otra función."""
    declarado = any(
        isinstance(nodo, ast.Global | ast.Nonlocal) and nombre in nodo.names
        for nodo in ast.walk(funcion)
    )
    dentro = list(mismo_ambito(funcion.body))
    tomado = {cosa.context_expr for n in dentro if isinstance(n, ast.With) for cosa in n.items}
    tomado |= {n.value for n in dentro if isinstance(n, ast.Attribute)}
    return declarado or any(
        isinstance(nodo, ast.Name)
        and nodo.id == nombre
        and isinstance(nodo.ctx, ast.Load)
        and nodo not in tomado
        for nodo in ast.walk(funcion)
    )


def _aviso(fuente: Fuente, linea: int, escrito: str) -> Aviso:
    return Aviso(
        fuente.nombre,
        linea,
        Gravedad.FALLARA,
        f"`{escrito}` crea aquí un candado nuevo cada vez: nadie más lo tiene, y no protege nada.",
        grado=Grado.SE_SIGUE,
        arreglo="Créalo una sola vez, fuera de las funciones: "
        f"`candado = {fuente.delante_de('threading')}Lock()`.",
    )
