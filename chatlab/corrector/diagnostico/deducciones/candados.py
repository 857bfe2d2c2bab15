"""Un hilo espera un candado, y se sabe quién lo tiene y qué hace mientras tanto.

Tiene un candado el hilo que va por dentro de su `with`, o lo llamó alguien desde ahí. No se le
pregunta al candado: `threading.Lock` no sabe de quién es.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from chatlab.corrector.diagnostico.de_quien import al_principio, el_programa_de
from chatlab.corrector.diagnostico.deducciones.parada import Parada
from chatlab.corrector.diagnostico.fuente import Fuente
from chatlab.corrector.diagnostico.hallazgo import Grado, Hallazgo, Lugar
from chatlab.corrector.diagnostico.nodos import los_que_guardan, receptor, texto_de, ultimo_nombre

#: Lo que crea un candado.
_CANDADOS = frozenset({"Lock", "RLock", "Semaphore", "BoundedSemaphore", "Condition"})


@dataclass(frozen=True, slots=True)
class _Espera:
    """Un hilo parado en la línea en que toma un candado."""

    hilo: Parada
    candado: str
    lugar: Lugar

    @property
    def aqui(self) -> str:
        return f"«{self.hilo.hilo}» espera aquí `{self.candado}`"


def los_que_esperan_un_candado(
    quietos: Sequence[Parada], todos: Sequence[Parada], leer: Callable[[str], Fuente]
) -> Iterator[Hallazgo]:
    """A lo sumo un hallazgo por programa: el primer candado que nadie va a soltar.

    `quietos` son los hilos que, sin esperar nada que se sepa, no se mueven ni gastan procesador.
    """
    vistos: set[str] = set()
    esperas = [espera for hilo in quietos if (espera := _que_espera(hilo, leer)) is not None]
    for espera in esperas:
        if espera.hilo.de not in vistos:
            hallazgo = _explicar(espera, esperas, todos, leer)
            if hallazgo is not None:
                vistos.add(espera.hilo.de)
                yield hallazgo


def que_candado_espera(hilo: Parada, leer: Callable[[str], Fuente]) -> str:
    """El de la línea en que está, si en ella se toma uno; vacío si no, o si espera a otra cosa."""
    espera = _que_espera(hilo, leer) if hilo.trabaja else None
    return espera.candado if espera is not None else ""


def lo_tiene(hilo: Parada, candado: str, leer: Callable[[str], Fuente]) -> bool:
    """Si va por dentro del `with` de ese candado."""
    return _desde_donde_lo_tiene(hilo, candado, leer) is not None


def _que_espera(hilo: Parada, leer: Callable[[str], Fuente]) -> _Espera | None:
    lugar = hilo.lugar
    if lugar is None:
        return None
    fuente = leer(lugar.archivo)
    conocidos = los_que_guardan(fuente.nodos, _CANDADOS)
    for nodo in fuente.nodos:
        for candado in _toma(nodo, lugar.linea or 0):
            if candado in conocidos:
                return _Espera(hilo, candado, lugar)
    return None


def _toma(nodo: ast.AST, linea: int) -> Iterator[str]:
    """Los candados que se toman en esa línea."""
    if isinstance(nodo, ast.With) and nodo.lineno == linea:
        yield from (texto_de(cosa.context_expr) for cosa in nodo.items)
    elif (
        isinstance(nodo, ast.Call)
        and nodo.lineno == linea
        and ultimo_nombre(nodo.func) == "acquire"
    ):
        yield receptor(nodo)


def _explicar(
    espera: _Espera,
    esperas: Sequence[_Espera],
    todos: Sequence[Parada],
    leer: Callable[[str], Fuente],
) -> Hallazgo | None:
    del_programa = [hilo for hilo in todos if hilo.de == espera.hilo.de]
    duenos = [
        (hilo, desde)
        for hilo in del_programa
        if (desde := _desde_donde_lo_tiene(hilo, espera.candado, leer)) is not None
    ]
    for hilo, desde in sorted(duenos, key=lambda dueno: dueno[0] is not espera.hilo):
        if (hilo.hilo, hilo.lugar) == (espera.hilo.hilo, espera.lugar):
            return _consigo_mismo(espera, desde)
        suya = next((otra for otra in esperas if otra.hilo == hilo), None)
        if suya is not None and _desde_donde_lo_tiene(espera.hilo, suya.candado, leer) is not None:
            return _en_cruz(espera, suya)
        if hilo.espera:
            return _mientras_espera_otra_cosa(espera, hilo, desde)
    return None


def _desde_donde_lo_tiene(
    hilo: Parada, candado: str, leer: Callable[[str], Fuente]
) -> Lugar | None:
    """El `with candado:` por dentro del que va un hilo; None si no va por dentro de ninguno."""
    for lugar in hilo.camino:
        fuente = leer(lugar.archivo)
        for nodo in fuente.nodos:
            if (
                isinstance(nodo, ast.With)
                and nodo.lineno < (lugar.linea or 0) <= (nodo.end_lineno or 0)
                and any(texto_de(cosa.context_expr) == candado for cosa in nodo.items)
            ):
                return Lugar(lugar.archivo, nodo.lineno, fuente.linea(nodo.lineno))
    return None


def _consigo_mismo(espera: _Espera, desde: Lugar) -> Hallazgo:
    return _visto(
        espera,
        f"{_programa(espera)}, el hilo {espera.aqui}, que ya tiene él mismo desde la línea "
        f"{desde.linea}: se queda esperándose, y con él todos los que tomen ese candado.",
        "No tomes dos veces el mismo candado: quita uno de los dos, o créalo con "
        "`threading.RLock()`.",
    )


def _en_cruz(espera: _Espera, otra: _Espera) -> Hallazgo:
    return _visto(
        espera,
        f"{_programa(espera)}, el hilo {espera.aqui} con `{otra.candado}` tomado, y "
        f"«{otra.hilo.hilo}» espera `{otra.candado}` ({otra.lugar}) con `{espera.candado}` tomado: "
        "cada uno espera al otro, y ninguno va a seguir.",
        "Toma los dos candados siempre en el mismo orden, o usa uno solo.",
    )


def _mientras_espera_otra_cosa(espera: _Espera, dueno: Parada, desde: Lugar) -> Hallazgo:
    return _visto(
        espera,
        f"{_programa(espera)}, el hilo {espera.aqui}; lo tiene «{dueno.hilo}», {dueno.donde}, "
        "y mientras tanto nadie más puede seguir.",
        f"Saca esa espera del `with {espera.candado}:` de la línea {desde.linea}: con un candado "
        "tomado no se espera a nadie.",
    )


def _programa(espera: _Espera) -> str:
    return f"en {el_programa_de(espera.hilo.de)}"


def _visto(espera: _Espera, causa: str, arreglo: str) -> Hallazgo:
    return Hallazgo(Grado.VISTO, causa=al_principio(causa), arreglo=arreglo, lugar=espera.lugar)
