"""El espía en marcha, y un servidor que es un socket de la propia prueba."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Protocol

import pytest

from tests.apoyo.programa import Programa
from tests.apoyo.transcripcion import PLAZO
from tests.conftest import Lanzar


class Espiar(Protocol):
    """Arranca el espía delante de ese puerto: `espiar(puerto, "--falta", "pegar")`."""

    def __call__(self, hacia: int, *opciones: str) -> Programa: ...


class Cable:
    """Un cliente y un servidor, con el espía entre los dos."""

    def __init__(self, espia: Programa, escucha: socket.socket) -> None:
        self.espia = espia
        self.cliente = socket.create_connection(("127.0.0.1", espia.puerto()), PLAZO)
        self.servidor, _ = escucha.accept()
        self.servidor.settimeout(PLAZO)

    def cerrar(self) -> None:
        self.cliente.close()
        self.servidor.close()


class Tender(Protocol):
    """Conecta un cliente con un servidor a través del espía: `tender("--falta", "pegar")`."""

    def __call__(self, *opciones: str) -> Cable: ...


@pytest.fixture
def espiar(lanzar: Lanzar) -> Espiar:
    def arrancar(hacia: int, *opciones: str) -> Programa:
        orden = ("-m", "chatlab", "espia", "--escucha", "0", "--hacia", f"127.0.0.1:{hacia}")
        return lanzar(*orden, *opciones)

    return arrancar


@pytest.fixture
def escucha() -> Iterator[socket.socket]:
    """Quien hace de servidor, en un puerto libre."""
    with socket.create_server(("127.0.0.1", 0)) as socket_:
        socket_.settimeout(PLAZO)
        yield socket_


@pytest.fixture
def tender(espiar: Espiar, escucha: socket.socket) -> Iterator[Tender]:
    cables: list[Cable] = []

    def tender_uno(*opciones: str) -> Cable:
        cables.append(Cable(espiar(escucha.getsockname()[1], *opciones), escucha))
        return cables[-1]

    yield tender_uno
    for cable in cables:
        cable.cerrar()


def recibir(conexion: socket.socket, cuantos: int) -> bytes:
    """Espera, con el plazo de la conexión, a recibir justo esos bytes."""
    datos = bytearray()
    while len(datos) < cuantos:
        trozo = conexion.recv(cuantos - len(datos))
        assert trozo, f"el otro lado ha cerrado tras {bytes(datos)!r}"
        datos += trozo
    return bytes(datos)


def recibir_hasta_el_final(conexion: socket.socket) -> bytes:
    """Espera a que el otro lado cierre y devuelve todo lo recibido."""
    return b"".join(iter(lambda: conexion.recv(65536), b""))
