"""Las colas de lo que ha llegado y está por contar: una por hilo de cada proceso."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from chatlab.sonda import Suceso

#: Lo que hace un proceso sin que lo cuente un hilo suyo: lo que sale en su pantalla, lo que se
#: teclea en ella, y cómo acaba.
PANTALLA, TECLADO, FINAL = -1, -2, -3

#: Un proceso y uno de sus hilos, o lo que haga de hilo.
Cola = tuple[int, int]


def cola_de(suceso: Suceso) -> Cola:
    """La cola en que va ese suceso."""
    return (suceso.pid, 0 if suceso.tipo == "termina" else suceso.hilo)


class Llegado(NamedTuple):
    """Un suceso, los segundos que se había esperado cuando llegó, y cuántos llegaron antes."""

    suceso: Suceso
    llegada: float
    numero: int


class Colas:
    """Lo pendiente de cada cola, en el orden en que lo contó quien lo hizo."""

    def __init__(self) -> None:
        self._colas: dict[Cola, deque[Llegado]] = {}
        self._con_algo: Counter[int] = Counter()

    def meter(self, uno: Llegado) -> bool:
        """Lo pone al final de su cola; dice si es el primero."""
        clave = cola_de(uno.suceso)
        cola = self._colas.get(clave)
        if cola is not None:
            cola.append(uno)
            return False
        self._colas[clave] = deque([uno])
        self._con_algo[clave[0]] += 1
        return True

    def sacar(self, clave: Cola) -> tuple[Suceso, Llegado | None]:
        """Quita el primero de esa cola; da su suceso, y el que queda ahora el primero."""
        cola = self._colas[clave]
        suceso = cola.popleft().suceso
        if cola:
            return suceso, cola[0]
        del self._colas[clave]
        self._con_algo[clave[0]] -= 1
        return suceso, None

    def primero(self, clave: Cola) -> Llegado | None:
        """El primero de esa cola; None si está vacía."""
        cola = self._colas.get(clave)
        return cola[0] if cola else None

    def principio(self, clave: Cola, cuantos: int) -> Iterator[Suceso]:
        """Los primeros de esa cola."""
        return (uno.suceso for uno in islice(self._colas.get(clave, ()), cuantos))

    def cuantas(self, pid: int) -> int:
        """Cuántas colas de ese proceso tienen algo."""
        return self._con_algo[pid]

    def de_un_proceso(self, pid: int) -> Iterator[Cola]:
        """Las que tienen algo."""
        return (clave for clave in self._colas if clave[0] == pid)
