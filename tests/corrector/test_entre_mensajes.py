"""Lo que un programa pregunta entre dos mensajes, y lo que se le contesta."""

from __future__ import annotations

from textwrap import dedent

import pytest

from chatlab.corrector.trato.respuestas import opcion_de_salir, que_si
from chatlab.corrector.trato.teclado import pregunta_entre_mensajes
from tests.corrector.test_entrevista import Charla

MENU = "1. Enviar mensaje\n2. Salir\nOpción: "


@pytest.mark.parametrize(
    "codigo",
    [
        """
        while input("¿Otro? (s/n) ") == "s":
            conexion.sendall(input("Mensaje: ").encode())
        """,
        """
        while True:
            opcion = input("Opción: ")
            if opcion == "1":
                enviar(input("Mensaje: "))
        """,
        """
        def pedir(que):
            return input(que)

        def enviar():
            conexion.sendall(pedir("Mensaje: ").encode())

        while pedir("Opción: ") != "2":
            enviar()
        """,
        """
        async def hablar():
            while True:
                para = await asyncio.to_thread(input, "Para: ")
                texto = await asyncio.to_thread(input, "Mensaje: ")
        """,
    ],
)
def test_sabe_quien_lee_el_teclado_mas_de_una_vez_en_cada_vuelta(codigo: str) -> None:
    assert pregunta_entre_mensajes(dedent(codigo))


@pytest.mark.parametrize(
    "codigo",
    [
        """
        nombre = input("Nombre: ")
        while (texto := input("> ")) != "salir":
            conexion.sendall(texto.encode())
        """,
        """
        while True:
            try:
                puerto = int(input("Puerto: "))
                break
            except ValueError:
                print("Un número")
        for linea in sys.stdin:
            enviar(linea)
        """,
        "while True:\n  esto no es Python",
        "",
    ],
)
def test_a_los_demas_no_hay_que_esperarlos(codigo: str) -> None:
    assert not pregunta_entre_mensajes(dedent(codigo))


def en_medio(charla: Charla, texto: str) -> str | None:
    """Lo que se contesta a lo que pregunta después de un mensaje; `None` si nada."""
    charla.entrevista.terminal.ha_escrito(texto.replace("\n", "\r\n").encode())
    pedido = charla.entrevista.entre_mensajes()
    if pedido is None:
        return None
    charla.entrevista.contesta(*pedido)
    return pedido[1]


@pytest.mark.parametrize(
    ("pregunta", "respuesta"),
    [
        ("¿Quieres enviar otro mensaje? (s/n): ", "s"),
        ("¿Desea continuar? (S/N) ", "S"),
        ("¿Quieres mandar otro mensaje? ", "s"),
        ("Send another message? (yes/no): ", "yes"),
        ("Pulsa Intro para continuar...", ""),
        ("¿Quieres salir? (s/n) ", "n"),
        ("Mensaje: ", None),
        ("Tú: ", None),
        ("> ", None),
    ],
)
def test_contesta_lo_que_hace_falta_para_seguir_hablando(
    pregunta: str, respuesta: str | None
) -> None:
    assert en_medio(Charla(), f"Hola\n{pregunta}") == respuesta


def test_en_un_menu_vuelve_a_elegir_lo_mismo() -> None:
    charla = Charla()
    assert charla.pregunta(MENU) == "1"

    assert en_medio(charla, "Mensaje: ") is None
    assert en_medio(charla, f"Hola\n{MENU}") == "1"
    assert en_medio(charla, "Mensaje: ") is None


def test_entre_mensajes_tambien_vale_la_respuesta_dictada() -> None:
    assert en_medio(Charla("Para=todos"), "Hola\nPara (todos): ") == "todos"


def test_lo_que_dice_otro_no_tapa_la_pregunta() -> None:
    assert en_medio(Charla("Para=todos"), "Hola\nPara (todos): Carlos: buenas\n") == "todos"
    assert en_medio(Charla(), "Hola\n¿Otro mensaje? (s/n): Carlos: buenas\n") == "s"


@pytest.mark.parametrize(
    ("texto", "opcion"),
    [
        (MENU, "2"),
        ("a) Escribir\nb) Ver quién está\nc) Desconectar\n> ", "c"),
        ("1. Enviar\n2. Ayuda\n> ", ""),
        ("3. Salir de dudas\n", ""),
        ("Mensaje: ", ""),
    ],
)
def test_sabe_con_que_opcion_se_sale(texto: str, opcion: str) -> None:
    assert opcion_de_salir(texto) == opcion


@pytest.mark.parametrize(
    ("pregunta", "respuesta"),
    [
        ("¿Seguro que quieres salir? (s/n): ", "s"),
        ("¿Salir? [S/N] ", "S"),
        ("¿Cerrar? [s/N] ", "s"),
        ("¿Seguro? (sí/no) ", "sí"),
        ("Really quit? [y/n] ", "y"),
    ],
)
def test_dice_que_si_como_lo_ensena_la_pregunta(pregunta: str, respuesta: str) -> None:
    assert que_si(pregunta)[0] == respuesta
