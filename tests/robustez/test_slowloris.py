"""Quien da su nombre con cuentagotas para ocupar el sitio de los demás lo pierde en un plazo.

Es el ataque llamado «slowloris»: cada byte que llega parece que la conexión está viva. El plazo
cuenta desde que llegó, no desde el último byte.
"""

from __future__ import annotations

import time

import pytest

from tests.difusion.conftest import AbrirChat
from tests.robustez.conftest import Reunir


@pytest.mark.lento  # con un plazo más corto, en una máquina ocupada no coincidirían todos
def test_los_cuentagotas_no_pasan_de_su_plazo_y_dejan_su_sitio(
    abrir_chat: AbrirChat, reunir: Reunir
) -> None:
    chat = abrir_chat("--espera-nombre", "3", "--max-personas", "51")
    gente = reunir(chat)
    (ana,) = gente.entrar(["Ana"])
    al_empezar = time.monotonic()
    cuentagotas = [gente.llegar() for _ in range(50)]
    gente.esperar_a(cuentagotas, "* Bienvenido")
    fuera = gente.llegar("Luis")
    gente.esperar_fin([fuera])
    assert fuera.lineas == ["! La sala está completa (51). Prueba más tarde."]

    while not all(persona.ha_terminado for persona in cuentagotas):
        assert time.monotonic() - al_empezar < 15, "siguen dentro"
        for persona in cuentagotas:
            if not persona.ha_terminado:
                gente.enviar(persona, "x")  # nunca llega el final de la línea
        gente.atender()
    for persona in cuentagotas:
        assert persona.lineas[-1] == "! Han pasado 3 s sin un nombre. Vuelve a conectarte."

    (luis,) = gente.entrar(["Luis"])
    gente.enviar(luis, "ya estoy\n")
    gente.esperar_a([ana], "* Luis se ha unido al chat\nLuis: ya estoy\n")
    assert len(ana.lineas) == 4, "de los cuentagotas no se ha enterado nadie"
