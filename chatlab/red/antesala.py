"""La antesala: quien llega mientras se atiende a otra persona espera, y se le dice.

Es de los servidores que atienden a una persona detrás de otra. Sin ella, quien llega segundo se
queda en la cola del sistema operativo: su programa dice que está conectado, y nadie le contesta.

    llegan ──► hilo de la antesala: acepta y, si hay que esperar, lo dice ──► siguiente()

Lo que envía quien espera se va leyendo, hasta un tope. Si no lo leyera nadie y su programa
terminara sin leer el aviso, su sistema cortaría la conexión de golpe (RST: RFC 1122, apartado
4.2.2.13), y hay sistemas que con eso tiran lo que aún no se había leído.
"""

from __future__ import annotations

import select
import socket
import threading
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
#: Cada cuánto, en segundos, se lee a quienes esperan.
RONDA = 0.1


@dataclass
class Visita:
    """Alguien que ha llegado: su conexión, desde dónde, y lo que ya se le ha leído."""

    conexion: socket.socket
    origen: str
    leido: bytearray = field(default_factory=bytearray)
    ha_esperado: bool = False

    def decir(self, linea: str) -> None:
        """Le envía una línea. Si ya se ha ido, lo verá quien le atienda."""
        try:
            self.conexion.sendall(codificar(linea))
        except OSError:
            pass

    def leer_lo_que_haya(self) -> None:
        """Se lleva lo que ha enviado, sin esperar y sin pasar de `MAX_LEIDO`."""
        try:
            self.leido += self.conexion.recv(MAX_LEIDO - len(self.leido))
        except OSError:
            pass  # no hay nada todavía, o se ha cortado: lo verá quien le atienda


class Antesala:
    """Las visitas que esperan. La atiende un hilo; `siguiente` la da a quien está libre."""

    def __init__(self, escucha: socket.socket) -> None:
        self._escucha = escucha
        # Quien llama puede arrepentirse justo antes de que se le abra: no hay que esperarle siempre.
        escucha.settimeout(PAUSA_PARA_CTRL_C)
        self._visitas: deque[Visita] = deque()
        self._cambio = threading.Condition()
        self._hay_alguien_dentro = False
        self._error: ErrorDeRed | None = None
        threading.Thread(target=self._recibir_visitas, daemon=True).start()

    def visitas(self, hasta: Callable[[], bool] = lambda: False) -> Iterator[Visita]:
        """Va dando las visitas, de una en una, hasta Ctrl+C o hasta que ocurra `hasta`."""
        while (visita := self._siguiente(hasta)) is not None:
            with visita.conexion:
                visita.conexion.settimeout(None)
                if visita.ha_esperado:
                    visita.decir(ATENDIDO)
                yield visita

    def _siguiente(self, hasta: Callable[[], bool]) -> Visita | None:
        with self._cambio:
            self._hay_alguien_dentro = False
            while not self._visitas:
                if self._error is not None:
                    raise self._error
                if hasta():
                    return None
                self._cambio.wait(PAUSA_PARA_CTRL_C)
            self._hay_alguien_dentro = True
            return self._visitas.popleft()

    # --- El hilo de la antesala ---

    def _recibir_visitas(self) -> None:
        try:
            while self._escucha.fileno() >= 0:  # negativo: el servidor la ha cerrado
                if self._hay_sitio_y_llaman() and (llegada := aceptar_una(self._escucha)):
                    self._hacer_pasar(Visita(*llegada))
                with self._cambio:
                    for visita in self._visitas:
                        visita.leer_lo_que_haya()
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
        with self._cambio:
            visita.ha_esperado = self._hay_alguien_dentro or bool(self._visitas)
            if visita.ha_esperado:
                visita.decir(ESPERA)
            visita.conexion.setblocking(False)
            self._visitas.append(visita)
            self._cambio.notify()
