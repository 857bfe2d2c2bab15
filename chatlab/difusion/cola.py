"""La cola de salida de un cliente: lo que espera a ser enviado, y el hilo que lo envía.

Quien difunde un mensaje no lo envía a cada cliente: lo deja en su cola y sigue. Así, un cliente
que lee despacio, o que no lee, hace esperar a su cola y a nadie más.

    pone líneas (nunca espera)                 las envía (puede esperar)
    ──────────────────────────►  [ cola ]  ──────────────────────────────►  socket

Lo que espera tiene dos marcas. Pasada la primera, a quien escribe al cliente lento se le frena
(`esperar_hueco`). Si pasa la segunda, o no acepta ni un byte en unos segundos, el servidor lo
desconecta (`atascada` se lo dice).
"""

from __future__ import annotations

import socket
import threading
import time
from collections import deque

from chatlab.limites import KIB, Limites

#: Bytes que se juntan, como mucho, en un envío.
TAMANO_DE_ENVIO = 32 * KIB

#: Bytes que el sistema operativo guarda por su cuenta. Con un buffer mayor, un cliente que lee
#: despacio tardaría segundos en hacer sitio, y no se distinguiría de uno que no lee.
BUFFER_DEL_SISTEMA = 64 * KIB


class ColaDeSalida:
    """Las líneas que un cliente aún no ha recibido. La usan varios hilos a la vez."""

    def __init__(self, conexion: socket.socket, limites: Limites) -> None:
        self._conexion = conexion
        self._limites = limites
        self._lineas: deque[bytes] = deque()
        self._bytes = 0  # de las líneas que esperan y de las que se están enviando
        self._ultimo_avance = time.monotonic()
        self._cerrada = False
        # Un candado y dos cosas que esperar con él: que haya algo que enviar y que haya sitio.
        self._candado = threading.Lock()
        self._hay_lineas = threading.Condition(self._candado)
        self._hay_hueco = threading.Condition(self._candado)
        conexion.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BUFFER_DEL_SISTEMA)
        self._hilo = threading.Thread(target=self._enviar_lo_que_llegue, daemon=True)
        self._hilo.start()

    # --- Quien difunde ---

    def poner(self, linea: bytes) -> None:
        """Deja una línea para enviar. Nunca espera."""
        with self._candado:
            if self._cerrada:
                return
            if not self.llena:
                self._ultimo_avance = time.monotonic()  # su plazo empieza al pasar la marca
            self._lineas.append(linea)
            self._bytes += len(linea)
            self._hay_lineas.notify()

    @property
    def llena(self) -> bool:
        """Pasada la primera marca: conviene frenar a quien le escribe."""
        return self._bytes > self._limites.bytes_para_frenar

    @property
    def desbordada(self) -> bool:
        """Pasada la segunda marca: hay que desconectarlo."""
        return self._bytes > self._limites.bytes_para_desconectar

    def atascada(self, ahora: float) -> bool:
        """Llena, y sin que el cliente acepte un byte en `segundos_sin_leer`."""
        sin_avanzar = ahora - self._ultimo_avance
        return self.llena and sin_avanzar > self._limites.segundos_sin_leer

    def esperar_hueco(self) -> None:
        """Espera a que el cliente se ponga al día, o a que se le desconecte."""
        with self._candado:
            self._hay_hueco.wait_for(lambda: not self.llena or self._cerrada)

    def vaciar(self) -> None:
        """Tira las líneas que esperan: el cliente no las lee. Las que ya salían, siguen."""
        with self._candado:
            self._bytes -= sum(map(len, self._lineas))
            self._lineas.clear()
            self._hay_hueco.notify_all()

    def cerrar(self) -> None:
        """No admite más líneas: envía las que queden y dice al cliente que no habrá más."""
        with self._candado:
            self._cerrada = True
            self._hay_lineas.notify()
            self._hay_hueco.notify_all()

    def esperar_final(self) -> None:
        """Espera a que salga lo pendiente, o a que la conexión se corte."""
        self._hilo.join()

    # --- El hilo que envía ---

    def _enviar_lo_que_llegue(self) -> None:
        try:
            while trozo := self._siguiente_trozo():
                self._conexion.sendall(trozo)
                self._apuntar_avance(len(trozo))
            self._conexion.shutdown(socket.SHUT_WR)
        except OSError:
            # Cortada. Lo descubre también, y lo cuenta a la sala, el hilo que recibe.
            self.cerrar()
            self.vaciar()

    def _siguiente_trozo(self) -> bytes:
        """Espera a que haya líneas y junta unas cuantas; vacío si ya no habrá más."""
        with self._candado:
            self._hay_lineas.wait_for(lambda: self._lineas or self._cerrada)
            # Siempre líneas enteras: si hay que tirar el resto, ninguna queda a medias.
            trozo = []
            cuantos = 0
            while self._lineas and cuantos < TAMANO_DE_ENVIO:
                trozo.append(self._lineas.popleft())
                cuantos += len(trozo[-1])
            return b"".join(trozo)

    def _apuntar_avance(self, enviados: int) -> None:
        with self._candado:
            self._bytes -= enviados
            self._ultimo_avance = time.monotonic()
            if not self.llena:
                self._hay_hueco.notify_all()
