"""Diez mil conexiones que se abren y se cierran dejan el servidor como estaba."""

from __future__ import annotations

from itertools import cycle

import pytest

from chatlab.chat.limites import MIB
from tests.difusion.conftest import AbrirChat
from tests.robustez.conftest import Reunir
from tests.robustez.gasto import descriptores, esperar_a_que, hilos, memoria

CONEXIONES = 10_000
#: Los que llegan a la vez: uno de cada diez da su nombre.
NOMBRES = [f"P{numero}" if numero % 10 == 0 else "" for numero in range(200)]


@pytest.mark.lento
def test_diez_mil_conexiones_no_dejan_nada_detras(abrir_chat: AbrirChat, reunir: Reunir) -> None:
    chat = abrir_chat("--callado")
    gente = reunir(chat)
    (ana,) = gente.entrar(["Ana"])
    libres = descriptores(chat), hilos(chat)

    def ir_y_venir() -> None:
        """Llega una tanda, y se va de las dos formas."""
        personas = [gente.llegar(nombre) for nombre in NOMBRES]
        gente.esperar_a(personas, "\n")
        for persona, irse in zip(personas, cycle([gente.colgar, gente.cortar]), strict=False):
            irse(persona)
        esperar_a_que(
            lambda: (descriptores(chat), hilos(chat)) == libres, "el servidor suelta lo de cada una"
        )

    ir_y_venir()  # la primera vez se gasta lo que ya no se devuelve
    tras_la_primera = memoria(chat)
    for _ in range(CONEXIONES // len(NOMBRES)):
        ir_y_venir()
    assert memoria(chat) - tras_la_primera < 8 * MIB

    (luis,) = gente.entrar(["Luis"])
    gente.enviar(luis, "aquí no ha pasado nada\n")
    gente.esperar_a([ana], "Luis: aquí no ha pasado nada\n")
