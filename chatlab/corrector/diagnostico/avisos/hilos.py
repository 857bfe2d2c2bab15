"""Hilos que se crean y no se arrancan, o que se arrancan mal."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import islice

from chatlab.corrector.diagnostico.avisos.aviso import Aviso, Gravedad, ambito_de
from chatlab.corrector.diagnostico.explicaciones.hilos_mal_creados import (
    explicar_llamada_en_el_acto,
    objetivo_de,
)
from chatlab.corrector.diagnostico.fuente import Fuente
from chatlab.corrector.diagnostico.hallazgo import Grado
from chatlab.corrector.diagnostico.nodos import mismo_ambito, texto_de, ultimo_nombre

#: Hilos de un archivo que se miran: de cada uno se busca en todo él quién lo arranca.
MAX_HILOS = 50


def avisar(fuente: Fuente) -> Iterator[Aviso]:
    """Un aviso por cada hilo que no se ejecutará como hilo."""
    clases = {"Thread", "Timer"} | _hilos_propios(fuente)
    creados = (llamada for llamada in fuente.llamadas if ultimo_nombre(llamada.func) in clases)
    for llamada in islice(creados, MAX_HILOS):
        objetivo = objetivo_de(llamada)
        if isinstance(objetivo, ast.Call) and not _da_una_funcion(fuente, objetivo):
            explicacion = explicar_llamada_en_el_acto(objetivo)
            texto = f"{explicacion.explicacion} {explicacion.arreglo}"
            yield _se_sigue(fuente, llamada, texto)
        if motivo := _sin_arrancar(fuente, llamada):
            yield _se_sigue(fuente, llamada, motivo)


def _se_sigue(fuente: Fuente, llamada: ast.Call, texto: str) -> Aviso:
    """Lo que hace un hilo que no se arranca no se hace: no hace falta verlo."""
    return Aviso(fuente.nombre, llamada.lineno, Gravedad.NO_FUNCIONA, texto, grado=Grado.SE_SIGUE)


def _hilos_propios(fuente: Fuente) -> set[str]:
    """Las clases del alumno que son hilos."""
    return {
        clase.name
        for clase in fuente.clases
        if any(ultimo_nombre(base) == "Thread" for base in clase.bases)
    }


def _da_una_funcion(fuente: Fuente, objetivo: ast.Call) -> bool:
    """Dice si lo que se llama devuelve a su vez algo que se puede llamar."""
    nombre = ultimo_nombre(objetivo.func)
    if nombre == "partial":
        return True
    return any(
        isinstance(nodo, ast.Return) and isinstance(nodo.value, ast.Name | ast.Lambda)
        for funcion in fuente.funciones
        if funcion.name == nombre
        for nodo in mismo_ambito(funcion.body)
    )


def _sin_arrancar(fuente: Fuente, llamada: ast.Call) -> str | None:
    """Por qué no se arranca el hilo que crea una llamada; None si se arranca."""
    match fuente.padres.get(llamada):
        case ast.Attribute() as metodo:
            return _segun_metodos(fuente, {metodo}, "")
        case ast.Expr():
            return _nunca("")
        case ast.Assign(targets=[ast.Name() | ast.Attribute() as variable]):
            return _variable_sin_arrancar(fuente, variable)
        case _:
            # Va a una lista o a otra función: basta con que algo se arranque en el archivo.
            return None if _algo_se_arranca(fuente) else _nunca("")


def _variable_sin_arrancar(fuente: Fuente, variable: ast.Name | ast.Attribute) -> str | None:
    nombre = texto_de(variable)
    # Un atributo (`self.hilo`) se puede arrancar desde cualquier método.
    donde = fuente.arbol if isinstance(variable, ast.Attribute) else ambito_de(fuente, variable)
    metodos: set[ast.Attribute] = set()
    for nodo in ast.walk(donde) if donde else ():
        if not isinstance(nodo, ast.Name | ast.Attribute) or texto_de(nodo) != nombre:
            continue
        padre = fuente.padres.get(nodo)
        if isinstance(padre, ast.Attribute):
            metodos.add(padre)
        elif isinstance(nodo.ctx, ast.Load):
            return None if _algo_se_arranca(fuente) else _nunca(nombre)
    return _segun_metodos(fuente, metodos, nombre)


def _segun_metodos(fuente: Fuente, metodos: set[ast.Attribute], nombre: str) -> str | None:
    """Qué dicen los métodos que se usan de un hilo."""
    usados = {metodo.attr: isinstance(fuente.padres.get(metodo), ast.Call) for metodo in metodos}
    if usados.get("start"):
        return None
    if "start" in usados:
        return (
            "a `start` le faltan los paréntesis, y el hilo no se arranca: escribe "
            f"`{nombre or 'hilo'}.start()`."
        )
    if usados.get("run"):
        return (
            "`run()` ejecuta la función aquí mismo, sin hilo nuevo: escribe "
            f"`{nombre or 'hilo'}.start()`."
        )
    return _nunca(nombre)


def _nunca(nombre: str) -> str:
    hilo = nombre or "hilo"
    return f"creas un hilo y nunca lo arrancas: añade `{hilo}.start()`."


def _algo_se_arranca(fuente: Fuente) -> bool:
    return any(ultimo_nombre(llamada.func) == "start" for llamada in fuente.llamadas)
