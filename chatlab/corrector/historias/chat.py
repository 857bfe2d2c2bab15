"""Un chat contado como una historia: Ana entra, escribe, y Carlos lo ve.

Es lo que usan las comprobaciones de `lessons/03_difusion/test_ejercicio.py`. Sirve para el chat de
cualquiera: no mira cómo está hecho, sino lo que se ve en las pantallas y lo que hacen los sockets.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from chatlab.corrector.diagnostico.momento import Momento
from chatlab.corrector.escenario.paciencia import PLAZO
from chatlab.corrector.historias.escena import SERVIDOR, Escena, Fallo
from chatlab.corrector.historias.historia import Historia
from chatlab.corrector.historias.persona import Persona

#: Con alguien parado no siempre se sabe si está todo quieto: se espera menos de lo normal.
PLAZO_CON_ALGUIEN_PARADO = 4.0
#: Letras de los mensajes que se escriben a quien no lee, y cuántos llenan lo que el sistema guarda
#: para él, y algo más. Con muchos más, si el servidor espera, no se podrían ni escribir.
LETRAS, MENSAJES_LARGOS = 3000, 34


class Chat(Historia):
    """Un servidor y las personas que están en él."""

    def __init__(self, escena: Escena) -> None:
        super().__init__(escena)
        self._personas: dict[str, Persona] = {}

    def entran(self, *nombres: str) -> list[Persona]:
        """Las personas con esos nombres: las que ya están dentro, y las demás entran."""
        self.escena.pon_servidor()
        personas = [self._presente(nombre) or self.entra_otra(nombre) for nombre in nombres]
        self.escena.espera_calma()
        for persona in personas:
            persona.mira()
        return personas

    def _presente(self, nombre: str) -> Persona | None:
        persona = self._personas.get(nombre)
        return persona if persona is not None and persona.terminal.vivo else None

    def entra_otra(self, nombre: str) -> Persona:
        """Alguien arranca su cliente y se presenta."""
        self.escena.pon_servidor()
        persona = Persona(self.escena, nombre, self.escena.arranca_cliente(nombre))
        self._personas.pop(nombre, None)  # si vuelve, entra la última
        self._personas[nombre] = persona
        return persona

    def en_orden_de_entrada(self, *nombres: str) -> list[Persona]:
        """Como `entran`, pero primero quien lleva más tiempo dentro."""
        dentro = self.entran(*nombres)
        return sorted(dentro, key=list(self._personas.values()).index)

    def siguen_hablando(self, quien_escribe: Persona, quien_lee: Persona) -> None:
        """Comprueba que el chat sigue vivo: cuando todo se calma, un mensaje más llega."""
        self.escena.espera_calma()
        frase = f"Hola de nuevo, soy {quien_escribe.nombre} ({len(self.escena.hecho)})"
        quien_escribe.escribe(frase)
        quien_lee.ve(frase)

    def siguen_hablando_un_rato(self, una: Persona, otra: Persona) -> None:
        """Comprueba que el chat sigue vivo, y que una puede hablar más de una vez.

        El primer envío a quien ya no está no da error: lo da el segundo, y el tercero dice si el
        servidor dejó de atender por él a quien escribía.
        """
        for _ in range(3):
            self.siguen_hablando(una, otra)
        self.siguen_hablando(otra, una)
        self.comprueba_que_no_lee_de_quien_se_fue()

    def comprueba_que_no_lee_de_quien_se_fue(self) -> None:
        """Comprueba que el servidor no gira con los `recv` vacíos de una conexión acabada."""
        if self.escena.lecturas_vacias(SERVIDOR):
            raise Fallo(
                "Que el servidor deje de leer de quien se ha ido.",
                "El servidor siguió llamando a `recv` con quien ya se había ido, y `recv` "
                "devolvió vacío una y otra vez: gira sin parar.",
            )

    def alguien_conecta_y_cuelga(self) -> None:
        """Alguien conecta con el servidor y cuelga sin haber dicho nada."""
        self.escena.conecta_alguien_callado()
        self.escena.anota("Y cuelga.")
        self.escena.terminales["callado"].matar()
        self.escena.terminales["callado"].esperar_fin(PLAZO)
        self.escena.comprueba_que_sigue_el_servidor()

    def habla_mucho(self, autora: Persona, ante: Persona) -> None:
        """Escribe más de lo que el sistema guarda de una conexión, y otra persona lo va viendo."""
        self.van_llegando(_parrafos(), autora, ante)

    def van_llegando(self, frases: Sequence[str], autora: Persona, ante: Persona) -> None:
        """Comprueba que cada frase, llena de «x», llega antes de escribir la siguiente.

        Se cuentan las letras: si `recv` corta una frase por cualquier sitio, aquí no importa.
        """
        letras = 0
        for frase in frases:
            autora.escribe(frase)
            letras += frase.count("x")
            desde = time.monotonic()
            if not ante.ve_letras("x", letras, plazo=PLAZO_CON_ALGUIEN_PARADO):
                principio, _, _ = frase.partition(" x")
                raise Fallo(
                    f"Que en la pantalla de {ante.nombre} aparezca «{principio}».",
                    momento=Momento(
                        desde,
                        f"Desde aquí, {ante.nombre} espera ver «{principio}», y no sale.",
                        ante.nombre,
                    ),
                )

    def habla_un_rato(self, autora: Persona) -> list[str]:
        """Lo mismo, sin que nadie tenga que verlo todavía; devuelve las frases."""
        frases = _parrafos()
        for frase in frases:
            autora.escribe(frase)
        self.escena.espera_calma()
        return frases

    def conecta_alguien_callado(self) -> None:
        """Alguien conecta con el servidor y no dice ni su nombre."""
        self.escena.conecta_alguien_callado()

    def muere_el_servidor(self) -> None:
        """El servidor muere de golpe."""
        self.escena.muere(SERVIDOR)


def _parrafos() -> list[str]:
    return [f"mensaje {numero:03} {'x' * LETRAS}" for numero in range(MENSAJES_LARGOS)]
