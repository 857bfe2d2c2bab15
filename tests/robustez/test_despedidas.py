"""Quien no cuelga cuando se le ha dicho todo no ocupa nada: ni hilos, ni su sitio para siempre."""

from __future__ import annotations

import psutil
import pytest

from tests.apoyo.chat import Chat
from tests.conftest import LanzarNc
from tests.difusion.conftest import AbrirChat
from tests.robustez.conftest import Reunir

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
    luis.enviar("/salir\n")
    luis.esperar_fin()  # el servidor ha dicho que no enviará más, y Luis no cierra
    servidor = psutil.Process(chat.servidor.proceso.pid)

    assert espera_sin_conexiones(servidor)


def espera_sin_conexiones(servidor: psutil.Process) -> bool:
    """Espera, hasta 15 segundos, a que el servidor no tenga ninguna conexión con clientes."""
    for _ in range(300):
        con_clientes = [c for c in servidor.net_connections("tcp") if c.raddr]
        if not con_clientes:
            return True
        psutil.wait_procs([servidor], timeout=0.05)
    return False


def test_tras_salir_el_primer_intro_acaba_con_nc(chat: Chat, nc: LanzarNc) -> None:
    ana = nc(chat.puerto)
    ana.escribir("Ana", "/salir")
    ana.esperar("* Hola, Ana.")
    assert espera_sin_conexiones(psutil.Process(chat.servidor.proceso.pid))

    ana.escribir("")

    assert ana.esperar_fin() in (0, 1)
