"""La medición: un bucle que envía lo que toca y lee lo que llega, en un solo hilo.

    ¿cuántos mensajes tocan ya?  ──►  los emisores los envían  ──►  ¿a quién le ha llegado algo?
            ▲       (el ritmo, y la ventana)                             (leer y contar)  │
            └─────────────────────────────────────────────────────────────────────────────┘

La ventana es lo que se le puede sacar de ventaja al receptor más lento, en mensajes. Sin ella, los
emisores llenarían todas las esperas del servidor y se mediría cuánto cabe en ellas.
"""

from __future__ import annotations

import selectors
import time
from collections import deque
from collections.abc import Callable, Sequence
from selectors import EVENT_READ, EVENT_WRITE

from chatlab.errores import ErrorDeRed
from chatlab.medidor.emisor import Emisor
from chatlab.medidor.encargo import Encargo
from chatlab.medidor.grupo import PLAZO, SeHaCortado, queja_legible
from chatlab.medidor.receptor import Receptor

#: Bytes que se leen de una vez: cada lectura cuesta lo mismo traiga mucho o poco.
LECTURA = 512 * 1024
#: Segundos entre un aviso de cómo va y el siguiente.
CADA_AVISO = 0.1


class NoHaLlegadoTodo(ErrorDeRed):
    """El servidor ha dejado de entregar mensajes antes de tiempo."""


class Carrera:
    """Una medición de principio a fin. `avanza` recibe los mensajes que ya tienen todos."""

    def __init__(
        self,
        encargo: Encargo,
        emisores: Sequence[Emisor],
        receptores: Sequence[Receptor],
        avanza: Callable[[int], None],
    ) -> None:
        self._encargo = encargo
        self._emisores = deque(emisores)
        self._receptores = receptores
        self._avanza = avanza
        self._selector = selectors.DefaultSelector()
        self._buffer = bytearray(LECTURA)
        self._enviados = 0
        self._de_todos = 0  # los mensajes que tiene el receptor más lento
        self._inicio = self._ultimo_avance = self._ultimo_aviso = 0.0
        #: Lo más que se le ha sacado al receptor más lento, en mensajes.
        self.atraso_maximo = 0
        #: Segundos desde el primer envío hasta la última entrega.
        self.segundos = 0.0

    def correr(self) -> None:
        """Envía todos los mensajes y espera a que los tengan todos los receptores.

        Lanza `SeHaCortado` si el servidor corta, y `NoHaLlegadoTodo` si deja de entregar.
        """
        todos: list[Emisor | Receptor] = [*self._emisores, *self._receptores]
        for quien in todos:
            self._selector.register(quien.conexion.socket, EVENT_READ, quien)
        self._inicio = self._ultimo_avance = time.monotonic()
        try:
            while self._de_todos < self._encargo.mensajes:
                self._dar_una_vuelta()
        except SeHaCortado as error:
            raise SeHaCortado(f"{error} {self._hasta_donde()}") from error
        finally:
            self._selector.close()
        self.segundos = time.monotonic() - self._inicio

    def _dar_una_vuelta(self) -> None:
        self._enviar_lo_que_toca()
        sucesos = self._selector.select(self._cuanto_esperar())
        buffer = self._buffer
        for clave, que in sucesos:
            if que & EVENT_READ:
                clave.data.leer(buffer)
            if que & EVENT_WRITE:
                self._seguir_enviando(clave.data)
        self._mirar_al_mas_lento()
        self._avisar()

    # --- Enviar ---

    def _enviar_lo_que_toca(self) -> None:
        while tocan := self._cuantos_tocan():
            libres = sum(not emisor.ocupado for emisor in self._emisores)
            if not libres:
                return
            parte = -(-tocan // libres)  # redondeado hacia arriba
            for _ in range(len(self._emisores)):
                emisor = self._emisores[0]
                self._emisores.rotate(-1)  # la próxima vez le toca a otro
                if not emisor.ocupado and tocan:
                    tanda = min(parte, tocan, emisor.tanda)
                    self._enviar(emisor, tanda)
                    tocan -= tanda

    def _cuantos_tocan(self) -> int:
        """Los mensajes que se pueden enviar ya sin salirse del ritmo ni de la ventana."""
        vencidos = self._encargo.vencidos(time.monotonic() - self._inicio)
        return min(vencidos, self._de_todos + self._encargo.ventana) - self._enviados

    def _enviar(self, emisor: Emisor, tanda: int) -> None:
        emisor.enviar_mensajes(tanda)
        self._enviados += tanda
        self.atraso_maximo = max(self.atraso_maximo, self._enviados - self._de_todos)
        if emisor.ocupado:
            self._selector.modify(emisor.conexion.socket, EVENT_READ | EVENT_WRITE, emisor)

    def _seguir_enviando(self, emisor: Emisor) -> None:
        emisor.seguir()
        if not emisor.ocupado:
            self._selector.modify(emisor.conexion.socket, EVENT_READ, emisor)

    def _cuanto_esperar(self) -> float:
        """Segundos hasta lo próximo que hay que hacer aunque no llegue nada."""
        encargo = self._encargo
        cabe = self._enviados - self._de_todos < encargo.ventana
        if encargo.ritmo and cabe and self._enviados < encargo.mensajes:
            siguiente = self._inicio + self._enviados / encargo.ritmo
            return min(CADA_AVISO, max(0.0, siguiente - time.monotonic()))
        return CADA_AVISO

    # --- Cómo va ---

    def _mirar_al_mas_lento(self) -> None:
        de_todos = min(receptor.contador.contados for receptor in self._receptores)
        ahora = time.monotonic()
        # Con un ritmo lento, que no llegue nada puede ser que no se haya enviado nada.
        if de_todos > self._de_todos or de_todos == self._enviados:
            self._ultimo_avance = ahora
        elif ahora - self._ultimo_avance > PLAZO:
            raise NoHaLlegadoTodo(
                f"El servidor lleva {PLAZO:g} s sin entregar nada. {self._hasta_donde()}"
            )
        self._de_todos = de_todos

    def _hasta_donde(self) -> str:
        frase = (
            f"Se habían enviado {self._enviados} de {self._encargo.mensajes} mensajes, "
            f"y al receptor más lento le habían llegado {self._de_todos}."
        )
        quejas = [quien.queja for quien in self._emisores if quien.queja]
        return f"{frase} El servidor se quejó: «{queja_legible(quejas[0])}»." if quejas else frase

    def _avisar(self) -> None:
        ahora = time.monotonic()
        if ahora - self._ultimo_aviso >= CADA_AVISO:
            self._ultimo_aviso = ahora
            self._avanza(self._de_todos)
