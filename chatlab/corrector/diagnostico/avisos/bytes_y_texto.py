"""Comparar con un texto lo que da `recv`, que son bytes: nunca son iguales."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from chatlab.corrector.diagnostico.avisos.aviso import Aviso, Gravedad
from chatlab.corrector.diagnostico.fuente import Fuente
from chatlab.corrector.diagnostico.hallazgo import Grado
from chatlab.corrector.diagnostico.nodos import mismo_ambito, ultimo_nombre
from chatlab.corrector.diagnostico.que_pasa import Pasa


def avisar(fuente: Fuente) -> Iterator[Aviso]:
    """Un aviso por cada comparación de lo recibido, tal cual, con un texto."""
    assert fuente.arbol is not None, "solo se mira lo que se ha podido leer"
    for ambito in (fuente.arbol, *fuente.funciones):
        nodos = list(mismo_ambito(ambito.body))
        son_bytes = _los_que_solo_son_bytes(nodos)
        for nodo in nodos:
            if isinstance(nodo, ast.Compare):
                izquierda = nodo.left.target if isinstance(nodo.left, ast.NamedExpr) else nodo.left
                textos = [uno for uno in nodo.comparators if _es_texto(uno)]
                if isinstance(izquierda, ast.Name) and izquierda.id in son_bytes and textos:
                    yield _aviso(fuente, izquierda.id, nodo.lineno, textos[0])


def _los_que_solo_son_bytes(nodos: list[ast.AST]) -> set[str]:
    """Los nombres a los que solo se da lo que devuelve `recv`."""
    recibidos: set[str] = set()
    otros: set[str] = set()
    for nodo in nodos:
        if isinstance(nodo, ast.Assign | ast.NamedExpr | ast.AnnAssign):
            destinos = nodo.targets if isinstance(nodo, ast.Assign) else [nodo.target]
            es_recv = isinstance(nodo.value, ast.Call) and ultimo_nombre(nodo.value.func) == "recv"
            for destino in destinos:
                nombres = {uno.id for uno in ast.walk(destino) if isinstance(uno, ast.Name)}
                if es_recv and isinstance(destino, ast.Name):
                    recibidos |= nombres
                else:
                    otros |= nombres
    return recibidos - otros


def _es_texto(nodo: ast.expr) -> bool:
    if isinstance(nodo, ast.Tuple | ast.List | ast.Set):
        return bool(nodo.elts) and all(_es_texto(uno) for uno in nodo.elts)
    return isinstance(nodo, ast.Constant) and isinstance(nodo.value, str)


def _aviso(fuente: Fuente, nombre: str, linea: int, texto: ast.expr) -> Aviso:
    escrito = ast.unparse(texto)
    esta_vacio = isinstance(texto, ast.Constant) and texto.value == ""
    return Aviso(
        fuente.nombre,
        linea,
        Gravedad.FALLARA,
        f"`{nombre}` son bytes, lo que da `recv`, y `{escrito}` es texto: nunca son iguales.",
        solo_explica=Pasa.ALGUIEN_SE_VA,
        grado=Grado.SE_SIGUE,
        arreglo=f"Para saber si el otro se ha ido, `if not {nombre}:`."
        if esta_vacio
        else f"Descodifícalo antes: `{nombre}.decode()`.",
    )
