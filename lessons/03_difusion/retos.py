"""Lo que se comprueba de los retos de la lección 03, cuyos textos están en `retos.toml`.

chatlab reto 03.1
"""

from __future__ import annotations

import re

from chatlab.corrector.historias.chat import Chat
from chatlab.corrector.historias.escena import Fallo
from chatlab.corrector.historias.persona import Persona
from chatlab.corrector.marcas import reto


def _dice(persona: Persona, numero: int) -> bool:
    """Si en lo nuevo de su pantalla está ese número, suelto."""
    return re.search(rf"(?<!\d){numero}(?!\d)", persona.nuevo) is not None


@reto
def test_paso1_hilos(chat: Chat) -> None:
    chat.entran("Ana")
    chat.escena.pon_alguien("Carlos")
    chat.escena.espera_calma()
    if not chat.escena.ha_conectado("Carlos"):
        raise Fallo("Que Carlos conecte.")
    aceptados = len(chat.escena.sucesos("accept", chat.escena.entrega.servidor.name))
    if aceptados != 1:
        raise Fallo("Que, con Ana dentro, nadie atienda a Carlos, y el servidor lo ha aceptado.")


@reto
def test_paso2_candado(chat: Chat) -> None:
    for cuantos, nombre in enumerate(("Ana", "Carlos"), 1):
        persona = chat.entra_otra(nombre)
        pantalla = persona.terminal.pantalla
        if not re.search(rf"(?<!\d){cuantos}(?!\d)", pantalla):
            raise Fallo(f"Que la bienvenida de {nombre} diga cuántas personas hay: {cuantos}.")


@reto
def test_paso3_acuse(chat: Chat) -> None:
    ana, carlos = chat.entran("Ana", "Carlos")
    ana.escribe("Hola a todos")
    carlos.ve("Hola a todos")
    chat.escena.espera_calma()
    if "Visto" in ana.nuevo:
        raise Fallo("Que Ana no lea «Visto»: el acuse del servidor tiene que ser otro.")
    nuevas = [linea for linea in ana.nuevo.split("\n") if linea.strip()]
    if not [linea for linea in nuevas if "Hola a todos" not in linea]:
        raise Fallo("Que el servidor siga contestando a Ana, con otra palabra.")


@reto
def test_paso4_nick(chat: Chat) -> None:
    ana, carlos = chat.entran("Ana", "Carlos")
    ana.escribe("Hola a todos")
    carlos.ve("Hola a todos")
    chat.escena.espera_calma()
    ana.no_ha_recibido("Hola a todos")
    carlos.escribe("Hola, Ana")
    ana.ve("Hola, Ana")
    chat.escena.espera_calma()
    carlos.no_ha_recibido("Hola, Ana")


@reto
def test_paso5_sala(chat: Chat) -> None:
    ana, carlos = chat.entran("Ana", "Carlos")
    ana.escribe("/cuantos")
    if not chat.escena.espera(lambda: _dice(ana, 2)):
        raise Fallo("Que al escribir `/cuantos` Ana lea que son 2.")
    chat.escena.espera_calma()
    if "/cuantos" in carlos.nuevo:
        raise Fallo("Que Carlos no vea la pregunta de Ana.")
    ana.escribe("Gracias")
    carlos.ve("Gracias")
