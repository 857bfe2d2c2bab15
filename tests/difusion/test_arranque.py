"""El servidor arranca en cualquier Python, dice dónde está y, si no puede, dice por qué."""

from __future__ import annotations

import re

from tests.apoyo.chat import Chat
from tests.apoyo.programa import RAIZ, Programa
from tests.conftest import Conectar, Lanzar
from tests.difusion.conftest import AbrirChat

#: Ejecuta un módulo del clon como `python -m`, en un Python que no ve nada más que el clon.
SIN_PAQUETES = f"""
import runpy, sys
sys.path.insert(0, {str(RAIZ)!r})
runpy.run_module(sys.argv.pop(1), run_name="__main__")
"""


def test_funciona_en_un_python_sin_ningun_paquete(
    motor: str, lanzar: Lanzar, conectar: Conectar
) -> None:
    def lanzar_puro(modulo: str, *opciones: str) -> Programa:
        return lanzar("-I", "-S", "-c", SIN_PAQUETES, modulo, *opciones)

    servidor = lanzar_puro(f"chatlab.{motor}.servidor", "--puerto", "0")
    chat = Chat(servidor, lanzar, conectar)
    ana = chat.entrar("Ana")
    puerto = ("--puerto", str(chat.puerto))
    luis = lanzar_puro("chatlab.difusion.cliente", *puerto, "--nombre", "Luis")
    luis.escribir("hola")
    ana.esperar("Luis: hola\n")
    servidor.ctrl_c()
    assert servidor.esperar_fin() == 0, servidor.transcripcion()
    assert servidor.errores.texto == ""


def test_lo_primero_que_escribe_es_donde_escucha(chat: Chat) -> None:
    primera = chat.servidor.pantalla.splitlines()[0]
    assert primera == f"Escuchando en 127.0.0.1:{chat.puerto}"


def test_dos_servidores_no_caben_en_el_mismo_puerto(chat: Chat, motor: str, lanzar: Lanzar) -> None:
    segundo = lanzar("-m", "chatlab", "servidor", motor, "--puerto", str(chat.puerto))
    assert segundo.esperar_fin() == 1
    assert segundo.errores.texto.startswith(f"El puerto {chat.puerto} ya está ocupado")
    assert "--puerto" in segundo.errores.texto, "no dice qué hacer"
    assert segundo.pantalla == ""
    chat.entrar("Ana")  # el primero sigue como si nada


def test_en_la_red_local_anuncia_la_orden_entera(abrir_chat: AbrirChat, motor: str) -> None:
    chat = abrir_chat("--lan")
    chat.entrar("Ana")
    chat.servidor.esperar("Ana se ha unido al chat\n")
    primera, *resto = chat.servidor.pantalla.splitlines()
    assert primera == f"Escuchando en 0.0.0.0:{chat.puerto}"
    if resto[0] == "Esta máquina no está en ninguna red: solo puedes entrar desde ella.":
        return
    assert resto[0] == "Desde otro ordenador de tu red, teclea:"
    orden = rf"    \S+ -m chatlab cliente {motor} --host \d+\.\d+\.\d+\.\d+ --puerto {chat.puerto}"
    assert re.fullmatch(orden, resto[1]), chat.servidor.transcripcion()
