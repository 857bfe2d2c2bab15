"""Las conexiones se aceptan a ráfagas."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from chatlab.motor.portero import RAFAGA, Portero
from chatlab.red import sockets
from chatlab.red.direcciones import direccion


@pytest.fixture
def escucha() -> Iterator[socket.socket]:
    with sockets.escuchar("127.0.0.1", 0) as socket_:
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
    assert resto[-1][1] == direccion(llaman[-1].getsockname())
    assert list(portero.rafaga()) == [], "si no llama nadie, no espera"

    portero.cerrar()
    for conexion in (*llaman, *aceptadas, *(conexion for conexion, _ in resto)):
        conexion.close()
