"""Lo primero que ejecuta Python en cada programa que arrancan las pruebas (`site`, en su manual).

Deja la pantalla como en una terminal y, si se le pide, hace ir al programa a trompicones.
"""

import io
import os
import random
import sys
import threading
import time
from types import FrameType

#: Con esta variable, cada programa se detiene al azar: así se ven las pruebas que dan por hecho un
#: orden, o que algo es inmediato. Su valor son los segundos que se detiene cada uno en total.
A_TROMPICONES = "CHATLAB_TROMPICONES"
LO_MAS_QUE_SE_DETIENE = 0.08  # segundos, cada vez
UNA_DE_CADA = 3  # llamadas

#: Tras estas llamadas puede seguir otro hilo, u otro programa.
DONDE_CAMBIA_EL_TURNO = {
    *("accept", "bind", "close", "connect", "listen", "recv", "recv_into", "send", "sendall"),
    *("sendmsg", "shutdown", "poll", "select", "register", "unregister"),
    *("acquire", "start_new_thread", "wait"),
    *("fsync", "print", "write"),
}


def escribir_linea_a_linea() -> None:
    """Hace que dos hilos que escriben a la vez no mezclen sus líneas, como en una terminal.

    Con PYTHONUNBUFFERED, `print` escribe el texto y el salto de línea por separado.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True, write_through=False)


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


def ir_a_trompicones(segundos: float) -> None:
    """Detiene al azar este hilo, y los que se creen con `threading`."""
    trompicones = Trompicones(segundos)
    threading.setprofile(trompicones)
    sys.setprofile(trompicones)


if __name__ == "sitecustomize":  # lo importa Python al arrancar, y no una prueba
    escribir_linea_a_linea()
    if A_TROMPICONES in os.environ:
        ir_a_trompicones(float(os.environ[A_TROMPICONES]))
