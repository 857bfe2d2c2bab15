"""Un bucle que recibe sin mirar si el otro se ha ido: `recv` devuelve `b""` sin parar."""

from __future__ import annotations

import ast
from collections.abc import Container, Iterator
from itertools import islice

from chatlab.corrector.avisos.aviso import Aviso, Gravedad
from chatlab.corrector.fuente import Fuente, Funcion, mismo_ambito, ultimo_nombre

#: Llamadas a `recv` de un archivo que se miran: cada una recorre su bucle entero.
MAX_LECTURAS = 20


def avisar(fuente: Fuente) -> Iterator[Aviso]:
    """Un aviso por cada `recv` de un bucle que no mira si ha llegado vacío."""
    lecturas = (llamada for llamada in fuente.llamadas if _es_recv(llamada))
    for recv in islice(lecturas, MAX_LECTURAS):
        bucle = _bucle_de(fuente, recv)
        dentro = list(mismo_ambito([bucle])) if bucle else []
        nombres = _nombres_con(dentro, recv)
        if bucle and not any(_mira_si_vacio(p, nombres, recv) for p in _pruebas(dentro)):
            yield Aviso(
                fuente.nombre,
                recv.lineno,
                Gravedad.FALLARA,
                '`recv` devuelve `b""` cuando el otro se va, y este bucle no lo mira: seguiría '
                f"dando vueltas. Añade `if not {next(iter(nombres), 'datos')}: break` justo "
                "después.",
            )


def _es_recv(llamada: ast.Call) -> bool:
    return isinstance(llamada.func, ast.Attribute) and llamada.func.attr in ("recv", "recv_into")


def _bucle_de(fuente: Fuente, nodo: ast.AST) -> ast.While | None:
    """El `while` más cercano que contiene un nodo, en su misma función."""
    padre = fuente.padres.get(nodo)
    while padre is not None and not isinstance(padre, Funcion):
        if isinstance(padre, ast.While):
            return padre
        padre = fuente.padres.get(padre)
    return None


def _nombres_con(dentro: list[ast.AST], recv: ast.Call) -> dict[str, None]:
    """Los nombres del bucle que guardan lo recibido, o algo hecho con ello; ese, el primero."""
    nombres: dict[str, None] = {}
    for _ in range(3):  # datos → texto → partes: más pasos no se dan en un chat
        for nodo in dentro:
            if isinstance(nodo, ast.Assign | ast.AugAssign | ast.NamedExpr | ast.AnnAssign):
                valor = nodo.value
                if valor is not None and _menciona(valor, nombres, recv):
                    destinos = nodo.targets if isinstance(nodo, ast.Assign) else [nodo.target]
                    nombres |= {d.id: None for d in destinos if isinstance(d, ast.Name)}
    return nombres


def _menciona(expresion: ast.expr, nombres: Container[str], recv: ast.Call) -> bool:
    return any(
        nodo is recv or (isinstance(nodo, ast.Name) and nodo.id in nombres)
        for nodo in ast.walk(expresion)
    )


def _pruebas(dentro: list[ast.AST]) -> Iterator[ast.expr]:
    """Las condiciones de un bucle."""
    for nodo in dentro:
        if isinstance(nodo, ast.If | ast.While | ast.IfExp | ast.Assert):
            yield nodo.test
        elif isinstance(nodo, ast.Match):
            yield nodo.subject


def _mira_si_vacio(prueba: ast.expr, nombres: Container[str], recv: ast.Call) -> bool:
    """Dice si una condición distingue lo vacío: `not datos`, `datos == b""`, `len(datos) == 0`."""
    match prueba:
        case ast.UnaryOp(op=ast.Not(), operand=dentro):
            return _mira_si_vacio(dentro, nombres, recv)
        case ast.BoolOp(values=partes):
            return any(_mira_si_vacio(parte, nombres, recv) for parte in partes)
        case ast.Compare(left=izquierda, comparators=derechas):
            lados = [izquierda, *derechas]
            return any(_es_vacio(lado) for lado in lados) and any(
                _menciona(lado, nombres, recv) for lado in lados
            )
        case _:
            # `if datos`, `if datos.strip()`, `if es_el_final(datos)`: cualquiera puede mirarlo.
            return _menciona(prueba, nombres, recv)


def _es_vacio(nodo: ast.expr) -> bool:
    match nodo:
        case ast.Constant(value=valor):
            return not valor
        case ast.List(elts=partes) | ast.Tuple(elts=partes) | ast.Set(elts=partes):
            return any(_es_vacio(parte) for parte in partes)
        case ast.Call():
            return ultimo_nombre(nodo.func) == "bytes" and not nodo.args
        case _:
            return False
