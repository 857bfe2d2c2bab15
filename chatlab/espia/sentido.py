"""Un sentido de una conversación: lo que va de una punta a la otra, pasando por la falta.

    desde ──recv──► falta ──► pendiente ──send──► hacia

La memoria está acotada: si `hacia` no recoge lo suyo, `pendiente` no se vacía, la falta se llena y
se deja de leer de `desde`, hasta que el sistema frena a quien envía.
"""

from __future__ import annotations

from chatlab.espia.faltas import Falta
from chatlab.espia.punta import Punta
from chatlab.espia.relato import RelatoDeSentido

#: Bytes que se leen de una vez.
LECTURA = 64 * 1024
#: Envíos seguidos de un sentido: los demás también esperan su turno.
ENVIOS_POR_TURNO = 64


class Sentido:
    """Lo que va de `desde` a `hacia`."""

    def __init__(self, desde: Punta, hacia: Punta, falta: Falta, relato: RelatoDeSentido) -> None:
        self.desde = desde
        self.hacia = hacia
        self.falta = falta
        self._relato = relato
        self._pendiente = memoryview(b"")
        self._sin_mas_que_leer = False
        self._avisado = False
        #: Todo lo que tenía que llegar a `hacia` ha llegado, también el final.
        self.acabado = False

    @property
    def se_lee(self) -> bool:
        """Si ahora se atendería lo que llegue de `desde`."""
        return not self._sin_mas_que_leer and self.falta.cabe > 0

    @property
    def espera_a_hacia(self) -> bool:
        """Si hay bytes que `hacia` aún no ha aceptado."""
        return bool(self._pendiente)

    @property
    def parado(self) -> bool:
        """Si la falta ya no deja leer, y lo que dejó ya ha salido."""
        return self.falta.no_lee_mas and not self._pendiente and not self.falta.guardados

    def cuando(self) -> float | None:
        """Cuándo puede salir algo, si no hay que esperar a `hacia`; `None` si no hay nada."""
        return None if self._pendiente else self.falta.cuando()

    def leer(self, ahora: float) -> None:
        """Lee una vez de `desde`; lanza `PuntaPerdida` si se ha cortado."""
        trozo = self.desde.recibir(min(LECTURA, self.falta.cabe))
        if trozo is None:
            return
        if not trozo:
            self._relato.fin()
            self._acabar_de_leer()
            return
        self._relato.entra(trozo, ahora)
        self.falta.entra(trozo, ahora)

    def _acabar_de_leer(self) -> None:
        self._sin_mas_que_leer = True
        self.falta.acaba()

    def mover(self, ahora: float) -> None:
        """Envía lo que la falta suelte y `hacia` acepte; lanza `PuntaPerdida` si se ha cortado."""
        for _ in range(ENVIOS_POR_TURNO):
            if not self._pendiente and (suelta := self.falta.sale(ahora)):
                self._pendiente = memoryview(suelta)
                self._relato.sale(suelta)
            if not self._pendiente:
                break
            self._pendiente = self._pendiente[self.hacia.enviar(self._pendiente) :]
            if self._pendiente:
                break  # `hacia` no acepta más por ahora
        self._relato.resumir(self.falta.guardados, ahora)
        self._ver_si_ha_acabado()

    def _ver_si_ha_acabado(self) -> None:
        if self.parado and not self._avisado:
            self._avisado = True
            self._relato.no_se_lee_mas()
        vacio = not self._pendiente and not self.falta.guardados
        if self._sin_mas_que_leer and vacio and not self.acabado:
            self.acabado = True
            if self.desde.viva:
                self.hacia.no_enviar_mas()

    def perder(self, punta: Punta) -> None:
        """Una punta se ha cortado: lo que venga de ella se acaba, y lo que iba a ella se tira."""
        if punta is self.desde:
            self._acabar_de_leer()
        else:
            self._pendiente = memoryview(b"")
            self.falta = Falta()
            self._sin_mas_que_leer = self.acabado = True
