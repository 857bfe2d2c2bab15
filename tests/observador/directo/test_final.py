"""Al cerrar la página, o con Ctrl+C, no queda nada en marcha, y la película está entera."""

from __future__ import annotations

import json
import os
import signal
import sys
from functools import partial
from pathlib import Path

import psutil
import pytest

from tests.apoyo.espera import hasta
from tests.conftest import AbrirTerminal
from tests.observador.directo.apoyo import Linea, quedan_vivos
from tests.observador.directo.conftest import Observar, Programas

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="mira señales y procesos de Unix")

TERCO = """
import os, signal, subprocess, sys, time
for senal in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    signal.signal(senal, signal.SIG_IGN)
if len(sys.argv) == 1:
    subprocess.Popen([sys.executable, __file__, "hijo"])
    subprocess.Popen([sys.executable, __file__, "huido"], start_new_session=True)
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            print("nieto", flush=True)
            signal.pause()
        os._exit(0)
print("", *sys.argv[1:], "aquí", flush=True)
while True:
    signal.pause()
"""
EDUCADO = """
try:
    input("listo")
except KeyboardInterrupt:
    print("adiós")
"""


@pytest.mark.lento
def test_al_cerrar_la_ultima_pagina_terminan_los_programas(
    observar: Observar, programas: Programas
) -> None:
    carpeta = programas("programa.py", EDUCADO)
    observacion = observar("programa.py", "--guardar", "clase.chatlab", carpeta=carpeta)
    primera, segunda = observacion.abrir_pagina(), observacion.abrir_pagina()
    primera.esperar_en_pantalla(1, "listo")
    primera.cerrar()
    segunda.mandar(orden="tecla", p=1, texto="x")
    segunda.esperar_en_pantalla(1, "x")

    segunda.cerrar()

    assert observacion.orden.esperar_fin() == 0
    lineas = leer(carpeta / "clase.chatlab")
    assert lineas[-1]["que"] == "fin"
    assert "adiós" in "".join(linea.get("texto", "") for linea in lineas)
    assert "Se ha cerrado la página." in observacion.orden.pantalla
    assert "--reproducir" in observacion.orden.pantalla


def test_recargar_la_pagina_no_termina_nada(observar: Observar, programas: Programas) -> None:
    carpeta = programas("programa.py", EDUCADO)
    observacion = observar("programa.py", carpeta=carpeta)
    observacion.abrir_pagina().cerrar()

    recargada = observacion.abrir_pagina()

    recargada.esperar_en_pantalla(1, "listo")
    assert recargada.lineas[0]["chatlab"] == "grabacion"
    recargada.teclear(1, "\r")
    assert recargada.codigo(1) == 0


def test_los_programas_siguen_si_terminan_los_demas(
    observar: Observar, programas: Programas
) -> None:
    programas("corto.py", "print('ya')")
    carpeta = programas("largo.py", EDUCADO)
    pagina = observar("largo.py", "corto.py", carpeta=carpeta).abrir_pagina()

    pagina.esperar_en_pantalla(1, "listo")
    pagina.teclear(1, "\r")

    assert pagina.codigo(1) == 0
    assert not pagina.fin


def test_con_ctrl_c_no_queda_ni_el_que_no_quiere_irse(
    observar: Observar, programas: Programas
) -> None:
    carpeta = programas("terco.py", TERCO)
    observacion = observar("terco.py", carpeta=carpeta)
    pagina = observacion.abrir_pagina()
    for texto in (" aquí", "hijo aquí", "huido aquí", "nieto"):
        pagina.esperar_en_pantalla(1, texto)
    pids = observacion.pids | {linea["pid"] for linea in pagina.de("programa")}
    assert len(pids) >= 4

    assert observacion.terminar() == 0

    assert not quedan_vivos(pids)
    assert pagina.codigo(1) == -signal.SIGKILL
    assert pagina.fin


def test_un_programa_parado_tambien_termina(observar: Observar, programas: Programas) -> None:
    carpeta = programas("programa.py", EDUCADO)
    observacion = observar("programa.py", carpeta=carpeta)
    pagina = observacion.abrir_pagina()
    pagina.esperar_en_pantalla(1, "listo")
    pagina.mandar(orden="senal", p=1, senal="SIGSTOP")
    pagina.esperar(lambda: pagina.de("senal"), "que se pare")

    assert observacion.terminar() == 0

    pagina.esperar_en_pantalla(1, "adiós")
    assert pagina.codigo(1) == 0


