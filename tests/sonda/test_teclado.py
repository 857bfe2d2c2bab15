"""Quien lee de `sys.stdin` también espera al teclado, y se ve si se mira en marcha."""

from __future__ import annotations

import sys
from pathlib import PurePath

import pytest

from chatlab.sonda import Testigo
from tests.sonda.conftest import Arrancar, de_tipo
from tests.sonda.oreja import Oreja

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="la consola de Windows se lee de otra manera"
)

MANERAS = {
    "input": "print('dice', input())",
    "readline": "print('dice', sys.stdin.readline().strip())",
    "for": "for linea in sys.stdin:\n    print('dice', linea.strip())\n    break",
    "read de una letra": "print('dice', sys.stdin.read(5).strip())",
    "buffer": "print('dice', sys.stdin.buffer.readline().decode().strip())",
    "en otro hilo": (
        "import threading\n"
        "hilo = threading.Thread(target=lambda: print('dice', sys.stdin.readline().strip()))\n"
        "hilo.start(); hilo.join()"
    ),
}


@pytest.mark.parametrize("codigo", MANERAS.values(), ids=MANERAS.keys())
def test_se_ve_quien_espera_el_teclado(arrancar: Arrancar, codigo: str) -> None:
    oreja = Oreja()
    with Testigo(oidor=oreja, con_lugares=True) as testigo:
        programa = arrancar("programa.py", f"import sys\n{codigo}\n", testigo=testigo)
        espera = oreja.esperar_tipo("espera", detalle="teclado")
        assert PurePath(espera.lugar).name.startswith("programa.py:")
        assert de_tipo(oreja.sucesos, "sigue") == []
        programa.escribir("hola")
        programa.esperar("dice hola")
        assert programa.esperar_fin() == 0, programa.transcripcion()
        oreja.esperar_tipo("termina")

    del_teclado = [s.tipo for s in oreja.sucesos if s.detalle == "teclado"]
    assert del_teclado == ["espera", "sigue"]


def test_al_corregir_no_se_toca_la_entrada(arrancar: Arrancar, testigo: Testigo) -> None:
    arrancar("programa.py", "import sys\nprint(type(sys.stdin.buffer.raw).__mro__)\n").esperar(
        "(<class '_io.FileIO'>, <class '_io._RawIOBase'>"
    )
