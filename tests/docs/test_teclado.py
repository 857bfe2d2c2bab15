"""Los programas de la guía «Teclado y red a la vez» que no caben en un guion."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.apoyo.programa import RAIZ, Programa
from tests.apoyo.transcripcion import PLAZO
from tests.conftest import AbrirTerminal, Lanzar

pytest.importorskip("prompt_toolkit")

EJEMPLOS = RAIZ / "docs" / "ejemplos"
solo_posix = pytest.mark.skipif(sys.platform == "win32", reason="hace falta una pseudoterminal")


@pytest.fixture
def carpeta(tmp_path: Path) -> Path:
    """Los programas de la guía, con un puerto libre: así no chocan dos pruebas."""
    with socket.create_server(("localhost", 0)) as libre:
        puerto = str(libre.getsockname()[1])
    for original in [*EJEMPLOS.glob("teclado/*.py"), EJEMPLOS / "errores" / "ventana.py"]:
        codigo = original.read_text(encoding="utf-8").replace("8000", puerto)
        (tmp_path / original.name).write_text(codigo, encoding="utf-8")
    return tmp_path


def arrancar_servidor(lanzar: Lanzar, carpeta: Path) -> Programa:
    servidor = lanzar("servidor.py", carpeta=carpeta)
    servidor.esperar("Escuchando")
    return servidor


@solo_posix
def test_la_linea_a_medias_queda_debajo_de_lo_que_llega(
    lanzar: Lanzar, abrir_terminal: AbrirTerminal, carpeta: Path
) -> None:
    servidor = arrancar_servidor(lanzar, carpeta)
    ana = abrir_terminal(str(carpeta / "con_linea_intacta.py"))
    ana.esperar("Tú:")
    carlos = lanzar("con_hilos.py", carpeta=carpeta)
    ana.teclear("¿Quedamos a")
    ana.esperar("Tú: ¿Quedamos a")

    carlos.escribir("Hola, Ana")
    ana.esperar("Hola, Ana\nTú: ¿Quedamos a")

    ana.teclear(" las cinco?\r")
    servidor.esperar("[llega] ¿Quedamos a las cinco?")


@solo_posix
@pytest.mark.parametrize(
    ("programa", "hace_falta_intro"),
    [("con_hilos.py", False), ("con_asyncio.py", True), ("con_asyncio_y_cola.py", False)],
)
def test_ctrl_c_termina_y_con_asyncio_hace_falta_ademas_un_intro(
    lanzar: Lanzar,
    abrir_terminal: AbrirTerminal,
    carpeta: Path,
    programa: str,
    hace_falta_intro: bool,
) -> None:
    servidor = arrancar_servidor(lanzar, carpeta)
    ana = abrir_terminal(str(carpeta / programa))
    ana.teclear("hola\r")
    servidor.esperar("[llega] hola")

    ana.ctrl_c()
    if hace_falta_intro:
        ana.teclear("sigo aquí")
        ana.esperar("sigo aquí")
        ana.teclear("\r")

    ana.esperar("Adiós.")
    assert ana.esperar_fin() == 0


@pytest.mark.skipif(shutil.which("xvfb-run") is None, reason="no hay pantalla ni Xvfb")
def test_la_ventana_muestra_lo_que_llega_sin_pararse(lanzar: Lanzar, carpeta: Path) -> None:
    pytest.importorskip("tkinter")
    servidor = arrancar_servidor(lanzar, carpeta)
    # La ventana escribe una línea al abrirse, y se cierra en cuanto muestra lo que le contestan.
    prueba = carpeta / "prueba.py"
    prueba.write_text(
        "import tkinter as tk, ventana\n"
        "insertar = tk.Text.insert\n"
        "def insertar_y_cerrar(texto, donde, linea):\n"
        "    insertar(texto, donde, linea)\n"
        "    print('ventana:', linea.strip(), flush=True)\n"
        "    texto.after(1, texto.winfo_toplevel().destroy)\n"
        "tk.Text.insert = insertar_y_cerrar\n"
        "def atar(entrada, tecla, enviar):\n"
        "    entrada.insert(0, 'soy la ventana')\n"
        "    entrada.after(1, enviar, None)\n"
        "tk.Entry.bind = atar\n"
        "ventana.principal()\n",
        encoding="utf-8",
    )
    carlos = lanzar("con_hilos.py", carpeta=carpeta)
    orden = ["xvfb-run", "-a", sys.executable, str(prueba)]
    with subprocess.Popen(orden, stdout=subprocess.PIPE) as proceso:
        servidor.esperar("[llega] soy la ventana")
        carlos.escribir("Hola, ventana")
        salida, _ = proceso.communicate(timeout=PLAZO)
    assert salida.decode().strip() == "ventana: Hola, ventana"
