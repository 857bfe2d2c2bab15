"""Una página que no lee no hace esperar a nadie: ni a los programas, ni a las demás."""

from __future__ import annotations

import socket

import psutil
import pytest

from tests.observador.directo.apoyo import Observacion
from tests.observador.directo.conftest import Observar, Programas

MIB = 1024 * 1024
CAUDAL = """
import sys
for n in range(200_000):
    print(f"{n:08d} " + "x" * 70)
input("fin")
"""


def pagina_que_no_lee(observacion: Observacion) -> socket.socket:
    """Abre el WebSocket como lo hace un navegador (RFC 6455, 1.3), y no lee nada más."""
    host, puerto = observacion.maquina.split(":")
    conexion = socket.create_connection((host, int(puerto)))
    conexion.sendall(
        f"GET /ws?llave={observacion.llave} HTTP/1.1\r\n"
        f"Host: {observacion.maquina}\r\nOrigin: http://{observacion.maquina}\r\n"
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
    )
    assert conexion.recv(12) == b"HTTP/1.1 101"
    return conexion


@pytest.mark.lento
def test_quien_no_lee_no_detiene_al_programa_ni_a_las_demas_paginas(
    observar: Observar, programas: Programas
) -> None:
    carpeta = programas("caudal.py", "input('empieza')\n" + CAUDAL)
    observacion = observar("caudal.py", "--guardar", "clase.chatlab", carpeta=carpeta)
    pagina = observacion.abrir_pagina()
    pagina.esperar_en_pantalla(1, "empieza")
    proceso = psutil.Process(observacion.orden.proceso.pid)
    antes = proceso.memory_info().rss

    with pagina_que_no_lee(observacion):
        pagina.teclear(1, "\r")
        pagina.esperar(lambda: pagina.de("pantalla")[-1]["texto"].endswith("fin"), "fin", 60)
        gastado = proceso.memory_info().rss - antes

    # Ha escrito 16 MB, y ni se guardan en memoria ni los espera nadie.
    assert gastado < 60 * MIB
    assert (carpeta / "clase.chatlab").stat().st_size > 15 * MIB
