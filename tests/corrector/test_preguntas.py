"""Qué pide un programa y cómo se sale de él, con los textos que escriben los estudiantes."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatlab.corrector.despedidas import palabras_de_salida
from chatlab.corrector.preguntas import Pregunta, que_pide


@pytest.mark.parametrize(
    "texto",
    [
        "Tu nombre: ",
        "Ingresa tu nombre: ",
        "Ingrese su nombre de usuario: ",
        "¿Cómo te llamas? ",
        "Apodo> ",
        "Elige tu nick: ",
        "Enter your name: ",
        "Choose a nickname: ",
        "username:",
        "Alias: ",
        "NICK",
        "* Bienvenido a chatlab. Escribe tu nombre:\n",
        "Conectado al servidor.\nEscribe tu apodo:\n",
        "=== CHAT ===\n\nNombre\n> Nombre: ",
        "Identifícate: ",
    ],
)
def test_pide_un_nombre(texto: str) -> None:
    assert que_pide(texto) is Pregunta.NOMBRE


@pytest.mark.parametrize(
    "texto",
    ["Host: ", "IP del servidor: ", "Nombre del servidor: ", "Server address: ", "Dirección>"],
)
def test_pide_un_host(texto: str) -> None:
    assert que_pide(texto) is Pregunta.HOST


@pytest.mark.parametrize("texto", ["Puerto: ", "Puerto del servidor [9000]: ", "Port> "])
def test_pide_un_puerto(texto: str) -> None:
    assert que_pide(texto) is Pregunta.PUERTO


@pytest.mark.parametrize(
    "texto",
    [
        "",
        "\n\n",
        "Mensaje: ",
        "> ",
        "Tú: ",
        "Conectado al servidor\n",
        "Servidor iniciado en localhost:8000\n",
        "Escribe 'salir' para desconectarte del servidor:\n",
        "Escribe tu mensaje para el servidor: ",
        "Bienvenido al chat, Ana!\n",
        "Tu nombre es Ana\n",
        "[Carlos se ha conectado]\n",
        "Escribe tu nombre:\nHola, Ana. No hay nadie más.\n",
    ],
)
def test_no_pide_nada(texto: str) -> None:
    assert que_pide(texto) is None


def test_la_palabra_que_ensena_la_pantalla_va_primero(tmp_path: Path) -> None:
    palabras = palabras_de_salida("Escribe /quit para irte.\n", tmp_path / "no_existe.py")

    assert palabras[0] == "/quit"
    assert "salir" in palabras


def test_despues_va_la_que_esta_en_el_codigo(tmp_path: Path) -> None:
    programa = tmp_path / "cliente.py"
    programa.write_text("if mensaje == 'chao':\n    cliente.send(b'LOGOUT')\n", encoding="utf-8")

    assert palabras_de_salida("Mensaje: ", programa)[:2] == ["chao", "LOGOUT"]


def test_tambien_se_prueban_las_palabras_con_las_que_compara(tmp_path: Path) -> None:
    programa = tmp_path / "cliente.py"
    programa.write_text(
        "HOST = 'localhost'\nFIN = '!DESCONECTAR'\nif mensaje == FIN or mensaje in ('/fuera',): 1",
        encoding="utf-8",
    )

    palabras = palabras_de_salida("Mensaje: ", programa)

    assert set(palabras[:2]) == {"!DESCONECTAR", "/fuera"}
    assert "localhost" not in palabras


def test_un_programa_que_no_se_puede_leer_no_impide_probar_las_corrientes(tmp_path: Path) -> None:
    programa = tmp_path / "cliente.py"
    programa.write_text("if mensaje == 'chao'", encoding="utf-8")

    assert palabras_de_salida("", programa)[0] == "salir"


def test_una_palabra_dentro_de_otra_no_cuenta() -> None:
    assert palabras_de_salida("Definir exitosamente\n", Path("no_existe.py"))[0] == "salir"
