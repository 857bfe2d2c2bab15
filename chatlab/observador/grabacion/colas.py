"""En qué cola va cada suceso: la de su hilo, o una de las de su proceso."""

from __future__ import annotations

from chatlab.sonda import Suceso

#: Lo que hace un proceso sin que lo cuente un hilo suyo: lo que sale en su pantalla, lo que se
#: teclea en ella, y cómo acaba.
PANTALLA, TECLADO, FINAL = -1, -2, -3


def cola_de(suceso: Suceso) -> tuple[int, int]:
    """El proceso y el hilo de ese suceso, o lo que haga de hilo."""
    return (suceso.pid, 0 if suceso.tipo == "termina" else suceso.hilo)
