"""A quien envía demasiado deprisa se le lee más despacio; no pierde nada y no retrasa a nadie."""

from __future__ import annotations

import time

from tests.apoyo.chat import mensajes_de
from tests.difusion.conftest import AbrirChat


def test_a_quien_va_demasiado_deprisa_se_le_lee_despacio_y_no_pierde_nada(
    abrir_chat: AbrirChat,
) -> None:
    chat = abrir_chat("--max-ritmo", "200")
    ana, luis, eva = (chat.entrar(nombre) for nombre in ("Ana", "Luis", "Eva"))
    lineas = [str(numero) for numero in range(500)]

    al_empezar = time.monotonic()
    ana.enviar("".join(f"{linea}\n" for linea in lineas))
    eva.esperar("Ana: 0\n")
    luis.enviar("hola\n")  # Luis va a su paso: no tiene por qué esperar
    eva.esperar("Ana: 499\n")

    # Doscientas van de golpe; las otras 300, a doscientas por segundo.
    assert time.monotonic() - al_empezar > 1.2
    assert mensajes_de(eva, "Ana") == lineas
    # Se le dice a ella, una vez, y a nadie más.
    aviso = "* Envías más de 200 mensajes por segundo: los leo despacio, y no pierdo ninguno."
    ana.esperar(f"{aviso}\n")
    assert ana.lineas.count(aviso) == 1
    assert aviso not in eva.lineas + luis.lineas
    assert eva.lineas.index("Luis: hola") < eva.lineas.index("Ana: 499")
