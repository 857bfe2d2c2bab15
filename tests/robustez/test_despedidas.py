"""Quien no cuelga cuando se le ha dicho todo no ocupa nada: ni hilos, ni su sitio para siempre."""

from __future__ import annotations

import psutil
import pytest

from tests.apoyo.chat import Chat
from tests.conftest import LanzarNc
from tests.difusion.conftest import AbrirChat
from tests.robustez.conftest import Reunir
from tests.robustez.gasto import descriptores, esperar_a_que

#: Quienes llaman a una sala completa y no cuelgan.
PESADOS = 100


@pytest.mark.parametrize("motor", ["difusion"], indirect=True)
def test_quien_no_cabe_y_no_cuelga_no_ocupa_hilos(abrir_chat: AbrirChat, reunir: Reunir) -> None:
    chat = abrir_chat("--max-personas", "1")
    gente = reunir(chat)
    (ana,) = gente.entrar(["Ana"])
    servidor = psutil.Process(chat.servidor.proceso.pid)
    hilos = servidor.num_threads()

    pesados = [gente.llegar() for _ in range(PESADOS)]
    gente.esperar_fin(pesados)

    assert {tuple(uno.lineas) for uno in pesados} == {
        ("! La sala está completa (1). Prueba más tarde.",)
    }
    assert servidor.num_threads() == hilos
    assert not ana.ha_terminado


def test_a_quien_se_despide_y_no_cuelga_se_le_cuelga(chat: Chat) -> None:
    """Como el `nc` de Debian, que no cierra aunque el servidor se haya despedido."""
    luis = chat.entrar("Luis")
    dentro = descriptores(chat)
    luis.enviar("/salir\n")
    luis.esperar_fin()  # el servidor ha dicho que no enviará más, y Luis no cierra

    esperar_a_que(lambda: descriptores(chat) < dentro, "el servidor cuelga")
    assert not con_clientes(chat)


def con_clientes(chat: Chat) -> list[object]:
    """Las conexiones con clientes que tiene el servidor."""
    servidor = psutil.Process(chat.servidor.proceso.pid)
    return [c for c in servidor.net_connections("tcp") if c.raddr]


@pytest.mark.lento
def test_tras_salir_el_primer_intro_acaba_con_nc(chat: Chat, nc: LanzarNc) -> None:
    ana = nc(chat.puerto)
    ana.escribir("Ana")
    ana.esperar("* Hola, Ana.")
    dentro = descriptores(chat)
    ana.escribir("/salir")
    esperar_a_que(lambda: descriptores(chat) < dentro, "el servidor cuelga")
    assert not con_clientes(chat)

    ana.escribir("")

    assert ana.esperar_fin() in (0, 1)
