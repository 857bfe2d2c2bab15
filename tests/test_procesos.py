"""Lo que /proc dice de los procesos: quién duerme, y quién acaba de morir."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from chatlab.sistema.procesos import ha_muerto, todos_dormidos
from tests.apoyo.espera import hasta

solo_linux = pytest.mark.skipif(sys.platform != "linux", reason="solo hay /proc en Linux")


@pytest.fixture
def hijo() -> Iterator[subprocess.Popen[bytes]]:
    """Un programa que espera una línea y termina."""
    with subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", "input()"], stdin=subprocess.PIPE
    ) as programa:
        yield programa
        programa.communicate()


@solo_linux
def test_de_quien_ha_muerto_y_nadie_ha_recogido_no_se_dice_que_duerma(
    hijo: subprocess.Popen[bytes],
) -> None:
    """Su final aún no se ha contado: quien pregunta no puede dar nada por acabado."""
    assert hasta(lambda: todos_dormidos([hijo.pid]) is True)
    assert not ha_muerto(hijo.pid)

    assert hijo.stdin is not None
    hijo.stdin.write(b"adios\n")
    hijo.stdin.flush()
    os.waitid(os.P_PID, hijo.pid, os.WEXITED | os.WNOWAIT)

    assert ha_muerto(hijo.pid)
    assert todos_dormidos([hijo.pid]) is False


@solo_linux
def test_quien_ya_no_esta_tambien_ha_muerto(hijo: subprocess.Popen[bytes]) -> None:
    hijo.communicate(b"\n")

    assert ha_muerto(hijo.pid)
