"""Lo que la guía «Hablar a mano con nc y telnet» dice del `nc` de Debian y Ubuntu."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.apoyo.terminal import Terminal
from tests.apoyo.transcripcion import PLAZO
from tests.conftest import AbrirTerminal


def es_el_de_debian() -> bool:
    """Si el `nc` instalado es netcat-openbsd: los demás no hacen lo mismo."""
    if shutil.which("nc") is None:
        return False
    ayuda = subprocess.run(["nc", "-h"], capture_output=True, encoding="utf-8", check=False)
    return "OpenBSD" in ayuda.stdout + ayuda.stderr


pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or (not es_el_de_debian() and "CHATLAB_SIN_SALTOS" not in os.environ),
    reason="no está el nc de Debian (sudo apt install netcat-openbsd)",
)


@pytest.fixture
def servidor() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as que_escucha:
        que_escucha.settimeout(PLAZO)
        yield que_escucha


def aceptar(servidor: socket.socket) -> socket.socket:
    conexion, _ = servidor.accept()
    conexion.settimeout(PLAZO)
    return conexion


def con_nc(abrir_terminal: AbrirTerminal, servidor: socket.socket) -> Terminal:
    orden = ["nc", "127.0.0.1", str(servidor.getsockname()[1])]
    return abrir_terminal("-c", f"import os; os.execvp('nc', {orden})")


def test_cuando_el_servidor_cierra_nc_sigue_hasta_el_siguiente_intro(
    abrir_terminal: AbrirTerminal, servidor: socket.socket
) -> None:
    terminal = con_nc(abrir_terminal, servidor)
    with aceptar(servidor) as conexion:
        terminal.teclear("/salir\r")
        assert conexion.recv(100) == b"/salir\n"
        conexion.sendall("* Adiós\n".encode())
    terminal.esperar("* Adiós")

    # Si hubiera terminado al cerrar el servidor, no escucharía el teclado.
    terminal.teclear("¿hola?")
    terminal.esperar("¿hola?")
    terminal.teclear("\r")

    terminal.esperar_fin()


def test_ctrl_c_termina_nc_aunque_el_servidor_no_haya_cerrado_del_todo(
    abrir_terminal: AbrirTerminal, servidor: socket.socket
) -> None:
    terminal = con_nc(abrir_terminal, servidor)
    with aceptar(servidor) as conexion:
        conexion.sendall("* Adiós\n".encode())
        conexion.shutdown(socket.SHUT_WR)
        terminal.esperar("* Adiós")

        terminal.ctrl_c()

        assert terminal.salida.esperar_fin()


def test_ctrl_d_en_medio_de_una_linea_la_entrega_sin_su_final(
    abrir_terminal: AbrirTerminal, servidor: socket.socket
) -> None:
    terminal = con_nc(abrir_terminal, servidor)
    with aceptar(servidor) as conexion:
        terminal.teclear("hola")
        terminal.esperar("hola")
        terminal.ctrl_d()
        assert conexion.recv(100) == b"hola"

        terminal.teclear("mundo\r")
        assert conexion.recv(100) == b"mundo\n"


@pytest.mark.parametrize(("opciones", "cierra"), [([], False), (["-N"], True), (["-q", "1"], True)])
def test_al_acabarse_la_entrada_solo_cierra_si_se_le_pide(
    servidor: socket.socket, opciones: list[str], cierra: bool
) -> None:
    orden = ["nc", *opciones, "127.0.0.1", str(servidor.getsockname()[1])]
    with subprocess.Popen(orden, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as proceso:
        assert proceso.stdin is not None
        assert proceso.stdout is not None
        with aceptar(servidor) as conexion:
            proceso.stdin.write(b"Ana\nhola\n")
            proceso.stdin.close()
            assert conexion.recv(100) == b"Ana\nhola\n"
            if cierra:
                assert conexion.recv(100) == b""
            conexion.sendall(b"sigo\n")
            assert proceso.stdout.readline() == b"sigo\n"
            if not cierra:
                conexion.setblocking(False)
                with pytest.raises(BlockingIOError):
                    conexion.recv(100)


@pytest.mark.parametrize(("donde", "direccion"), [(["127.0.0.1"], "127.0.0.1"), ([], "0.0.0.0")])
def test_nc_escucha_en_todas_las_direcciones_si_no_se_le_dice_en_cual(
    donde: list[str], direccion: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as libre:
        puerto = libre.getsockname()[1]
    with subprocess.Popen(["nc", "-4", "-l", *donde, str(puerto)]) as proceso:
        try:
            assert donde_escucha(puerto) == direccion
        finally:
            proceso.kill()


def donde_escucha(puerto: int) -> str:
    """La dirección en que alguien escucha en ese puerto; espera a que lo haga."""
    limite = time.monotonic() + PLAZO
    while time.monotonic() < limite:
        for linea in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]:
            local, estado = linea.split()[1], linea.split()[3]
            octetos, de_puerto = local.split(":")
            if estado == "0A" and int(de_puerto, 16) == puerto:
                return socket.inet_ntoa(bytes.fromhex(octetos)[::-1])
    return ""
