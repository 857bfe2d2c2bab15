"""A quien escribe a un cliente lento se le deja de leer hasta que el lento se pone al día."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from chatlab.motor.conexion import Cliente
from chatlab.motor.frenos import Frenos


@pytest.fixture
def clientes() -> Iterator[list[Cliente]]:
    sockets = [socket.socket() for _ in range(4)]
    yield [Cliente(conexion) for conexion in sockets]
    for conexion in sockets:
        conexion.close()


def test_quien_habla_a_la_sala_espera_por_todos_los_lentos(clientes: list[Cliente]) -> None:
    ana, lento, otro_lento, luis = clientes
    frenos = Frenos()
    assert frenos.llenar(lento)
    assert not frenos.llenar(lento), "ya lo estaba"
    frenos.llenar(otro_lento)

    frenos.hablo_a_todos(ana)
    assert frenos.aplicar() == {ana}
    frenos.hablo_a_todos(ana)
    frenos.aplicar()

    assert frenos.soltar(lento) == {ana}
    assert not ana.se_le_lee, "aún falta uno"
    assert frenos.soltar(otro_lento) == {ana}
    assert ana.se_le_lee
    assert luis.se_le_lee


def test_quien_habla_a_otra_persona_no_espera_por_el_lento(clientes: list[Cliente]) -> None:
    ana, lento, luis, eva = clientes
    frenos = Frenos()
    frenos.llenar(lento)

    frenos.hablo_a_uno(ana, luis)
    frenos.hablo_a_uno(eva, lento)

    assert frenos.aplicar() == {eva}
    assert ana.se_le_lee
    assert not eva.se_le_lee


def test_el_lento_no_espera_por_si_mismo_salvo_que_pida_respuestas(
    clientes: list[Cliente],
) -> None:
    lento, *_ = clientes
    frenos = Frenos()
    frenos.llenar(lento)

    frenos.hablo_a_todos(lento)
    assert frenos.aplicar() == set()
    assert not frenos.estorban_a(lento)

    frenos.hablo_a_uno(lento, lento)
    assert frenos.aplicar() == {lento}
    frenos.soltar(lento)
    assert lento.se_le_lee


def test_lo_dicho_antes_de_que_hubiera_un_lento_no_cuenta(clientes: list[Cliente]) -> None:
    ana, lento, *_ = clientes
    frenos = Frenos()
    frenos.hablo_a_todos(ana)
    assert frenos.aplicar() == set()

    frenos.llenar(lento)
    assert frenos.aplicar() == set()
    assert ana.se_le_lee
