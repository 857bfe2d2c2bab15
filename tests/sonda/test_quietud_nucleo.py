"""Lo que solo Linux sabe: en qué duerme cada hilo, aunque la sonda no lo vea."""

from __future__ import annotations

import os
import shutil
import subprocess
import textwrap
import threading
from pathlib import Path

import pytest

from chatlab.sistema import nucleo
from chatlab.sistema.proc import MUERTO
from chatlab.sonda import Testigo, quietud
from tests.apoyo.transcripcion import PLAZO
from tests.sonda.conftest import PYTHON, Arrancar, esperar_que, esperar_suceso
from tests.sonda.programas import BYTES_QUE_NADIE_LEERA, CLIENTE, CON_PLAZO, con_servidor

pytestmark = pytest.mark.skipif(
    not nucleo.se_puede_mirar(), reason="solo Linux cuenta en qué llamada duerme cada hilo"
)

SOLO_EL_NUCLEO = {
    "sys.stdin": "import sys; avisar(); sys.stdin.readline()",
    "for en sys.stdin": "import sys; avisar()\nfor linea in sys.stdin: pass",
    "un candado tomado dos veces": """
        import threading
        candado = threading.Lock(); candado.acquire(); avisar(); candado.acquire()
    """,
    "una cola vacía": "import queue; avisar(); queue.Queue().get()",
    "el final, con hilos esperando": """
        import threading
        threading.Thread(target=servidor.accept).start(); avisar()
    """,
    "un hijo que espera": """
        import subprocess, sys
        hijo = subprocess.Popen(
            [sys.executable, "-S", "-E", "-c", "input()"], stdin=subprocess.PIPE)
        avisar(); hijo.wait()
    """,
    "bytes que nadie leerá": BYTES_QUE_NADIE_LEERA,
    "signal.pause": "import signal; avisar(); signal.pause()",
    "asyncio con un ejecutor": """
        import asyncio
        async def principal():
            avisar(); await asyncio.get_running_loop().run_in_executor(None, input)
        asyncio.run(principal())
    """,
}


@pytest.mark.parametrize("codigo", SOLO_EL_NUCLEO.values(), ids=SOLO_EL_NUCLEO.keys())
def test_linux_sabe_que_estos_tambien_esperan(
    arrancar: Arrancar, testigo: Testigo, codigo: str
) -> None:
    programa = arrancar("programa.py", con_servidor(codigo))
    programa.esperar("ya")

    assert esperar_que(testigo.todo_quieto, testigo), programa.transcripcion()


def test_un_programa_que_acaba_sin_llegar_no_impide_la_quietud(
    arrancar: Arrancar, testigo: Testigo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quietud, "CALMA", 0.3)
    arrancar("servidor.py", CON_PLAZO)
    esperar_suceso(testigo, "espera", detalle="accept")
    acabado = arrancar("error.py", "esto no es Python", opciones=("-S", "-E"))

    assert acabado.esperar_fin() == 1
    assert esperar_que(lambda: testigo.todo_quieto([acabado.proceso.pid]), testigo)


def test_en_la_jaula_se_ve_igual(tmp_path: Path, testigo: Testigo) -> None:
    """Con su propia red y sus propios PID."""
    bwrap = shutil.which("bwrap")
    if bwrap is None:
        pytest.skip("no está instalado bubblewrap")
    (tmp_path / "servidor.py").write_text(textwrap.dedent(CON_PLAZO), encoding="utf-8")
    (tmp_path / "cliente.py").write_text(textwrap.dedent(CLIENTE), encoding="utf-8")
    carpeta = str(testigo.carpeta)
    jaula = [
        *(bwrap, "--unshare-all", "--die-with-parent", "--ro-bind", "/", "/"),
        *("--dev", "/dev", "--proc", "/proc", "--bind", carpeta, carpeta, "--chdir", str(tmp_path)),
        *("sh", "-c", f"{PYTHON} servidor.py & until {PYTHON} cliente.py; do :; done"),
    ]
    with subprocess.Popen(
        jaula,
        env={"PATH": os.environ["PATH"], **testigo.entorno()},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as proceso:
        temporizador = threading.Timer(PLAZO, proceso.kill)
        temporizador.start()
        try:
            esperar_suceso(testigo, "espera", detalle="teclado")
            assert esperar_que(lambda: testigo.todo_quieto([proceso.pid]), testigo)
            for visto in testigo.procesos():
                assert visto.pid < 100
                assert (nucleo.estado_de(visto.pid_fuera) not in MUERTO) == visto.vivo
        finally:
            temporizador.cancel()
            proceso.kill()
