"""Quien inunda el servidor no deja sin conversación a los demás, ni lo hace crecer."""

from __future__ import annotations

import time
from itertools import cycle

import pytest

from chatlab.chat.limites import MIB
from tests.apoyo.chat import Chat
from tests.robustez.conftest import Reunir
from tests.robustez.gasto import memoria

INUNDACIONES = {
    "Largas": b"x" * 4000 + b"\n",
    "Vacias": b"\n",
    "Ayudas": b"/ayuda\n",
    "Comandos": b"/" + b"z" * 3000 + b"\n",
    "Ruido": bytes(range(256)),
    "Sin final": b"x" * 4096,
    "Privados": b"/privado Privados " + b"x" * 2000 + b"\n",
}
#: Los turnos que dura la conversación, por lo menos.
TURNOS = 10


@pytest.mark.parametrize("segundos", [0.3, pytest.param(2.0, marks=pytest.mark.lento)])
def test_con_catorce_inundando_a_la_vez_dos_personas_conversan_y_el_servidor_no_crece(
    chat: Chat, reunir: Reunir, segundos: float
) -> None:
    gente = reunir(chat)
    ana, luis = gente.entrar(["Ana", "Luis"])
    desde_dentro = gente.entrar(INUNDACIONES)
    desde_fuera = [gente.llegar() for _ in INUNDACIONES]
    gente.esperar_a(desde_fuera, "* Bienvenido")
    al_empezar = memoria(chat)
    for inundan in (desde_dentro, desde_fuera):
        for persona, que in zip(inundan, INUNDACIONES.values(), strict=True):
            gente.enviar(persona, que * (16 * MIB // len(que)))

    fin = time.monotonic() + segundos
    for turno, (una, otra) in enumerate(cycle([(ana, luis), (luis, ana)])):
        gente.enviar(una, f"turno {turno}\n")
        # El primero llega tras lo que los catorce tenían ya enviado: es mucho si no hay procesador.
        gente.esperar_a([otra], f"{una.nombre}: turno {turno}\n", plazo=60)
        assert memoria(chat) - al_empezar < 40 * MIB
        if turno >= TURNOS and time.monotonic() > fin:
            break
    assert any(persona.por_enviar for persona in desde_dentro), "la inundación había terminado"
