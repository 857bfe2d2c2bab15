"""En qué orden contar lo que pasó en varios procesos, que no tienen el mismo reloj a la vez."""

from __future__ import annotations

from bisect import bisect
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence

from chatlab.sonda import Suceso


def en_orden_causal(
    sucesos: Iterable[Suceso], pids: Sequence[int] = (), cortes: Sequence[float] = ()
) -> Iterator[Suceso]:
    """Los sucesos por su instante, pero sin que nada llegue antes de haberse enviado.

    Con `cortes`, entre dos de ellos va primero el proceso que está antes en `pids`.

    La sonda apunta un envío cuando `send` vuelve, y para entonces el otro puede haberlo leído ya.
    Dentro de cada proceso se respeta su orden (L. Lamport, «Time, Clocks, and the Ordering of
    Events in a Distributed System», 1978).
    """
    colas: dict[int, deque[Suceso]] = {}
    for suceso in sucesos:
        colas.setdefault(suceso.pid, deque()).append(suceso)
    turno = {pid: posicion for posicion, pid in enumerate(pids)} if cortes else {}

    def va_antes(cola: deque[Suceso]) -> tuple[int, int, float]:
        suceso = cola[0]
        tanda = bisect(cortes, suceso.instante)
        return tanda, turno.get(suceso.pid, len(turno)), suceso.instante

    marcha = _Marcha()
    while pendientes := [cola for cola in colas.values() if cola]:
        listas = [cola for cola in pendientes if marcha.puede(cola[0])] or pendientes
        suceso = min(listas, key=va_antes).popleft()
        marcha.apuntar(suceso)
        yield suceso


class _Marcha:
    """Lo que ya ha pasado: quién ha llamado, cuánto se ha enviado y qué se ha cerrado.

    Una punta es la pareja de puertos de una conexión, vista desde ella.
    """

    def __init__(self) -> None:
        self._con_sonda: set[tuple[int, int]] = set()
        self._enviados: Counter[tuple[int, int]] = Counter()
        self._recibidos: Counter[tuple[int, int]] = Counter()
        self._cerradas: set[tuple[int, int]] = set()
        self._de: dict[int, set[tuple[int, int]]] = {}

    def puede(self, suceso: Suceso) -> bool:
        """Si ya ha pasado lo que lo causó."""
        punta = _punta(suceso)
        if punta is None or punta[::-1] not in self._con_sonda:
            return suceso.tipo != "accept"
        if suceso.tipo == "fallo" or (suceso.tipo == "recv" and suceso.cuantos == 0):
            return punta[::-1] in self._cerradas
        if suceso.tipo == "recv":
            return self._recibidos[punta] + suceso.cuantos <= self._enviados[punta[::-1]]
        return True

    def apuntar(self, suceso: Suceso) -> None:
        if suceso.tipo == "termina":
            self._cerradas |= self._de.get(suceso.pid, set())
        punta = _punta(suceso)
        if punta is None:
            return
        if suceso.tipo in ("connect", "accept"):
            self._con_sonda.add(punta)
            self._de.setdefault(suceso.pid, set()).add(punta)
            self._enviados[punta] = self._recibidos[punta] = 0
        elif suceso.tipo == "send":
            self._enviados[punta] += suceso.cuantos
        elif suceso.tipo == "recv":
            self._recibidos[punta] += suceso.cuantos
        elif suceso.tipo in ("close", "shutdown"):
            self._cerradas.add(punta)


def _punta(suceso: Suceso) -> tuple[int, int] | None:
    if suceso.local is None or suceso.remoto is None:
        return None
    return suceso.local[1], suceso.remoto[1]
