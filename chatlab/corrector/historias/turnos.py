"""Una conversación por turnos: Ana escribe, el servidor contesta, y así.

Es lo que usan las comprobaciones de `lessons/02_turnos/test_ejercicio.py`.
"""

from __future__ import annotations

from chatlab.corrector.historias.escena import SERVIDOR, Escena, Fallo
from chatlab.corrector.historias.historia import Historia
from chatlab.corrector.historias.persona import Persona


class Turnos(Historia):
    """La persona del servidor y la del cliente."""

    def __init__(self, escena: Escena) -> None:
        super().__init__(escena)
        self._presentes: tuple[Persona, Persona] | None = None

    def se_sientan(self) -> tuple[Persona, Persona]:
        """La persona del servidor y Ana, conectadas; le toca a Ana."""
        if self._presentes is None:
            servidor = Persona(self.escena, SERVIDOR, self.escena.pon_servidor())
            ana = Persona(self.escena, "Ana", self.escena.arranca_cliente("Ana"))
            self._presentes = (servidor, ana)
        self.escena.espera_calma()
        for persona in self._presentes:
            persona.mira()
        return self._presentes

    def un_turno(self, pregunta: str, respuesta: str) -> None:
        """Ana escribe, el servidor lo ve y contesta, y Ana lo ve."""
        servidor, ana = self.se_sientan()
        ana.escribe(pregunta)
        servidor.ve(pregunta)
        servidor.escribe(respuesta)
        ana.ve(respuesta)

    def ana_sale(self) -> None:
        """Ana escribe palabras de salida hasta que el servidor se entera."""
        servidor, ana = self.se_sientan()
        if not ana.prueba_despedidas(
            servidor.sabe_que_acabo, entre_palabras=lambda: servidor.escribe("Sigo esperando")
        ):
            raise Fallo("Que al salir el cliente, el servidor lo diga o termine.")

    def servidor_sale(self) -> None:
        """La persona del servidor escribe palabras de salida hasta que Ana se entera."""
        servidor, ana = self.se_sientan()
        ana.escribe("Te toca")
        servidor.ve("Te toca")
        ana.mira_con_calma()
        if not servidor.prueba_despedidas(
            ana.sabe_que_acabo, entre_palabras=lambda: ana.escribe("Sigo esperando")
        ):
            raise Fallo("Que al salir el servidor, el cliente lo diga o termine.")
