"""Las conexiones se aceptan a ráfagas, y sin descriptores se rechaza con motivo."""

from __future__ import annotations

import shutil
import socket
import sys
from collections.abc import Iterator

import pytest

from chatlab import red
from chatlab.eventos.portero import LLENO, RAFAGA, Portero
from tests.apoyo.chat import Chat
from tests.conftest import Conectar, Lanzar


@pytest.fixture
def escucha() -> Iterator[socket.socket]:
    with red.escuchar("127.0.0.1", 0) as socket_:
        yield socket_


def test_una_rafaga_acepta_a_todos_los_que_esperan_hasta_un_tope(escucha: socket.socket) -> None:
    sobran = 10
    llaman = [socket.create_connection(escucha.getsockname()) for _ in range(RAFAGA + sobran)]
    portero = Portero(escucha)

    aceptadas = [conexion for conexion, _ in portero.rafaga()]
    assert len(aceptadas) == RAFAGA, "los de dentro también esperan su turno"
    assert all(conexion.gettimeout() == 0 for conexion in aceptadas), "ninguna puede hacer esperar"
    resto = list(portero.rafaga())
    assert len(resto) == sobran
    assert resto[-1][1] == red.direccion(llaman[-1].getsockname())
    assert list(portero.rafaga()) == [], "si no llama nadie, no espera"

    portero.cerrar()
    for conexion in (*llaman, *aceptadas, *(conexion for conexion, _ in resto)):
        conexion.close()


@pytest.mark.skipif(
    sys.platform == "win32" or shutil.which("sh") is None, reason="hace falta ulimit, de sh"
)
def test_sin_descriptores_se_rechaza_con_motivo_y_los_de_dentro_no_lo_notan(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    orden = f'ulimit -n 24 && exec "{sys.executable}" -m chatlab servidor eventos --puerto 0'
    chat = Chat(lanzar("-c", orden, ejecutable="sh"), lanzar, conectar)
    ana, luis = chat.entrar("Ana"), chat.entrar("Luis")

    sentadas, rechazadas = [], []
    for numero in range(40):
        conexion = chat.conectar()
        conexion.esperar("\n")
        if conexion.lineas[0] == LLENO:
            assert conexion.esperar_fin() == f"{LLENO}\n"
            rechazadas.append(numero)
        else:
            sentadas.append(conexion)
    assert sentadas, "no ha cabido nadie"
    assert rechazadas, "han cabido todas: la prueba no muestra nada"

    ana.enviar("¿seguimos?\n")
    luis.esperar("Ana: ¿seguimos?\n")
    luis.enviar("claro\n")
    ana.esperar("Luis: claro\n")

    # En cuanto alguien se va, hay sitio.
    sentadas[0].enviar("salir\n")
    sentadas[0].esperar_fin()
    sentadas[0].cerrar()
    ana.enviar("/usuarios\n")
    ana.esperar("* En la sala (2)")
    chat.entrar("Eva")
    chat.servidor.ctrl_c()
    assert chat.servidor.esperar_fin() == 0, chat.servidor.transcripcion()
