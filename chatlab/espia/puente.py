"""Una conversación: un cliente, su servidor y los dos sentidos en que hablan."""

from __future__ import annotations

from selectors import EVENT_READ, EVENT_WRITE

from chatlab.espia.faltas import Falta
from chatlab.espia.punta import Punta, PuntaPerdida
from chatlab.espia.relato import Relato
from chatlab.espia.sentido import Sentido


class Puente:
    """Un cliente y un servidor que ya están conectados, cada uno con el espía."""

    def __init__(
        self, cliente: Punta, servidor: Punta, faltas: tuple[Falta, Falta], relato: Relato
    ) -> None:
        self.puntas = (cliente, servidor)
        self._relato = relato
        subida, bajada = faltas
        self._subida = Sentido(
            cliente, servidor, subida, relato.de_sentido(cliente.nombre, servidor.nombre, subida)
        )
        self._bajada = Sentido(
            servidor, cliente, bajada, relato.de_sentido(servidor.nombre, cliente.nombre, bajada)
        )
        self._sentidos = (self._subida, self._bajada)
        self.terminada = False
        self._cortando = False

    def eventos_de(self, punta: Punta) -> int:
        """Lo que ahora se atendería de una punta: leer de ella, escribirle, ambas cosas o nada."""
        if not punta.viva:
            return 0
        leer, escribir = self._desde_y_hacia(punta)
        return (EVENT_READ if leer.se_lee else 0) | (EVENT_WRITE if escribir.espera_a_hacia else 0)

    def _desde_y_hacia(self, punta: Punta) -> tuple[Sentido, Sentido]:
        if punta is self.puntas[0]:
            return self._subida, self._bajada
        return self._bajada, self._subida

    def cuando(self) -> float | None:
        """Cuándo hay que volver a `mover` aunque no ocurra nada; `None` si no hace falta."""
        momentos = [s.cuando() for s in self._sentidos]
        return min((momento for momento in momentos if momento is not None), default=None)

    def atender(self, punta: Punta, se_puede_leer: bool, ahora: float) -> None:
        """Ha ocurrido algo en una punta: se lee de ella, si hay qué, y se mueve lo que se pueda."""
        desde, _ = self._desde_y_hacia(punta)
        if se_puede_leer and desde.se_lee:
            try:
                desde.leer(ahora)
            except PuntaPerdida as perdida:
                self._perder(perdida.punta)
        self.mover(ahora)

    def mover(self, ahora: float) -> None:
        """Envía lo que se pueda en los dos sentidos, y termina si ya no queda nada por hacer."""
        try:
            for sentido in self._sentidos:
                sentido.mover(ahora)
        except PuntaPerdida as perdida:
            self._perder(perdida.punta)
            self.mover(ahora)  # no se repite más: cada punta se pierde una vez
            return
        self._ver_si_termina()

    def _perder(self, punta: Punta) -> None:
        punta.viva = False
        self._relato.perdida(punta.nombre, self.puntas[0].nombre)
        for sentido in self._sentidos:
            sentido.perder(punta)

    def _ver_si_termina(self) -> None:
        for sentido in self._sentidos:
            if sentido.falta.corta and not sentido.espera_a_hacia:
                self._relato.corte(self.puntas[0].nombre, sentido.falta.valor)
                self.terminada = self._cortando = True
                return
        # Con un sentido acabado y el otro sin poder leer más, tampoco queda nada que esperar.
        if any(s.acabado for s in self._sentidos) and all(
            s.acabado or s.parado for s in self._sentidos
        ):
            self._relato.final(self.puntas[0].nombre)
            self.terminada = True
            self._cortando = not all(punta.viva for punta in self.puntas)

    def cerrar(self) -> None:
        """Suelta las dos puntas, aunque quede algo por enviar.

        Si una se cortó, la otra también se corta: debe ver lo mismo que vería sin espía.
        """
        for punta in self.puntas:
            if self._cortando:
                punta.cortar()
            else:
                punta.cerrar()
