"""Cuándo espera cada hilo: desde que llama a algo que lo detiene hasta que vuelve.

La sonda apunta que un hilo empieza a esperar («espera») y lo que hace después. Una espera acaba en
el paso que la despierta: la llamada que acepta `accept`, el envío que da `recv`. La de un selector,
en lo que despierta a su lectura; las demás, en lo siguiente que hace ese hilo. Si lo que despierta
había pasado ya antes de llamar, la llamada no esperó, y no se cuenta.
"""

from __future__ import annotations

from bisect import bisect, bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from chatlab.sonda import Suceso

#: Lo que la sonda nombra de otra manera que el programa.
_DONDE = {
    "teclado": "en input",
    "select": "en el selector",
    "candado": "a otro hilo",
    "reloj": "en sleep",
}


@dataclass(frozen=True, slots=True)
class Espera:
    """Un hilo de `actor` detenido en `llamada`, como la llama la sonda («recv», «teclado»…).

    Empieza cuando ya han pasado `desde` pasos y acaba en el paso número `hasta`, contados desde 0;
    si es None, no acaba. `carril` distingue a los hilos que esperan a la vez: 0, el primero.
    """

    actor: str
    llamada: str
    desde: int
    hasta: int | None = None
    carril: int = 0

    @property
    def donde(self) -> str:
        """Dónde espera, dicho a quien lee: «en recv», «en input»."""
        return _DONDE.get(self.llamada, f"en {self.llamada}")


class Cronista:
    """Apunta las esperas de cada hilo según se cuentan los sucesos."""

    def __init__(self) -> None:
        self._abiertas: dict[tuple[int, int], Espera] = {}
        self._cerradas: list[tuple[tuple[int, int], Espera]] = []

    def mirar(self, suceso: Suceso, actor: str, pasos: int, despierta: int | None) -> None:
        """Tiene en cuenta un suceso, cuando ya se han contado `pasos`.

        `despierta` es el paso que lo causó, si lo causó otro programa.
        """
        hilo = (suceso.pid, suceso.hilo)
        match suceso.tipo:
            case "espera":
                self._empieza(hilo, Espera(actor, suceso.detalle, pasos))
            case "termina":
                for suyo in [uno for uno in self._abiertas if uno[0] == suceso.pid]:
                    self._acaba(suyo, pasos, None)
            case _:
                self._acaba(hilo, pasos, despierta)

    def esperas(self, pasos: int) -> Iterator[Espera]:
        """Todas, por su principio, cada hilo en su carril; `pasos` son los que hubo en total."""
        todas = [*self._cerradas, *self._abiertas.items()]
        todas.sort(key=lambda una: (una[1].desde, una[0]))
        ultima = {hilo: pasos + 1 if e.hasta is None else e.hasta for hilo, e in todas}
        ocupados: dict[tuple[str, int], tuple[tuple[int, int], int]] = {}
        for hilo, espera in todas:
            carril = 0
            while (clave := (espera.actor, carril)) in ocupados:
                quien, fin = ocupados[clave]
                if quien == hilo or fin < espera.desde:
                    break
                carril += 1
            ocupados[clave] = (hilo, ultima[hilo])
            # Lo que la despierta no se cuenta si el programa acaba sin hacer nada más.
            hasta = espera.hasta if espera.hasta != pasos else None
            yield replace(espera, carril=carril, hasta=hasta)

    def _empieza(self, hilo: tuple[int, int], espera: Espera) -> None:
        anterior = self._abiertas.get(hilo)
        if anterior is not None and anterior.llamada == espera.llamada:
            return  # ha vencido un plazo y espera otra vez
        if anterior is not None and anterior.llamada == "select":
            return  # el selector ha dicho que hay algo: no va a esperar
        self._acaba(hilo, espera.desde, None)
        self._abiertas[hilo] = espera

    def _acaba(self, hilo: tuple[int, int], pasos: int, despierta: int | None) -> None:
        espera = self._abiertas.pop(hilo, None)
        if espera is None:
            return
        hasta = pasos if despierta is None else despierta
        espero = hasta > espera.desde or (
            hasta == espera.desde and (despierta is not None or espera.llamada == "teclado")
        )
        if espero:
            self._cerradas.append((hilo, replace(espera, hasta=hasta)))


def intercalar(
    en_orden: Sequence[Suceso], sucesos: Iterable[Suceso], cortes: Sequence[float] = ()
) -> Iterator[Suceso]:
    """Lo que viaja, ya en orden, con cada «espera» justo detrás de lo anterior que hizo su hilo.

    Los relojes de dos programas no bastan para saber si uno esperaba ya cuando el otro envió; el
    orden dentro de un hilo, sí. Con `cortes`, tampoco se pone antes del corte que la precede.
    """
    lugares = _Lugares(en_orden, cortes)
    puestas: defaultdict[int, list[Suceso]] = defaultdict(list)
    for suceso in sorted(sucesos, key=lambda suceso: suceso.instante):
        if suceso.tipo == "espera":
            puestas[lugares.de(suceso)].append(suceso)
    for lugar, suceso in enumerate(en_orden):
        yield from puestas[lugar]
        yield suceso
    yield from puestas[len(en_orden)]


class _Lugares:
    """Delante de qué suceso, de los que ya están en orden, va cada espera."""

    def __init__(self, en_orden: Sequence[Suceso], cortes: Sequence[float]) -> None:
        self._cortes = cortes
        #: Por hilo y por programa, el instante y el lugar de todo lo suyo, por su instante.
        self._suyos: defaultdict[int | tuple[int, int], list[tuple[float, int]]] = defaultdict(list)
        for lugar, suceso in enumerate(en_orden):
            for clave in (suceso.pid, (suceso.pid, suceso.hilo)):
                self._suyos[clave].append((suceso.instante, lugar))
        for suyos in self._suyos.values():
            suyos.sort()
        self._momentos = list(accumulate(map(self._momento, en_orden), max))

    def de(self, espera: Suceso) -> int:
        """El lugar de esa espera."""
        del_hilo = self._suyos.get((espera.pid, espera.hilo), [])
        # Lo primero que hace un hilo nuevo va detrás de lo que hizo el programa al crearlo.
        for suyos in (del_hilo, self._suyos.get(espera.pid, [])):
            if anteriores := bisect(suyos, (espera.instante, len(self._momentos))):
                detras = suyos[anteriores - 1][1] + 1
                break
        else:
            detras = 0
        return max(detras, bisect_left(self._momentos, self._momento(espera)))

    def _momento(self, suceso: Suceso) -> float:
        return bisect(self._cortes, suceso.instante) if self._cortes else suceso.instante
