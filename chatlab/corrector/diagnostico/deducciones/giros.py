"""El bucle que no para: se nombra por su línea."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from chatlab.corrector.diagnostico.de_quien import al_principio, el_programa_de
from chatlab.corrector.diagnostico.deducciones.parada import Parada
from chatlab.corrector.diagnostico.fuente import Fuente
from chatlab.corrector.diagnostico.hallazgo import Grado, Hallazgo, Lugar
from chatlab.corrector.diagnostico.nodos import texto_de

#: Parte del tiempo que gasta de procesador quien da vueltas. Uno que espera no llega a la décima, y
#: en una máquina ocupada quien gira no pasa de la mitad.
BASTANTE = 0.3
#: Quien usa estas palabras da vueltas a propósito: pregunta a sus sockets sin esperar.
_A_PROPOSITO = ("BlockingIOError", "setblocking(False)", "setblocking(0)", "settimeout(0)")


@dataclass(frozen=True, slots=True)
class Vuelta:
    """Un hilo que no espera a nada, y la parte del tiempo que su programa gasta procesador."""

    parada: Parada
    gasto: float
    fuente: Fuente


def los_que_giran(vueltas: Iterable[Vuelta]) -> Iterator[Hallazgo]:
    """Un hallazgo por cada programa que da vueltas sin parar."""
    vistos: set[str] = set()
    for vuelta in vueltas:
        parada, lugar = vuelta.parada, vuelta.parada.lugar
        if lugar is None or vuelta.gasto < BASTANTE or parada.de in vistos:
            continue
        if any(palabra in vuelta.fuente.sin_comentarios for palabra in _A_PROPOSITO):
            continue
        vistos.add(parada.de)
        bucle = _bucle_en(vuelta.fuente, lugar.linea or 0)
        donde = (
            Lugar(lugar.archivo, bucle.lineno, vuelta.fuente.linea(bucle.lineno))
            if bucle
            else lugar
        )
        que = f"el bucle `{_cabecera(bucle)}` da vueltas sin parar" if bucle else "no para"
        yield Hallazgo(
            Grado.VISTO,
            causa=al_principio(
                f"{el_programa_de(parada.de)} no espera a nada: {que} (cuando se miró, iba por la "
                f"línea {lugar.linea})."
            ),
            lugar=donde,
        )


def _bucle_en(fuente: Fuente, linea: int) -> ast.While | ast.For | None:
    """El bucle más interior que contiene una línea."""
    dentro = [
        nodo
        for nodo in fuente.nodos
        if isinstance(nodo, ast.While | ast.For)
        and nodo.lineno <= linea <= (nodo.end_lineno or nodo.lineno)
    ]
    return max(dentro, key=lambda nodo: nodo.lineno, default=None)


def _cabecera(bucle: ast.While | ast.For) -> str:
    if isinstance(bucle, ast.While):
        return f"while {texto_de(bucle.test)}:"
    return f"for {texto_de(bucle.target)} in {texto_de(bucle.iter)}:"
