"""El servidor de una escena: en qué puerto escucha de verdad."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from chatlab.corrector.historias.escena import Escena
from tests.corrector.apoyo_de_jaula import crear_entrega

#: Despierta a sus hilos llamándose a sí mismo: es lo que hace `socket.socketpair` en Windows.
SE_LLAMA_A_SI_MISMO = """
    import socket
    escucha = socket.create_server(("127.0.0.1", 0))
    timbre = socket.create_connection(escucha.getsockname())
    boton, _ = escucha.accept()
    {cierra}
    with socket.create_server(("", 9000)) as servidor:
        while True:
            servidor.accept()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="se arranca en una pseudoterminal")
@pytest.mark.parametrize("cierra", ["escucha.close()", "pass"])
def test_el_puerto_es_el_que_escribio_y_no_uno_para_llamarse_a_si_mismo(
    tmp_path: Path, cierra: str
) -> None:
    entrega = crear_entrega(tmp_path, SE_LLAMA_A_SI_MISMO.format(cierra=cierra))
    with ExitStack() as al_salir:
        escena = Escena(entrega)
        al_salir.callback(escena.cerrar)

        escena.pon_servidor()

        assert escena.espera(lambda: escena.puerto_escrito() == 9000)
        escena.conecta_alguien_callado()
