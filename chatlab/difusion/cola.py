"""La cola de salida de un cliente: lo que espera a ser enviado, y el hilo que lo envía.

Quien difunde un mensaje no espera a que cada cliente lo reciba: lo deja en su cola y sigue. Así, un
cliente que lee despacio, o que no lee, hace esperar a su cola y a nadie más.

    pone líneas (nunca espera)                 las envía (puede esperar)
    ──────────────────────────►  [ cola ]  ──────────────────────────────►  socket
                └─────────── si está vacía y caben ya en el socket ────────────►┘

Despertar a un hilo cuesta mucho más que enviar una línea. Por eso, con la cola vacía, quien difunde
prueba a enviar él mismo, sin esperar: solo lo que no cabe se queda en la cola, y despierta al hilo.

Lo que espera tiene dos marcas. Pasada la primera, a quien escribe al cliente lento se le frena
(`esperar_hueco`). Si pasa la segunda, o no acepta ni un byte en unos segundos, el servidor lo
desconecta (`atascada` se lo dice).
"""

from __future__ import annotations

import socket
import threading
import time
from collections import deque

from chatlab.chat.limites import KIB, Limites

#: Bytes que se juntan, como mucho, en un envío.
TAMANO_DE_ENVIO = 32 * KIB

#: Bytes que el sistema operativo guarda por su cuenta. Con un buffer mayor, un cliente que lee
#: despacio tardaría segundos en hacer sitio, y no se distinguiría de uno que no lee.
BUFFER_DEL_SISTEMA = 64 * KIB

#: Lo que pide a `send` que no espere (send(2)). En Windows no existe: allí todo pasa por la cola.
SIN_ESPERAR: int | None = getattr(socket, "MSG_DONTWAIT", None)


class ColaDeSalida:
    """Las líneas que un cliente aún no ha recibido. La usan varios hilos a la vez."""

    def __init__(self, conexion: socket.socket, limites: Limites) -> None:
        self._conexion = conexion
        self._limites = limites
        self._empezada = b""  # lo que falta de un envío del que ya ha salido una parte
        self._lineas: deque[bytes] = deque()
        self._bytes = 0  # de las líneas que esperan y de las que se están enviando
        self._ultimo_avance = time.monotonic()
        self._cerrada = False
        # Un candado y dos cosas que esperar con él: que haya algo que enviar y que haya sitio.
        self._candado = threading.Lock()
        self._hay_lineas = threading.Condition(self._candado)
        self._hay_hueco = threading.Condition(self._candado)
        conexion.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BUFFER_DEL_SISTEMA)
        # Un mensaje corto sale ya, aunque el anterior no se haya confirmado (algoritmo de Nagle).
        conexion.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._hilo = threading.Thread(target=self._enviar_lo_que_llegue, daemon=True)
        self._hilo.start()

    # --- Quien difunde ---

    def poner(self, lineas: bytes) -> None:
        """Deja una o varias líneas enteras para enviar. Nunca espera."""
        with self._candado:
            if self._cerrada:
                return
            if not self.llena:
                self._ultimo_avance = time.monotonic()  # su plazo empieza al pasar la marca
            enviados = 0 if self._bytes else self._enviar_sin_esperar(lineas)
            if enviados == len(lineas):
                return
            if enviados:
                self._empezada = lineas[enviados:]
            else:
                self._lineas.append(lineas)
            self._bytes += len(lineas) - enviados
            self._hay_lineas.notify()

    def _enviar_sin_esperar(self, datos: bytes) -> int:
        """Envía lo que quepa ahora mismo; devuelve los bytes que han salido."""
        if SIN_ESPERAR is None:
            return 0
        try:
            return self._conexion.send(datos, SIN_ESPERAR)
        except OSError:
            return 0  # no cabe nada; o se ha cortado, y lo descubrirá el hilo que envía

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

    @property
    def acabada(self) -> bool:
        """Ya ha salido todo y no habrá más; o la conexión se ha cortado."""
        return not self._hilo.is_alive()

    def esperar_final(self) -> None:
        """Espera a que salga lo pendiente, o a que la conexión se corte."""
        self._hilo.join()

    # --- El hilo que envía ---

    def _enviar_lo_que_llegue(self) -> None:
        try:
            while trozo := self._siguiente_trozo():
                # A partes: de quien lee despacio se sabe así que avanza.
                for inicio in range(0, len(trozo), TAMANO_DE_ENVIO):
                    parte = trozo[inicio : inicio + TAMANO_DE_ENVIO]
                    self._conexion.sendall(parte)
                    self._apuntar_avance(len(parte))
            self._conexion.shutdown(socket.SHUT_WR)
        except OSError:
            # Cortada. Lo descubre también, y lo cuenta a la sala, el hilo que recibe.
            self.cerrar()
            self.vaciar()

    def _siguiente_trozo(self) -> bytes:
        """Espera a que haya líneas y junta unas cuantas; vacío si ya no habrá más."""
        with self._candado:
            self._hay_lineas.wait_for(lambda: self._empezada or self._lineas or self._cerrada)
            # Siempre hasta un final de línea: si hay que tirar el resto, ninguna queda a medias.
            trozo = [self._empezada]
            cuantos = len(self._empezada)
            self._empezada = b""
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
