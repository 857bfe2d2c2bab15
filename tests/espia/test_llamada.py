"""La llamada al servidor: contesta, no está, o contesta y corta."""

from __future__ import annotations

import select
import shutil
import socket
import struct
import sys

import pytest

from chatlab.errores import ErrorDeRed
from chatlab.espia.llamada import Llamada, buscar
from tests.apoyo.transcripcion import PLAZO
from tests.conftest import Conectar, Lanzar


def esperar_respuesta(llamada: Llamada) -> None:
    assert select.select([], [llamada.conexion], [llamada.conexion], PLAZO) != ([], [], [])


def test_contesta(escucha: socket.socket) -> None:
    llamada = Llamada(buscar("127.0.0.1", escucha.getsockname()[1]))
    esperar_respuesta(llamada)

    assert llamada.ver_si_ha_contestado()
    escucha.accept()[0].close()
    llamada.conexion.close()


def test_un_servidor_que_contesta_y_corta_no_es_un_servidor_que_no_esta(
    escucha: socket.socket,
) -> None:
    llamada = Llamada(buscar("127.0.0.1", escucha.getsockname()[1]))
    esperar_respuesta(llamada)
    conexion, _ = escucha.accept()
    conexion.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    conexion.close()

    with pytest.raises(ConnectionResetError):
        llamada.ver_si_ha_contestado()


def test_si_no_hay_nadie_dice_por_que() -> None:
    with socket.create_server(("127.0.0.1", 0)) as libre:
        puerto = libre.getsockname()[1]

    with pytest.raises(ErrorDeRed, match="No hay ningún servidor en"):
        llamada = Llamada(buscar("127.0.0.1", puerto))
        esperar_respuesta(llamada)
        llamada.ver_si_ha_contestado()


@pytest.mark.skipif(
    sys.platform == "win32" or shutil.which("sh") is None, reason="hace falta ulimit, de sh"
)
def test_sin_descriptores_rechaza_a_los_nuevos_y_los_de_dentro_siguen(
    lanzar: Lanzar, conectar: Conectar, escucha: socket.socket
) -> None:
    hacia = f"127.0.0.1:{escucha.getsockname()[1]}"
    orden = f'ulimit -n 20 && exec "{sys.executable}" -m chatlab espia --escucha 0 --hacia {hacia}'
    espia = lanzar("-c", orden, ejecutable="sh")
    puerto = espia.puerto()
    primero = conectar(puerto)
    servidor, _ = escucha.accept()

    otros = [conectar(puerto) for _ in range(15)]
    espia.esperar("No puedo tener más conexiones abiertas a la vez. Cierro la conexión de cliente ")

    with servidor:
        servidor.sendall(b"seguimos\n")
        primero.esperar("seguimos\n")
    for otro in otros:
        otro.cerrar()
    assert espia.errores.texto == ""
