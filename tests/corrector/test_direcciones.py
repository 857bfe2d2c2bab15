"""Cuándo se avisa de que en una red los programas no se encontrarían."""

from __future__ import annotations

import pytest

from chatlab.corrector.diagnostico.direcciones import direcciones_que_no_casan
from chatlab.sonda import Suceso


def _aviso(escucha: str, llamada: str) -> str:
    sucesos = [
        Suceso("listen", 1, 1, 1, "servidor.py", 0.0, local=(escucha, 9000)),
        Suceso("connect", 2, 1, 1, "cliente.py", 1.0, remoto=(llamada, 9000)),
    ]
    return direcciones_que_no_casan(sucesos, "servidor.py", "cliente.py")


@pytest.mark.parametrize(
    ("escucha", "llamada"),
    [("192.168.1.10", "192.168.1.20"), ("127.0.0.1", "192.168.1.20"), ("10.0.0.5", "127.0.0.1")],
)
def test_avisa_si_uno_escucha_en_una_direccion_y_el_otro_llama_a_otra(
    escucha: str, llamada: str
) -> None:
    aviso = _aviso(escucha, llamada)

    assert f"servidor.py escucha en {escucha} y cliente.py llama a {llamada}" in aviso


@pytest.mark.parametrize(
    ("escucha", "llamada"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("0.0.0.0", "192.168.1.20"),
        ("127.0.0.1", "0.0.0.0"),
        ("::", "127.0.0.1"),
        ("::1", "127.0.0.1"),
        ("aula-3", "192.168.1.20"),
    ],
)
def test_no_avisa_si_se_pueden_encontrar(escucha: str, llamada: str) -> None:
    assert not _aviso(escucha, llamada)
