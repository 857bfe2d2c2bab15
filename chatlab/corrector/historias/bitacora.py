"""Una bitácora: Ana escribe y el servidor lo apunta.

Es lo que usan las comprobaciones de `lessons/01_bitacora/test_ejercicio.py`.
"""

from __future__ import annotations

from functools import partial

from chatlab.corrector.escenario.paciencia import PLAZO
from chatlab.corrector.historias.ataques import codigo_de
from chatlab.corrector.historias.escena import SERVIDOR, Fallo, SinComprobar
from chatlab.corrector.historias.persona import Persona
from chatlab.corrector.historias.un_sentido import UnSentido

#: La letra que se parte: ocupa dos bytes.
LETRA = "ñ".encode()


class Bitacora(UnSentido):
    """La pantalla del servidor y quien le escribe."""

    def lo_que_ha_enviado(self, persona: Persona, principio: str) -> bytes:
        """Los bytes que su programa ha enviado; lanza `Fallo` si la «ñ» no va como UTF-8.

        `principio` es lo que se escribió delante de ella: si tampoco está, es que nada viaja tal
        cual (va en base64, cifrado…), y no se sabe cómo va la «ñ».
        """
        enviado = partial(self.escena.datos, "send", persona.nombre)
        if not self.escena.espera(lambda: LETRA in enviado()) and principio.encode() in enviado():
            raise Fallo('Que el cliente envíe la «ñ» como UTF-8 (`.encode("utf-8")`).')
        return enviado()

    def el_servidor_no_ha_enviado_nada(self) -> None:
        """Comprueba que el servidor no ha enviado ni un byte a nadie."""
        if self.escena.datos("send", SERVIDOR):
            raise Fallo("Que el servidor solo apunte, y no envíe nada al cliente.")

    def llega_partida(self, enviado: bytes, frase: str) -> None:
        """Comprueba que la frase llega si sus bytes se envían en dos trozos, con la «ñ» partida.

        Lanza `SinComprobar` si no llega y los bytes no son texto: puede que no valgan dos veces.
        """
        servidor = self.servidor
        self._repite_partiendo(enviado)
        if LETRA not in enviado and not self.escena.espera(lambda: frase in servidor.nuevo):
            raise SinComprobar(
                "Lo que envía el cliente no es texto a secas (va cifrado, o en otro código), y no "
                "se puede enviar otra vez en dos trozos."
            )
        servidor.ve(frase)

    def _repite_partiendo(self, enviado: bytes) -> None:
        """Envía los mismos bytes en dos trozos, con el corte dentro de la «ñ»; o por la mitad."""
        corte = enviado.rfind(LETRA) + 1 or len(enviado) // 2
        self.escena.anota("Alguien envía un mensaje en dos trozos, con la «ñ» partida.")
        trozos = [enviado[:corte].hex(), enviado[corte:].hex()]
        argumentos = [str(self.escena.puerto_escrito()), *trozos]
        codigo = codigo_de("en_dos_trozos")
        otro = self.escena.jaula.ejecutar(codigo, "en dos trozos", argumentos)
        otro.esperar(lambda pantalla: "primero" in pantalla, PLAZO)
        self.escena.espera_calma()
        otro.escribir("")

    def alguien_corta_de_golpe(self) -> None:
        """Alguien se conecta, y su conexión se corta (RST) mientras el servidor lo atiende."""
        self.escena.anota("Alguien se conecta, y su conexión se corta de golpe.")
        puerto = str(self.escena.puerto_escrito())
        otro = self.escena.jaula.ejecutar(codigo_de("corta_de_golpe"), "cortada", [puerto])
        otro.esperar(lambda pantalla: "conectado" in pantalla, PLAZO)
        self.escena.espera_calma()
        otro.escribir("")
        otro.esperar_fin(PLAZO)
        self.escena.espera_calma()
