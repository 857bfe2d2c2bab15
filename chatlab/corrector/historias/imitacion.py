"""Un chat al que también llaman otros programas, que imitan al cliente de la entrega.

Sirven para lo que una persona no haría con su cliente: molestar, o ser cincuenta a la vez. Están en
`ataques/`, y los bytes que envían son los que envió antes el cliente de la entrega.
"""

from __future__ import annotations

from chatlab.corrector.escenario.paciencia import PLAZO
from chatlab.corrector.historias.ataques import codigo_de
from chatlab.corrector.historias.chat import Chat
from chatlab.corrector.historias.escena import Fallo
from chatlab.corrector.historias.repeticion import Repeticion
from chatlab.corrector.jaula.terminal import Terminal


class Imitacion(Chat):
    """Un servidor, las personas que están en él y quienes las imitan."""

    def graba_a(self, nombre: str, frase: str) -> Repeticion:
        """Alguien entra con su cliente, escribe la frase y muere: queda lo que envió."""
        (persona,) = self.entran(nombre)
        saludo = self.escena.datos("send", nombre)
        persona.escribe(frase)
        self.escena.espera(lambda: len(self.escena.datos("send", nombre)) > len(saludo))
        self.escena.espera_calma()
        mensaje = self.escena.datos("send", nombre)[len(saludo) :]
        persona.muere()
        self.escena.espera_calma()
        return Repeticion(saludo, mensaje)

    def ataca(self, ataque: str, *argumentos: bytes | int) -> Terminal:
        """Pone en marcha un programa de `ataques/`; los bytes van en hexadecimal."""
        self.escena.pon_servidor()
        textos = [uno.hex() if isinstance(uno, bytes) else str(uno) for uno in argumentos]
        puerto = str(self.escena.puerto_escrito())
        atacante = self.escena.jaula.ejecutar(codigo_de(ataque), ataque, [puerto, *textos])
        self.escena.terminales[ataque] = atacante
        return atacante

    def espera_a_que_diga(self, atacante: Terminal, texto: str, plazo: float = PLAZO) -> bool:
        """Espera a que un atacante cuente algo; `False` si no lo hace."""
        return self.escena.espera(lambda: texto in atacante.pantalla, plazo)

    def entra(self, atacante: Terminal) -> None:
        """Espera a que se haya presentado y el servidor lo haya atendido."""
        if not self.espera_a_que_diga(atacante, "dentro"):
            raise Fallo("Que el servidor admita a quien se conecta.")
        self.escena.espera_calma()

    def se_va(self, atacante: Terminal) -> None:
        """El atacante termina, y el sistema cierra sus conexiones."""
        atacante.matar()
        atacante.esperar_fin(PLAZO)
        self.escena.espera_calma()
