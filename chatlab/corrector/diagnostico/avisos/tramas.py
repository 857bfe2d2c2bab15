"""Mensajes con su longitud delante, o guardados con `pickle` o `json`: `recv` puede traer menos."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from chatlab.corrector.diagnostico.avisos.aviso import Aviso, Gravedad, ambito_de
from chatlab.corrector.diagnostico.fuente import Fuente
from chatlab.corrector.diagnostico.nodos import mismo_ambito, receptor, texto_de, ultimo_nombre
from chatlab.corrector.diagnostico.que_pasa import Pasa

#: De dónde sale una longitud que ha llegado por la red.
_LONGITUDES = frozenset({"unpack", "from_bytes", "int"})


def avisar(fuente: Fuente) -> Iterator[Aviso]:
    """Un aviso por cada mensaje que se da por entero con un solo `recv`."""
    for llamada in fuente.llamadas:
        if ultimo_nombre(llamada.func) == "recv" and len(llamada.args) == 1:
            yield from _de_una_vez(fuente, llamada)
        elif ultimo_nombre(llamada.func) == "loads" and llamada.args:
            yield from _entero_y_solo_uno(fuente, llamada)


def _de_una_vez(fuente: Fuente, recv: ast.Call) -> Iterator[Aviso]:
    largo = texto_de(recv.args[0])
    if _es_una_longitud(fuente, recv) and not _se_repite(fuente, recv, largo):
        yield Aviso(
            fuente.nombre,
            recv.lineno,
            Gravedad.FALLARA,
            f"`recv({largo})` da como mucho `{largo}` bytes, y puede dar menos. Repítelo "
            "hasta tenerlos todos.",
            solo_explica=Pasa.LLEGA_A_TROZOS,
        )


def _es_una_longitud(fuente: Fuente, recv: ast.Call) -> bool:
    """Dice si lo que se pide es un número que ha llegado antes por la red."""
    pedido = recv.args[0]
    if isinstance(pedido, ast.Call):
        return ultimo_nombre(pedido.func) in _LONGITUDES
    if not isinstance(pedido, ast.Name):
        return False
    ambito = ambito_de(fuente, recv)
    return any(
        isinstance(nodo, ast.Assign)
        and any(pedido.id in _nombres(destino) for destino in nodo.targets)
        and any(
            isinstance(dentro, ast.Call) and ultimo_nombre(dentro.func) in _LONGITUDES
            for dentro in ast.walk(nodo.value)
        )
        for nodo in mismo_ambito(ambito.body)
    )


def _nombres(destino: ast.expr) -> set[str]:
    return {nodo.id for nodo in ast.walk(destino) if isinstance(nodo, ast.Name)}


def _se_repite(fuente: Fuente, recv: ast.Call, largo: str) -> bool:
    """Dice si hay un bucle que cuenta lo que falta, o si pide al sistema que espere a todo."""
    padre = fuente.padres.get(recv)
    while padre is not None:
        if isinstance(padre, ast.While) and (
            "len(" in texto_de(padre.test) or largo in _nombres(padre.test)
        ):
            return True
        padre = fuente.padres.get(padre)
    return "MSG_WAITALL" in texto_de(recv)


def _entero_y_solo_uno(fuente: Fuente, loads: ast.Call) -> Iterator[Aviso]:
    modulo = receptor(loads)
    if modulo in ("pickle", "json", "marshal") and _de_un_recv(fuente, loads):
        yield Aviso(
            fuente.nombre,
            loads.lineno,
            Gravedad.FALLARA,
            f"`{modulo}.loads` quiere un mensaje entero y nada más, y un `recv` puede traer medio, "
            "o dos. Envía cada uno en su línea, o con su longitud delante, y junta lo que llegue "
            "hasta tenerlo.",
            solo_explica=Pasa.LLEGA_A_TROZOS,
        )


def _de_un_recv(fuente: Fuente, loads: ast.Call) -> bool:
    """Dice si lo que se lee es justo lo que dio un `recv`."""
    dado = loads.args[0]
    valores = [dado]
    if isinstance(dado, ast.Name):
        valores = [
            nodo.value
            for nodo in mismo_ambito(ambito_de(fuente, loads).body)
            if isinstance(nodo, ast.Assign) and any(texto_de(d) == dado.id for d in nodo.targets)
        ]
    return any(
        isinstance(nodo, ast.Call) and ultimo_nombre(nodo.func) == "recv"
        for valor in valores
        for nodo in ast.walk(valor)
    )
