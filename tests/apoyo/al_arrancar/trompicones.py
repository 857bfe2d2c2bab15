"""Hace ir a un programa a trompicones: se detiene al azar donde puede seguir otro."""

import random
import sys
import threading
import time
from types import FrameType

LO_MAS_QUE_SE_DETIENE = 0.08  # segundos, cada vez
UNA_DE_CADA = 3  # llamadas

#: Tras estas llamadas puede seguir otro hilo, u otro programa.
DONDE_CAMBIA_EL_TURNO = {
    *("accept", "bind", "close", "connect", "listen", "recv", "recv_into", "send", "sendall"),
    *("sendmsg", "shutdown", "poll", "select", "register", "unregister"),
    *("acquire", "start_new_thread", "wait"),
    *("fsync", "print", "write"),
}


class Trompicones:
    """Detiene el programa al azar, hasta gastar el tiempo que se le da."""

    def __init__(self, segundos: float) -> None:
        self._quedan = segundos
        self._azar = random.Random()

    def __call__(self, marco: FrameType, suceso: str, valor: object) -> None:
        """Lo que `sys.setprofile` llama tras cada función escrita en C."""
        if self._quedan <= 0:
            sys.setprofile(None)  # desde aquí, este hilo va tan deprisa como siempre
        elif suceso == "c_return" and getattr(valor, "__name__", "") in DONDE_CAMBIA_EL_TURNO:
            self._quiza_detenerse()

    def _quiza_detenerse(self) -> None:
        if self._azar.randrange(UNA_DE_CADA) == 0:
            pausa = self._azar.uniform(0, LO_MAS_QUE_SE_DETIENE)
            self._quedan -= pausa
            time.sleep(pausa)


def empezar(segundos: float) -> None:
    """Detiene al azar este hilo, y los que se creen con `threading`."""
    trompicones = Trompicones(segundos)
    threading.setprofile(trompicones)
    sys.setprofile(trompicones)
