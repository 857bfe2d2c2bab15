"""Una conversación por turnos, igual para el servidor y el cliente: solo cambia quién empieza.

Hay que esperar dos cosas a la vez, sin saber cuál llegará antes: una línea del teclado y una
línea de la red. Cada una tiene un hilo que la espera y la deja en su cola; quien conversa
duerme hasta que cambia alguna de las dos.

- En tu turno se pide una línea al teclado. Lo que llegue entretanto de la otra persona espera
  en su cola: no se pierde.
- En el turno de la otra persona, lo que teclees espera en el teclado. Solo irte no espera.
- Si lo siguiente de la otra persona es una despedida o un corte, te enteras enseguida, aunque
  sea tu turno: ya no hay a quién contestar.
"""

from __future__ import annotations

import socket
import threading
from collections import deque
from collections.abc import Callable
from enum import Enum

from chatlab.chat.protocolo import SALIR, Decodificador, LineaMala, Recibida, codificar, es_salida
from chatlab.red.antesala import AVISOS
from chatlab.red.sockets import PAUSA_PARA_CTRL_C, TAMANO_DE_LECTURA
from chatlab.turnos.teclado import Teclado

#: Líneas recibidas que pueden esperar su turno; con más, se deja de leer de la red.
MAX_LINEAS_EN_ESPERA = 1000

#: Segundos que se espera, al despedirse, a que el otro lado cierre.
PLAZO_DE_DESPEDIDA = 1.0


class Final(Enum):
    """Cómo termina una conversación."""

    ME_VOY = "te has ido"
    SE_FUE = "ha salido"
    SE_CORTO = "se ha desconectado"


class Correo:
    """Recibe las líneas de la otra persona, en su propio hilo, hasta que la conexión termina.

    Un aviso de la antesala no es de la otra persona, ni cuenta como su turno: se da a `avisar`. Los
    hay antes de la primera línea; después, no.
    """

    def __init__(
        self,
        conexion: socket.socket,
        cambio: threading.Condition,
        avisar: Callable[[str], object],
        leido: bytes,
    ) -> None:
        #: Las líneas que esperan su turno; `None` es el final de la conexión.
        self.recibidas: deque[Recibida | None] = deque()
        self._conexion = conexion
        self._cambio = cambio
        self._avisar = avisar
        self._leido = leido
        self._nadie_espera = False
        self._hilo = threading.Thread(target=self._recibir, daemon=True)
        self._hilo.start()

    def _recibir(self) -> None:
        decodificador = Decodificador()
        puede_ser_un_aviso = True
        try:
            datos = self._leido or self._conexion.recv(TAMANO_DE_LECTURA)
            while datos:
                for linea in decodificador.recibir(datos):
                    puede_ser_un_aviso = puede_ser_un_aviso and linea in AVISOS
                    if puede_ser_un_aviso:
                        self._avisar(str(linea))
                    else:
                        self._guardar(linea)
                datos = self._conexion.recv(TAMANO_DE_LECTURA)
        except OSError:
            pass  # cortada: para quien conversa es un final, como los demás
        self._guardar(None)

    def _guardar(self, linea: Recibida | None) -> None:
        with self._cambio:
            self._cambio.wait_for(
                lambda: len(self.recibidas) < MAX_LINEAS_EN_ESPERA or self._nadie_espera
            )
            if not self._nadie_espera:
                self.recibidas.append(linea)
                self._cambio.notify_all()

    def terminar(self) -> None:
        """Despide la conexión: no enviará más, y lo que llegue se tira hasta que cierre el otro.

        Cerrar sin leer lo que queda haría que el sistema cortase la conexión de golpe (RST,
        RFC 9293, apartado 3.6.1), y la despedida podría no llegar.
        """
        with self._cambio:
            self._nadie_espera = True
            self._cambio.notify_all()
        try:
            self._conexion.shutdown(socket.SHUT_WR)
        except OSError:
            return  # ya estaba cortada
        self._hilo.join(PLAZO_DE_DESPEDIDA)


class Conversacion:
    """Turnos alternos con quien está al otro lado, que en la pantalla se llama `otro`.

    `leido` son los bytes suyos que ya se habían recibido.
    """

    def __init__(
        self, conexion: socket.socket, teclado: Teclado, *, otro: str, leido: bytes = b""
    ) -> None:
        self._conexion = conexion
        self._teclado = teclado
        self._correo = Correo(conexion, teclado.cambio, teclado.consola.mostrar, leido)
        self._otro = otro

    def conversar(self, *, empiezo_yo: bool) -> Final:
        """Alterna los turnos hasta que alguien se va; devuelve cómo terminó.

        Con Ctrl+C se despide, y deja pasar `KeyboardInterrupt`.
        """
        es_mi_turno = empiezo_yo
        final = None
        try:
            while final is None:
                final = self._mi_turno() if es_mi_turno else self._turno_ajeno()
                es_mi_turno = not es_mi_turno
        except KeyboardInterrupt:
            self._enviar(SALIR)
            raise
        finally:
            self._teclado.no_hay_nadie()
            self._correo.terminar()
        return final

    def _mi_turno(self) -> Final | None:
        self._teclado.pedir()
        self._esperar(lambda: self._teclado.hay_algo() or self._final_ajeno() is not None)
        if (final := self._final_ajeno()) is not None:
            return final
        linea = self._teclado.recoger()
        if linea is None or es_salida(linea):
            self._enviar(SALIR)
            return Final.ME_VOY
        self._enviar(linea)
        return None

    def _turno_ajeno(self) -> Final | None:
        self._teclado.dejar_de_pedir()
        self._esperar(lambda: bool(self._correo.recibidas) or self._teclado.se_despide())
        if (final := self._final_ajeno()) is not None:
            return final
        if not self._correo.recibidas:
            self._teclado.recoger()
            self._enviar(SALIR)
            return Final.ME_VOY
        with self._teclado.cambio:
            linea = self._correo.recibidas.popleft()
            self._teclado.cambio.notify_all()  # hay sitio para otra
        if isinstance(linea, LineaMala):
            linea = f"[línea descartada] {linea.motivo}"
        self._teclado.consola.mostrar(f"{self._otro}: {linea}")
        return None

    def _final_ajeno(self) -> Final | None:
        """Cómo se ha ido la otra persona, si irse es lo siguiente que ha hecho."""
        if not self._correo.recibidas:
            return None
        siguiente = self._correo.recibidas[0]
        if siguiente is None:
            return Final.SE_CORTO
        if isinstance(siguiente, str) and es_salida(siguiente):
            return Final.SE_FUE
        return None

    def _enviar(self, linea: str) -> None:
        try:
            self._conexion.sendall(codificar(linea))
        except OSError:
            pass  # cortada: lo dirá el correo, detrás de las líneas que ya habían llegado

    def _esperar(self, ocurre: Callable[[], bool]) -> None:
        with self._teclado.cambio:
            # El plazo deja pasar a Ctrl+C en Windows.
            while not self._teclado.cambio.wait_for(ocurre, PAUSA_PARA_CTRL_C):
                pass
