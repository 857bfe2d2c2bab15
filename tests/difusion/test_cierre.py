"""Un servidor termina limpio y deprisa, y mientras tanto su pantalla no puede estropear nada."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from tests.apoyo.chat import Chat
from tests.apoyo.programa import RAIZ
from tests.apoyo.transcripcion import PLAZO
from tests.conftest import Conectar
from tests.difusion.conftest import AbrirChat

DESPEDIDA = "* El servidor se cierra. ¡Hasta pronto!\n"
#: Segundos que puede tardar en terminar.
PLAZO_DE_CIERRE = 2.0


def test_ctrl_c_despide_a_todos_y_deja_libre_el_puerto(chat: Chat, abrir_chat: AbrirChat) -> None:
    personas = [chat.entrar(f"Persona {numero}") for numero in range(50)]
    sin_nombre = chat.conectar()
    sin_nombre.esperar("Escribe tu nombre:\n")

    chat.servidor.ctrl_c()
    assert chat.servidor.esperar_fin(PLAZO_DE_CIERRE) == 0, chat.servidor.transcripcion()
    assert chat.servidor.errores.texto == ""
    for conexion in (*personas, sin_nombre):
        assert conexion.esperar_fin().endswith(DESPEDIDA)

    # Sus conexiones con el anterior siguen abiertas por su lado, y el puerto ya vale para otro.
    otro = abrir_chat("--puerto", str(chat.puerto))
    assert otro.puerto == chat.puerto
    otro.entrar("Ana")


def test_quien_no_lee_no_retrasa_el_cierre(abrir_chat: AbrirChat) -> None:
    chat = abrir_chat("--callado", "--frenar", "1000000000")
    ana = chat.entrar("Ana")
    chat.entrar_sin_leer("Callado", lo_ve=ana)
    ana.enviar(f"{'x' * 4000}\n" * 500 + "/usuarios\n")
    ana.esperar("* En la sala (2)")

    chat.servidor.ctrl_c()
    assert chat.servidor.esperar_fin(PLAZO_DE_CIERRE) == 0, chat.servidor.transcripcion()
    assert ana.esperar_fin().endswith(DESPEDIDA)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows no tiene SIGINT para otro proceso")
@pytest.mark.parametrize("pantalla", ["detenida", "cerrada"])
def test_una_pantalla_que_nadie_lee_no_detiene_al_servidor(
    motor: str, conectar: Conectar, pantalla: str
) -> None:
    orden = [sys.executable, "-m", "chatlab", "servidor", motor, "--puerto=0", "--max-ritmo=0"]
    # Como lo arranca cualquiera: con el buffer que Python pone a lo que no es una pantalla.
    entorno = {
        nombre: valor for nombre, valor in os.environ.items() if nombre != "PYTHONUNBUFFERED"
    }
    with subprocess.Popen(
        orden, cwd=RAIZ, env=entorno, bufsize=0, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as servidor:
        assert servidor.stdout is not None
        assert servidor.stderr is not None
        try:
            puerto = int(servidor.stdout.readline().rpartition(b":")[2])
            if pantalla == "cerrada":
                servidor.stdout.close()  # como en `chatlab servidor difusion | head -n 1`
            ana, luis = conectar(puerto), conectar(puerto)
            ana.enviar("Ana\n")
            ana.esperar("* Hola, Ana.")
            luis.enviar("Luis\n")
            ana.esperar("* Luis se ha unido al chat\n")
            # Más de lo que cabe en la tubería y de lo que guarda el servidor.
            ana.enviar("".join(f"{numero}\n" for numero in range(40_000)))
            luis.esperar("Ana: 39999\n")
            servidor.send_signal(signal.SIGINT)
            assert luis.esperar_fin().endswith(DESPEDIDA)
            for conexion in (ana, luis):
                conexion.cerrar()
            assert servidor.wait(PLAZO) == 0
            assert servidor.stderr.read() == b""
        finally:
            servidor.kill()
