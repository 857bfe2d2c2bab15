"""En qué orden contar lo que pasó en varios procesos, que no tienen el mismo reloj a la vez.

La sonda apunta un envío cuando `send` vuelve, y para entonces el otro puede haberlo leído ya, y
otro hilo del mismo programa haber hecho más cosas. De los relojes solo se cree del todo
el orden dentro de cada hilo; lo demás lo dicen las causas: nadie acepta antes de que le llamen, ni
recibe antes de que le envíen (L. Lamport, «Time, Clocks, and the Ordering of Events in a
Distributed System», 1978). Entre dos hilos de un programa se cree lo apuntado, que quizá uno se lo
dijo al otro, mientras no impida seguir.
"""

from __future__ import annotations

from bisect import bisect
from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from chatlab.observador.extremos import ExtremoVisto, repartir
from chatlab.sonda import Suceso

#: Lo que se ordena; lo demás que cuenta la sonda no viaja.
TIPOS = frozenset(
    ["listen", "connect", "accept", "send", "recv", "shutdown", "close", "fallo", "termina"]
)
#: Lo que nunca es consecuencia de algo de otro programa: adelantarlo no miente.
SIN_CAUSA = frozenset(["listen", "send", "shutdown", "close", "termina"])


def en_orden_causal(
    sucesos: Iterable[Suceso],
    pids: Sequence[int] = (),
    cortes: Sequence[float] = (),
    *,
    solo_lo_que_viaja: bool = True,
) -> Iterator[Suceso]:
    """Los sucesos por su instante, pero sin que nada pase antes que su causa.

    Con `cortes`, entre dos de ellos va primero el proceso que está antes en `pids`. Sin
    `solo_lo_que_viaja`, da también las esperas, los hilos y lo demás.
    """
    ordenables = (s for s in sucesos if s.tipo in TIPOS or not solo_lo_que_viaja)
    por_reloj = sorted(ordenables, key=lambda suceso: suceso.instante)
    marcha = _Marcha(por_reloj)
    turno = {pid: posicion for posicion, pid in enumerate(pids)} if cortes else {}

    def va_antes(posicion: int) -> tuple[int, int, float, int]:
        suceso = por_reloj[posicion]
        tanda = bisect(cortes, suceso.instante)
        return tanda, turno.get(suceso.pid, len(turno)), suceso.instante, posicion

    while pendientes := marcha.primeros():
        siguiente = min(marcha.listos(pendientes), key=va_antes)
        marcha.anotar(siguiente)
        yield por_reloj[siguiente]


