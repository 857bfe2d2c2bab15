"""Un proceso por cliente, y una lista de clientes: cada hijo lleva su propia copia."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from chatlab.corrector.diagnostico.avisos.aviso import Aviso, Gravedad
from chatlab.corrector.diagnostico.avisos.colecciones import con_conexiones, llamadas_a
from chatlab.corrector.diagnostico.fuente import Fuente
from chatlab.corrector.diagnostico.hallazgo import Grado
from chatlab.corrector.diagnostico.nodos import argumento, texto_de, ultimo_nombre


def avisar(fuente: Fuente) -> Iterator[Aviso]:
    """A lo sumo un aviso: la lista de conexiones que recorre un hijo."""
    for linea, cuerpo in _lo_que_hacen_los_hijos(fuente):
        recorridas = _recorridas(fuente, cuerpo)
        for lista in con_conexiones(fuente):
            if lista in recorridas:
                yield Aviso(
                    fuente.nombre,
                    linea,
                    Gravedad.NO_FUNCIONA,
                    f"cada proceso hijo tiene su propia copia de `{lista}`, la de cuando nació: a "
                    "quien entra después no le envía nada.",
                    grado=Grado.SE_SIGUE,
                    arreglo="Atiende a cada cliente en un hilo (`threading.Thread`): comparten la "
                    "lista.",
                )
                return


def _lo_que_hacen_los_hijos(fuente: Fuente) -> Iterator[tuple[int, Sequence[ast.stmt]]]:
    """La línea en que nacen y lo que ejecutan: tras `if os.fork() == 0:`, o en su `target`."""
    de_fork = {
        texto_de(destino)
        for nodo in fuente.nodos
        if isinstance(nodo, ast.Assign) and "fork()" in texto_de(nodo.value)
        for destino in nodo.targets
    }
    for nodo in fuente.nodos:
        match nodo:
            case ast.If(test=ast.Compare(left=izquierda, comparators=[ast.Constant(value=0)])):
                if "fork()" in texto_de(izquierda) or texto_de(izquierda) in de_fork:
                    yield nodo.lineno, nodo.body
    for llamada in llamadas_a(fuente, "Process"):
        objetivo = argumento(llamada, "target")
        for funcion in fuente.funciones:
            if objetivo is not None and funcion.name == ultimo_nombre(objetivo):
                yield llamada.lineno, funcion.body


def _recorridas(fuente: Fuente, cuerpo: Sequence[ast.stmt]) -> set[str]:
    """Las colecciones que recorre un bloque, o una función a la que llama."""
    dentro = [nodo for sentencia in cuerpo for nodo in ast.walk(sentencia)]
    llamadas = {ultimo_nombre(nodo.func) for nodo in dentro if isinstance(nodo, ast.Call)}
    for funcion in fuente.funciones:
        if funcion.name in llamadas:
            dentro += ast.walk(funcion)
    return {
        texto_de(parte)
        for nodo in dentro
        if isinstance(nodo, ast.For | ast.comprehension)
        for parte in ast.walk(nodo.iter)
        if isinstance(parte, ast.Name | ast.Attribute)
    }