SIN_REUSAR = """
import socket, sys
escucha = socket.socket()  # sin SO_REUSEADDR: con el puerto reservado, no se puede
escucha.bind(("localhost", int(sys.argv[1])))
escucha.listen()
print("escucho")
conexion, _ = escucha.accept()
with conexion:
    conexion.recv(99)
"""
QUE_ESPERA = """
import socket, sys
with socket.create_connection(("localhost", int(sys.argv[1]))) as conexion:
    input("dentro")
"""


def test_al_volver_a_empezar_el_puerto_esta_libre(
    observar: Observar, programas: Programas, puerto: str
) -> None:
    """Termina antes el cliente: si cerrara antes el servidor, habría que esperar un minuto."""
    programas("servidor.py", SIN_REUSAR)
    carpeta = programas("cliente.py", QUE_ESPERA)

    for _ in range(3):
        observacion = observar("servidor.py", "cliente.py", "--", puerto, carpeta=carpeta)
        pagina = observacion.abrir_pagina()
        pagina.esperar_en_pantalla(pagina.programa("cliente 1"), "dentro")
        pagina.esperar(partial(pagina.de, "accept"), "que lo acepten")
        assert observacion.terminar() == 0


def test_ctrl_c_en_su_terminal_deja_la_pelicula_entera(
    abrir_terminal: AbrirTerminal, programas: Programas, tmp_path: Path
) -> None:
    carpeta = programas("programa.py", EDUCADO)
    pelicula = tmp_path / "clase.chatlab"
    terminal = abrir_terminal(
        "-m", "chatlab", "observar", "--sin-abrir", str(carpeta / "programa.py"), "--guardar",
        str(pelicula),
    )  # fmt: skip
    terminal.esperar("terminan tus programas")
    assert hasta(lambda: "listo" in pelicula.read_text("utf-8"))

    terminal.ctrl_c()

    assert terminal.esperar_fin() == 0
    assert "La película está en" in terminal.pantalla
    assert leer(pelicula)[-1]["que"] == "fin"


def test_si_matan_a_la_orden_los_programas_se_enteran_y_la_pelicula_se_lee(
    observar: Observar, programas: Programas
) -> None:
    """Se cierra su terminal: el sistema manda SIGHUP a quien la tenía."""
    carpeta = programas("programa.py", EDUCADO)
    observacion = observar("programa.py", "--guardar", "clase.chatlab", carpeta=carpeta)
    pagina = observacion.abrir_pagina()
    pagina.esperar_en_pantalla(1, "listo")
    pids = observacion.pids

    os.kill(observacion.orden.proceso.pid, signal.SIGKILL)
    observacion.orden.proceso.wait()

    esperar_a_que_no_queden(pids)
    assert leer(carpeta / "clase.chatlab")[0]["version"] == 1


SIN_HACER_CASO = """
import signal
signal.signal(signal.SIGHUP, signal.SIG_IGN)
print("listo")
while True:
    signal.pause()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="solo ahí se ve de quién es cada proceso")
@pytest.mark.parametrize("opciones", [(), ("--sin-terminal",)], ids=["terminal", "tuberias"])
def test_si_matan_a_la_orden_no_queda_ni_quien_no_hace_caso(
    observar: Observar, programas: Programas, opciones: tuple[str, ...]
) -> None:
    """Su puerto seguiría ocupado, y nadie sabría por quién."""
    carpeta = programas("programa.py", SIN_HACER_CASO)
    observacion = observar("programa.py", *opciones, carpeta=carpeta)
    observacion.abrir_pagina().esperar_en_pantalla(1, "listo")
    pids = observacion.pids

    os.kill(observacion.orden.proceso.pid, signal.SIGKILL)
    observacion.orden.proceso.wait()

    esperar_a_que_no_queden(pids)


def leer(pelicula: Path) -> list[Linea]:
    return [json.loads(linea) for linea in pelicula.read_text("utf-8").splitlines()]


def esperar_a_que_no_queden(pids: set[int]) -> None:
    _, vivos = psutil.wait_procs([psutil.Process(p) for p in quedan_vivos(pids)], timeout=20)
    assert not vivos
