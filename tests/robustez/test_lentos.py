"""Veinte personas de doscientas dejan de leer: las demás no pierden ni una línea."""

from __future__ import annotations

import pytest

from chatlab.chat.limites import MIB
from tests.difusion.conftest import AbrirChat
from tests.robustez.conftest import Reunir
from tests.robustez.gasto import memoria
from tests.robustez.gente import Persona

#: Líneas de cada emisora. Entre todas pasan de la segunda marca: si no se las frenase, quien no lee
#: se iría por ella.
LINEAS = [f"{numero:03} ".ljust(4000, "x") for numero in range(130)]
#: Lo que han leído todas cuando ya están dentro.
TODAS = "Lee-0: ¿estamos todas?\n".encode()


@pytest.mark.lento
def test_veinte_que_no_leen_se_van_con_su_motivo_y_las_demas_leen_todas_lo_mismo(
    abrir_chat: AbrirChat, reunir: Reunir
) -> None:
    chat = abrir_chat("--callado", "--max-ritmo", "0", "--max-pendiente", str(MIB))
    gente = reunir(chat)
    leen = gente.entrar(f"Lee-{numero}" for numero in range(180))
    sordas = gente.entrar(f"Sorda-{numero}" for numero in range(20))
    gente.enviar(leen[0], "¿estamos todas?\n")
    gente.esperar_a([*leen[1:], *sordas], TODAS.decode())
    for sorda in sordas:
        gente.dejar_de_leer(sorda)
    al_empezar = memoria(chat)

    emisoras, oyentes = leen[1:6], leen[6:]
    for emisora in emisoras:
        gente.enviar(emisora, "\n".join([*LINEAS, "fin\n"]))
    for emisora in emisoras:
        gente.esperar_a(oyentes, f"\n{emisora.nombre}: fin\n")
    for sorda in sordas:
        gente.esperar_a(oyentes, f"* {sorda.nombre} se ha desconectado\n")
    ocupa = memoria(chat) - al_empezar

    oido = mensajes(oyentes[0])
    # Son millones de bytes: los que son iguales se parten en líneas una vez.
    distintos = {bytes(oyente.recibido.partition(TODAS)[2]): oyente for oyente in oyentes}
    assert all(mensajes(oyente) == oido for oyente in distintos.values())
    for emisora in emisoras:
        principio = f"{emisora.nombre}: "
        suyos = [linea.removeprefix(principio) for linea in oido if linea.startswith(principio)]
        assert suyos == [*LINEAS, "fin"]
    assert ocupa < 40 * MIB, f"ocupa {ocupa // MIB} MiB más"

    for sorda in sordas:
        gente.volver_a_leer(sorda)
    gente.esperar_fin(sordas)
    for sorda in sordas:
        assert sorda.lineas[-1] == "! Te desconecto: no has leído nada en 3 s.", sorda.nombre
        leido = mensajes(sorda)
        assert len(leido) < len(oido)
        assert leido == oido[: len(leido)], "lo que sí leyó no está entero o en orden"


def mensajes(persona: Persona) -> list[str]:
    return [linea for linea in persona.lineas if linea.startswith("Lee-")]