class _Marcha:
    """Lo que ya ha pasado y lo que falta. A cada suceso lo nombra su posición en la lista."""

    def __init__(self, sucesos: Sequence[Suceso]) -> None:
        self._sucesos = sucesos
        self._extremos = repartir(sucesos)
        self._colas: dict[tuple[int, int], deque[int]] = {}
        #: Lo que queda por contar de cada extremo, en el orden en que se apuntó.
        self._pendientes: dict[int, deque[int]] = {}
        self._hechos: set[int] = set()
        self._escuchan_aun_no = {s.local[1] for s in sucesos if s.tipo == "listen" and s.local}
        for posicion, suceso in enumerate(sucesos):
            hilo = 0 if suceso.tipo == "termina" else suceso.hilo
            self._colas.setdefault((suceso.pid, hilo), deque()).append(posicion)
            if (extremo := self._extremos[posicion]) is not None:
                self._pendientes.setdefault(id(extremo), deque()).append(posicion)

    def primeros(self) -> list[int]:
        """Lo siguiente que hizo cada hilo."""
        return [cola[0] for cola in self._colas.values() if cola]

    def listos(self, primeros: list[int]) -> list[int]:
        """De lo siguiente de cada hilo, lo que se puede contar ya, con lo más creíble primero."""
        pueden = [uno for uno in primeros if self.puede(uno)]
        convienen = [uno for uno in pueden if self.conviene(uno)]
        sin_envios = [uno for uno in pueden if self._sucesos[uno].tipo != "send"]
        atascados = set(self._primero_de_cada_programa(primeros))
        return (
            [uno for uno in convienen if uno in atascados]
            or [uno for uno in sin_envios if uno in atascados]
            # El primero de cada programa espera a algo que se apuntó tarde: se adelanta eso.
            or [uno for uno in self._lo_que_falta_a(atascados) if uno in convienen]
            or convienen
            # Entre dos hilos que envían, lo que se leyó antes: eso se cede lo último.
            or sin_envios
            or pueden
            # Lo que queda no casa: falta algo que nadie contó.
            or [uno for uno in primeros if self._sucesos[uno].tipo in SIN_CAUSA]
            or primeros
        )

    def _primero_de_cada_programa(self, primeros: list[int]) -> Iterable[int]:
        """El suceso más antiguo de cada proceso; los de las listas van por su instante."""
        de: dict[int, int] = {}
        for posicion in primeros:
            pid = self._sucesos[posicion].pid
            de[pid] = min(posicion, de.get(pid, posicion))
        return de.values()

    def _lo_que_falta_a(self, atascados: Iterable[int]) -> set[int]:
        """Lo siguiente de los hilos de que depende, de cerca o de lejos, lo que no puede pasar."""
        vistos: set[int] = set()
        por_mirar = list(atascados)
        while por_mirar:
            extremo = self._extremos[por_mirar.pop()]
            if extremo is None or extremo.otro is None:
                continue
            for causa in self._pendientes[id(extremo.otro)]:
                if causa in self._hechos or self._sucesos[causa].tipo == "recv":
                    continue
                suceso = self._sucesos[causa]
                primero = self._colas[suceso.pid, suceso.hilo][0]
                if primero not in vistos:
                    vistos.add(primero)
                    por_mirar.append(primero)
        return vistos

    def puede(self, posicion: int) -> bool:
        """Si ya ha pasado lo que lo causó."""
        suceso, extremo = self._sucesos[posicion], self._extremos[posicion]
        if suceso.tipo == "termina":
            return not any(
                cola and cola[0] != posicion
                for (pid, _), cola in self._colas.items()
                if pid == suceso.pid
            )
        if suceso.tipo == "connect":
            return suceso.remoto is None or suceso.remoto[1] not in self._escuchan_aun_no
        return extremo is None or extremo.puede(suceso)

    def conviene(self, posicion: int) -> bool:
        """Si además va en el sitio más creíble, dentro de su programa."""
        suceso, extremo = self._sucesos[posicion], self._extremos[posicion]
        if extremo is None:
            return True
        if suceso.tipo in ("close", "shutdown") and len(extremo.duenos) < 2:
            pendientes = self._pendientes[id(extremo)]
            while pendientes and pendientes[0] in self._hechos:
                pendientes.popleft()
            return not pendientes or pendientes[0] == posicion
        return extremo.conviene(suceso)

    def anotar(self, posicion: int) -> None:
        """Ha pasado: se cuenta con ello para los demás."""
        suceso, extremo = self._sucesos[posicion], self._extremos[posicion]
        hilo = 0 if suceso.tipo == "termina" else suceso.hilo
        self._colas[suceso.pid, hilo].popleft()
        self._hechos.add(posicion)
        if suceso.tipo == "listen" and suceso.local:
            self._escuchan_aun_no.discard(suceso.local[1])
        elif suceso.tipo == "termina":
            for suyo in self._de(suceso.pid):
                suyo.soltar(suceso.pid)
        elif extremo is not None:
            extremo.anotar(suceso)

    def _de(self, pid: int) -> Iterator[ExtremoVisto]:
        unicos = {id(e): e for e in self._extremos if e is not None and pid in e.duenos}
        return iter(unicos.values())
