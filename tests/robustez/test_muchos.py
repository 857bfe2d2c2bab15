"""Mucha gente callada dentro: caben, y lo que dice una llega a todas."""

from __future__ import annotations

import sys

import pytest

from chatlab.chat.limites import KIB
from chatlab.red import aforo
from tests.difusion.conftest import AbrirChat
from tests.robustez import ENTERA
from tests.robustez.conftest import Reunir
from tests.robustez.gasto import memoria

#: Personas a la vez, y KiB que puede ocupar cada una. Cada entrada se anuncia a todas las que
#: están: entre diez mil hay cincuenta millones de avisos.
PERSONAS = {"difusion": 1000, "eventos": 10_000 if ENTERA else 2000}
KIB_POR_PERSONA = {"difusion": 100, "eventos": 8}


@pytest.mark.skipif(sys.platform == "win32", reason="`select`, lo que hay allí, no pasa de 512")
@pytest.mark.lento
@pytest.mark.timeout(600)
def test_caben_y_lo_que_dice_una_llega_a_todas(
    abrir_chat: AbrirChat, reunir: Reunir, motor: str
) -> None:
    cuantas = PERSONAS[motor]
    if aforo.hacer_sitio(cuantas) < cuantas:
        pytest.skip(f"aquí no se pueden abrir {cuantas} conexiones (ulimit -Hn)")
    chat = abrir_chat("--callado", "--max-personas", str(cuantas))
    al_empezar = memoria(chat)
    gente = reunir(chat)
    personas = gente.entrar(f"P{numero}" for numero in range(cuantas))
    gente.enviar(personas[0], "¿me oís todas?\n")
    gente.esperar_a(personas[1:], "P0: ¿me oís todas?\n")

    assert memoria(chat) - al_empezar < cuantas * KIB_POR_PERSONA[motor] * KIB
    gente.enviar(personas[-1], "/usuarios\n")
    gente.esperar_a(personas[-1:], f"* En la sala ({cuantas}): ")
    una_mas = gente.llegar("De más")
    gente.esperar_fin([una_mas])
    assert una_mas.lineas == [f"! La sala está completa ({cuantas}). Prueba más tarde."]
