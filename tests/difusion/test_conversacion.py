"""Lo que una persona dice lo leen todas las demás, entero y en orden, lo envíe como lo envíe."""

from __future__ import annotations

import socket
from collections.abc import Callable

import pytest

from tests.apoyo.chat import Chat, lineas_entre, mensajes_de
from tests.apoyo.conexion import Conexion
from tests.apoyo.programa import Programa
from tests.conftest import LanzarNc

TEXTO = "ñ á 😀"


@pytest.fixture
def chat(chat_compartido: Chat) -> Chat:
    return chat_compartido


def test_dos_nc_y_un_cliente_conversan_en_todas_las_direcciones(chat: Chat, nc: LanzarNc) -> None:
    personas = {"Ana": nc(chat.puerto), "Luis": nc(chat.puerto)}
    for nombre, programa in personas.items():
        programa.esperar("* Bienvenido a chatlab. Dentro tienes /ayuda. Escribe tu nombre:\n")
        programa.escribir(nombre)
        programa.esperar(f"* Hola, {nombre}.")
    personas["Eva"] = chat.cliente("Eva")

    for nombre, programa in personas.items():
        programa.escribir(f"{TEXTO}, dice {nombre}")
        for otro in set(personas.values()) - {programa}:
            otro.esperar(f"{nombre}: {TEXTO}, dice {nombre}\n")
    personas["Eva"].esperar(f"Tú: {TEXTO}, dice Eva\n")

    assert mensajes(personas["Ana"]) == [f"Luis: {TEXTO}, dice Luis", f"Eva: {TEXTO}, dice Eva"]
    assert mensajes(personas["Luis"]) == [f"Ana: {TEXTO}, dice Ana", f"Eva: {TEXTO}, dice Eva"]
    assert mensajes(personas["Eva"]) == [
        f"Ana: {TEXTO}, dice Ana",
        f"Luis: {TEXTO}, dice Luis",
        f"Tú: {TEXTO}, dice Eva",
    ]


def mensajes(programa: Programa) -> list[str]:
    return [linea for linea in programa.pantalla.splitlines() if TEXTO in linea]


@pytest.mark.parametrize(
    "bytes_por_envio",
    [
        pytest.param(1, id="byte a byte"),
        pytest.param(5, id="con letras partidas"),
        pytest.param(1_000_000, id="en un solo envío"),
    ],
)
def test_quinientas_lineas_llegan_una_vez_enteras_y_en_orden(
    chat: Chat, bytes_por_envio: int
) -> None:
    ana, *demas = (chat.entrar(nombre) for nombre in ("Ana", "Luis", "Eva"))
    lineas = [f"{numero} {TEXTO}" for numero in range(500)]
    datos = "".join(f"{linea}\n" for linea in lineas).encode()

    # Sin esto, el sistema juntaría los envíos pequeños antes de mandarlos (algoritmo de Nagle).
    ana.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for inicio in range(0, len(datos), bytes_por_envio):
        ana.enviar(datos[inicio : inicio + bytes_por_envio])
    ana.enviar("fin\n")

    for otra in demas:
        otra.esperar("Ana: fin\n")
        assert mensajes_de(otra, "Ana") == [*lineas, "fin"]


@pytest.mark.parametrize("palabra", ["/salir", "/exit", "/quit", "salir", "exit", "Quit"])
def test_quien_se_despide_ha_salido(chat: Chat, palabra: str) -> None:
    ana, luis = chat.entrar("Ana"), chat.entrar("Luis")
    luis.enviar(f"adiós\n{palabra}\nesto ya no\n")
    luis.esperar_fin()
    assert lo_que_pasa_tras_unirse(ana, "Luis", hasta="ha salido del chat") == ["Luis: adiós"]


@pytest.mark.parametrize("irse", [Conexion.no_enviar_mas, Conexion.cortar])
def test_quien_se_corta_se_ha_desconectado(chat: Chat, irse: Callable[[Conexion], None]) -> None:
    ana, luis = chat.entrar("Ana"), chat.entrar("Luis")
    luis.enviar("hola\n")
    ana.esperar("Luis: hola\n")
    irse(luis)
    assert lo_que_pasa_tras_unirse(ana, "Luis", hasta="se ha desconectado") == ["Luis: hola"]


def lo_que_pasa_tras_unirse(testigo: Conexion, nombre: str, *, hasta: str) -> list[str]:
    return lineas_entre(testigo, f"* {nombre} se ha unido al chat", f"* {nombre} {hasta}")
