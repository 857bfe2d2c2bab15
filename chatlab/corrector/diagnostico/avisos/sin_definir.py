"""Un nombre que no existe, dentro de un `try` cuyo `except` lo esconde.

Python diría `NameError` y la línea; con el error atrapado, el programa solo deja de hacer algo.
"""

from __future__ import annotations

import ast
import builtins
import symtable
from collections.abc import Iterator

from chatlab.corrector.diagnostico.avisos.aviso import Aviso, Gravedad
from chatlab.corrector.diagnostico.explicaciones.caso import parecido
from chatlab.corrector.diagnostico.fuente import Fuente
from chatlab.corrector.diagnostico.hallazgo import Grado
from chatlab.corrector.diagnostico.nodos import cabecera, mismo_ambito, texto_de

#: Los que tiene todo módulo.
_DE_SERIE = frozenset(dir(builtins)) | {
    "__file__", "__name__", "__doc__", "__spec__", "__annotations__", "__builtins__", "__path__",
    "__class__", "WindowsError",
}  # fmt: skip
_ATRAPAN_TODO = ("Exception", "BaseException", "NameError")


def avisar(fuente: Fuente) -> Iterator[Aviso]:
    """Un aviso por cada nombre sin definir que un `except` esconde."""
    faltan = _sin_definir(fuente)
    vistos: set[str] = set()
    for intento in fuente.nodos if faltan else ():
        if not isinstance(intento, ast.Try):
            continue
        manejador = next((uno for uno in intento.handlers if _lo_atrapa(uno)), None)
        for nodo in mismo_ambito(intento.body) if manejador else ():
            if isinstance(nodo, ast.Name) and nodo.id in faltan and nodo.id not in vistos:
                vistos.add(nodo.id)
                assert manejador is not None
                yield _aviso(fuente, nodo, manejador)


def _aviso(fuente: Fuente, nodo: ast.Name, manejador: ast.ExceptHandler) -> Aviso:
    como = cabecera(manejador)
    quiza = parecido(nodo.id, {*fuente.globales, *_locales(fuente, nodo.lineno)})
    return Aviso(
        fuente.nombre,
        nodo.lineno,
        Gravedad.NO_FUNCIONA,
        f"`{nodo.id}` no existe: al llegar aquí hay un `NameError`, y el `{como}` de la línea "
        f"{manejador.lineno} lo esconde.",
        grado=Grado.SE_SIGUE,
        arreglo=(f"¿Querías decir `{quiza}`?" if quiza else "Dale un valor antes.")
        + " Y atrapa solo lo que esperas: `except OSError:`.",
    )


def _lo_atrapa(manejador: ast.ExceptHandler) -> bool:
    """Dice si atrapa un `NameError` y no deja que se vea."""
    tipo = texto_de(manejador.type)
    if tipo and not any(nombre in tipo for nombre in _ATRAPAN_TODO):
        return False
    return not any(
        isinstance(nodo, ast.Raise)
        or (isinstance(nodo, ast.Name) and nodo.id in (manejador.name, "traceback", "logging"))
        for sentencia in manejador.body
        for nodo in ast.walk(sentencia)
    )


def _locales(fuente: Fuente, linea: int) -> set[str]:
    funcion = fuente.funcion_en(linea)
    return {n.id for n in ast.walk(funcion) if isinstance(n, ast.Name)} if funcion else set()


def _sin_definir(fuente: Fuente) -> set[str]:
    """Los nombres que alguna función, o el módulo, lee y nadie define en el archivo."""
    if not fuente.texto or fuente.con_asterisco or "exec(" in fuente.texto:
        return set()
    if "globals()" in fuente.texto or "setattr(" in fuente.texto:
        return set()
    try:
        tabla = symtable.symtable(fuente.texto, fuente.nombre, "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    definidos = {s.get_name() for s in tabla.get_symbols() if _se_define(s)} | _DE_SERIE
    leidos: set[str] = set()
    pendientes = [tabla]
    while pendientes:
        actual = pendientes.pop()
        pendientes += actual.get_children()
        for simbolo in actual.get_symbols():
            if simbolo.is_declared_global() and simbolo.is_assigned():
                definidos.add(simbolo.get_name())
            if simbolo.is_referenced() and (simbolo.is_global() or actual is tabla):
                leidos.add(simbolo.get_name())
    return leidos - definidos


def _se_define(simbolo: symtable.Symbol) -> bool:
    return simbolo.is_assigned() or simbolo.is_imported() or simbolo.is_namespace()
