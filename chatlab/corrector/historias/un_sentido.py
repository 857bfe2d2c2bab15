"""Lo que tienen en común las historias en las que solo habla el cliente, y el servidor enseña."""

from __future__ import annotations

from chatlab.corrector.historias.escena import SERVIDOR, Escena
from chatlab.corrector.historias.historia import Historia
from chatlab.corrector.historias.persona import Persona


class UnSentido(Historia):
    """La pantalla del servidor y quienes le escriben."""

    def __init__(self, escena: Escena) -> None:
        super().__init__(escena)
        self._personas: dict[str, Persona] = {}

    @property
    def servidor(self) -> Persona:
        """La pantalla del servidor, con lo nuevo desde ahora."""
        return Persona(self.escena, SERVIDOR, self.escena.pon_servidor())

    def llega(self, nombre: str) -> Persona:
        """Esa persona, con su cliente en marcha; si no lo estaba, lo arranca."""
        self.escena.pon_servidor()
        persona = self._personas.get(nombre)
        if persona is None or not persona.terminal.vivo:
            persona = Persona(self.escena, nombre, self.escena.arranca_cliente(nombre))
            self._personas[nombre] = persona
        self.escena.espera_calma()
        return persona
