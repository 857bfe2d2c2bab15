"""Un socket toma lo que le cabe; el resto espera sin perderse, con `sendmsg` o sin él."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from chatlab.motor import atraso
from chatlab.motor.atraso import MAX_TROZOS, Atraso, enviar
from chatlab.motor.reparto import Trozo
from tests.apoyo.transcripcion import PLAZO


@pytest.fixture(params=["con sendmsg", "sin sendmsg"], autouse=True)
def puerta(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows no tiene `sendmsg`: las dos formas de enviar se prueban en todos los sistemas."""
    if request.param == "sin sendmsg":
        monkeypatch.setattr(atraso, "HAY_SENDMSG", False)
    elif not atraso.HAY_SENDMSG:
        pytest.skip("este sistema no tiene sendmsg")


@pytest.fixture
def pareja() -> Iterator[tuple[socket.socket, socket.socket]]:
    """Un socket que no espera, con poco sitio, y el otro extremo."""
    aqui, alli = socket.socketpair()
    with aqui, alli:
        aqui.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 16 * 1024)
        aqui.setblocking(False)
        alli.settimeout(PLAZO)
        yield aqui, alli


def lineas(cuantas: int, largo: int) -> list[Trozo]:
    """Cada trozo es una línea, y hay de las tres clases."""
    clases = (bytes, bytearray, memoryview)
    return [
        clases[numero % 3](f"{numero} ".encode().ljust(largo - 1, b"x") + b"\n")
        for numero in range(cuantas)
    ]


@pytest.mark.parametrize(("cuantas", "largo"), [(1, 1_000_000), (MAX_TROZOS * 3, 1000), (5000, 30)])
def test_por_poco_que_quepa_cada_vez_llega_todo_y_en_orden(
    pareja: tuple[socket.socket, socket.socket], cuantas: int, largo: int
) -> None:
    aqui, alli = pareja
    trozos = lineas(cuantas, largo)
    esperado = b"".join(trozos)

    pendiente = Atraso(0.0)
    pendiente.poner(trozos, enviar(aqui, trozos))
    assert pendiente.bytes > 0, "la prueba necesita que no quepa todo"
    llegado = b""
    while len(llegado) < len(esperado):
        llegado += alli.recv(7001)
        if pendiente.bytes:
            pendiente.enviar(aqui, 1.0)

    assert llegado == esperado
    assert pendiente.bytes == 0
    assert pendiente.ultimo_avance == 1.0


def test_si_no_cabe_ni_un_byte_no_hay_avance(pareja: tuple[socket.socket, socket.socket]) -> None:
    aqui, _ = pareja
    while enviar(aqui, [b"x" * 1000 + b"\n"]):
        pass

    pendiente = Atraso(5.0)
    pendiente.poner([b"hola\n", b"adi\xc3\xb3s\n"])
    pendiente.enviar(aqui, 9.0)

    assert pendiente.bytes == len("hola\nadiós\n".encode())
    assert pendiente.ultimo_avance == 5.0


@pytest.mark.parametrize(
    ("enviados", "queda"),
    [(0, b""), (1, b"no\n"), (3, b"\n"), (4, b""), (5, b"os\n"), (8, b""), (12, b"\n")],
)
def test_al_tirar_lo_que_espera_no_se_parte_una_linea_por_la_mitad(
    pareja: tuple[socket.socket, socket.socket], enviados: int, queda: bytes
) -> None:
    aqui, alli = pareja
    pendiente = Atraso(0.0)
    pendiente.poner([b"uno\ndos\n", b"tres\n"], enviados)

    pendiente.dejar_solo_la_linea_empezada()
    pendiente.poner([b"! fin\n"])
    pendiente.enviar(aqui, 0.0)

    assert alli.recv(100) == queda + b"! fin\n"
    assert pendiente.bytes == 0


def test_a_quien_se_ha_ido_no_se_le_puede_enviar(
    pareja: tuple[socket.socket, socket.socket],
) -> None:
    aqui, alli = pareja
    alli.close()

    with pytest.raises(OSError):
        enviar(aqui, [b"uno\n", b"dos\n"])
