"""El cliente de verdad: qué muestra, qué envía y con qué código termina."""

from __future__ import annotations

import socket
from collections.abc import Callable

import pytest

from tests.apoyo.chat import Chat, lineas_entre, mensajes_de
from tests.apoyo.programa import Programa, con_head
from tests.apoyo.transcripcion import PLAZO
from tests.conftest import Lanzar


def test_muestra_lo_suyo_y_lo_de_los_demas(chat: Chat) -> None:
    luis = chat.entrar("Luis")
    ana = chat.cliente("Ana")
    ana.escribir("hola")
    luis.esperar("Ana: hola\n")
    luis.enviar("¿qué tal?\n")
    ana.esperar("Luis: ¿qué tal?\n")
    ana.escribir("bien")
    luis.esperar("Ana: bien\n")
    ana.esperar("Tú: bien\n")
    assert ana.pantalla.splitlines() == [
        "* Bienvenido a chatlab. Dentro tienes /ayuda. Escribe tu nombre:",
        "* Hola, Ana. En la sala: Luis.",
        "Tú: hola",
        "Luis: ¿qué tal?",
        "Tú: bien",
    ]


def test_lo_que_llega_por_una_tuberia_se_envia_entero_y_en_orden(chat: Chat) -> None:
    luis = chat.entrar("Luis")
    ana = chat.lanzar_cliente()
    lineas = [f"línea {numero}" for numero in range(500)]
    ana.escribir("Ana", *lineas, "salir")  # la primera es el nombre que pide el servidor
    assert ana.esperar_fin() == 0, ana.transcripcion()
    luis.esperar("* Ana ha salido del chat\n")
    assert mensajes_de(luis, "Ana") == lineas


# --- Cómo termina ---


@pytest.mark.parametrize(
    "irse",
    [
        pytest.param(lambda cliente: cliente.escribir("salir"), id="salir"),
        pytest.param(Programa.cerrar_teclado, id="fin de la entrada"),
        pytest.param(Programa.ctrl_c, id="Ctrl+C"),
    ],
)
def test_quien_se_va_termina_con_0_y_los_demas_lo_saben(
    chat: Chat, irse: Callable[[Programa], None]
) -> None:
    luis = chat.entrar("Luis")
    ana = chat.cliente("Ana")
    irse(ana)
    assert ana.esperar_fin() == 0, ana.transcripcion()
    assert ana.errores.texto == ""
    luis.esperar("* Ana ha salido del chat\n")


def test_si_el_servidor_se_despide_termina_con_0(chat: Chat) -> None:
    ana = chat.cliente("Ana")
    chat.servidor.ctrl_c()
    assert ana.esperar_fin() == 0, ana.transcripcion()
    assert ana.pantalla.endswith("* El servidor se cierra. ¡Hasta pronto!\n")
    assert ana.errores.texto == ""


def test_si_el_servidor_muere_termina_con_1_y_lo_dice(chat: Chat) -> None:
    ana = chat.cliente("Ana")
    chat.servidor.matar()
    assert ana.esperar_fin() == 1, ana.transcripcion()
    assert ana.errores.texto == "Se ha cortado la conexión con el servidor. ¿Sigue en marcha?\n"


def test_si_no_escucha_nadie_termina_con_1_y_dice_que_hacer(lanzar: Lanzar) -> None:
    with socket.socket() as sin_escuchar:  # tiene el puerto, y no atiende a nadie
        sin_escuchar.bind(("127.0.0.1", 0))
        puerto = sin_escuchar.getsockname()[1]
        ana = lanzar("-m", "chatlab", "cliente", "difusion", "--puerto", str(puerto))
        assert ana.esperar_fin() == 1, ana.transcripcion()
    assert ana.errores.texto.startswith(f"No hay ningún servidor en localhost:{puerto}.")
    assert f"chatlab servidor difusion --puerto {puerto}\n" in ana.errores.texto
    assert ana.pantalla == ""


def test_si_su_nombre_no_vale_lo_demas_no_se_toma_por_nombres(chat: Chat) -> None:
    luis = chat.entrar("Luis")
    otro = chat.lanzar_cliente("--nombre", "Luis")
    otro.escribir("Eva", "hola")
    assert otro.esperar_fin() == 1, otro.transcripcion()
    assert otro.errores.texto.startswith("No has entrado en el chat. Ya hay alguien")
    chat.entrar("Ana").enviar("hola\n")
    assert lineas_entre(luis, "* Hola, Luis. No hay nadie más.", "Ana: hola") == [
        "* Ana se ha unido al chat"
    ]


def test_si_lo_primero_que_llega_por_una_tuberia_es_pedir_ayuda_no_se_queda_esperando(
    chat: Chat,
) -> None:
    ana = chat.lanzar_cliente()
    ana.escribir("/ayuda", "Ana", "hola")
    assert ana.esperar_fin() == 1, ana.transcripcion()
    assert ana.errores.texto.startswith("No has entrado en el chat. /ayuda sirve cuando ya")


def test_si_nadie_lee_su_pantalla_se_va_y_lo_dice(chat: Chat) -> None:
    luis = chat.entrar("Luis")
    opciones = ("--puerto", str(chat.puerto), "--nombre", "Ana")
    orden = ("-m", "chatlab", "cliente", "difusion", *opciones)
    with con_head(*orden, lineas=2) as (linea, ana):  # chatlab cliente difusion | head -n 2
        assert linea == "* Hola, Ana. En la sala: Luis.\n"
        _, errores = ana.communicate("hola\n", timeout=PLAZO)
    assert ana.returncode == 1
    assert errores == "Nadie lee la salida de este programa: lo dejo aquí.\n"
    luis.esperar("* Ana ha salido del chat\n")
