"""La antesala: quien llega mientras se atiende a otra persona espera, y se le dice.

Es de los servidores que atienden a una persona detrás de otra. Sin ella, quien llega segundo se
queda en la cola del sistema operativo: su programa dice que está conectado, y nadie le contesta.

    llegan ──► hilo de la antesala: acepta y, si hay que esperar, lo dice ──► visitas()

Lo que envía quien sabe que espera se va leyendo, hasta un tope. Si no lo leyera nadie y su programa
terminara sin leer el aviso, su sistema cortaría la conexión de golpe (RST: RFC 1122, apartado
4.2.2.13), y hay sistemas que con eso tiran lo que aún no se había leído. Quien no ha recibido el
aviso no corre ese peligro, y su sistema sabe así que nadie le ha leído nada.
"""

from __future__ import annotations

import select
import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from chatlab.chat.protocolo import aviso, codificar
from chatlab.errores import ErrorDeRed
from chatlab.red.fallos import ya_no_se_acepta
from chatlab.red.sockets import PAUSA_PARA_CTRL_C, aceptar_una

#: Lo que se dice a quien tiene que esperar, y lo que se le dice cuando le llega el turno.
ESPERA = aviso("Espera: el servidor está con otra persona. Lo que escribas no se pierde.")
ATENDIDO = aviso("El servidor ya está contigo.")
AVISOS = frozenset({ESPERA, ATENDIDO})

#: Cuántos esperan dentro. Los siguientes se quedan en la cola del sistema, y no se les dice nada.
MAX_ESPERANDO = 50
#: Bytes que se leen a quien espera.
MAX_LEIDO = 64 * 1024
#: Cada cuánto, en segundos, se lee a quienes esperan, y cuánto han de esperar para decírselo: a
#: quien llega cuando otro se está yendo se le atiende enseguida.
RONDA, PARA_DECIRLO = 0.1, 0.3


@dataclass
class Visita:
    """Alguien que ha llegado: su conexión, desde dónde, y lo que ya se le ha leído."""

    conexion: socket.socket
    origen: str
    llegada: float = field(default_factory=time.monotonic)
    leido: bytearray = field(default_factory=bytearray)
    sabe_que_espera: bool = False

    def decir(self, linea: str) -> None:
        """Le envía una línea. Si ya se ha ido, lo verá quien le atienda."""
        try:
            self.conexion.sendall(codificar(linea))
        except OSError:
            pass

    def esperar(self) -> None:
        """Le dice que espera, si lleva un rato, y desde entonces se lleva lo que haya enviado."""
        if time.monotonic() - self.llegada <= PARA_DECIRLO:
            return
        if not self.sabe_que_espera:
            self.sabe_que_espera = True
            self.decir(ESPERA)
        try:
            self.leido += self.conexion.recv(MAX_LEIDO - len(self.leido))
        except OSError:
            pass  # no hay nada todavía, o se ha cortado: lo verá quien le atienda


class Antesala:
    """Las visitas que esperan. Un hilo las recibe, y `visitas` las da de una en una."""

    def __init__(self, escucha: socket.socket) -> None:
        self._escucha = escucha
        # Quien llama puede arrepentirse justo antes de que se le abra: no se le espera siempre.
        escucha.settimeout(PAUSA_PARA_CTRL_C)
        self._visitas: deque[Visita] = deque()
        self._cambio = threading.Condition()
        self._error: ErrorDeRed | None = None
        threading.Thread(target=self._recibir_visitas, daemon=True).start()

    def visitas(self, hasta: Callable[[], bool] = lambda: False) -> Iterator[Visita]:
        """Va dando las visitas, de una en una, hasta Ctrl+C o hasta que ocurra `hasta`."""
        while (visita := self._siguiente(hasta)) is not None:
            with visita.conexion:
                visita.conexion.settimeout(None)
                if visita.sabe_que_espera:
                    visita.decir(ATENDIDO)
                yield visita

    def _siguiente(self, hasta: Callable[[], bool]) -> Visita | None:
        with self._cambio:
            while not self._visitas:
                if self._error is not None:
                    raise self._error
                if hasta():
                    return None
                self._cambio.wait(PAUSA_PARA_CTRL_C)
            return self._visitas.popleft()

    # --- El hilo de la antesala ---

    def _recibir_visitas(self) -> None:
        try:
            while self._escucha.fileno() >= 0:  # negativo: el servidor la ha cerrado
                if self._hay_sitio_y_llaman() and (llegada := aceptar_una(self._escucha)):
                    self._hacer_pasar(Visita(*llegada))
                with self._cambio:
                    for visita in self._visitas:
                        visita.esperar()
        except ErrorDeRed as error:
            self._rendirse(error)
        except OSError as error:
            self._rendirse(ya_no_se_acepta(error))
        except ValueError:
            pass  # la acaba de cerrar: ya no queda nadie a quien recibir

    def _rendirse(self, error: ErrorDeRed) -> None:
        with self._cambio:
            self._error = error
            self._cambio.notify()

    def _hay_sitio_y_llaman(self) -> bool:
        with self._cambio:
            cuantas = len(self._visitas)
            if cuantas >= MAX_ESPERANDO:
                self._cambio.wait(RONDA)
                return False
        plazo = RONDA if cuantas else PAUSA_PARA_CTRL_C
        return bool(select.select([self._escucha], [], [], plazo)[0])

    def _hacer_pasar(self, visita: Visita) -> None:
        visita.conexion.setblocking(False)
        with self._cambio:
            self._visitas.append(visita)
            self._cambio.notify()
