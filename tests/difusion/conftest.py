"""El motor que se prueba y los chats que se abren con él."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Protocol

import pytest

from tests.apoyo.chat import Chat
from tests.apoyo.programa import Programa
from tests.apoyo.transcripcion import PLAZO
from tests.conftest import Conectar, Lanzar

#: Los motores de ChatLab/1: cada prueba de esta carpeta se hace con todos.
MOTORES = ["difusion", "eventos"]


class AbrirChat(Protocol):
    """Arranca un servidor con esas opciones: `abrir_chat("--max-ritmo", "50")`."""

    def __call__(self, *opciones: str) -> Chat: ...


@pytest.fixture(params=MOTORES)
def motor(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def abrir_chat(motor: str, lanzar: Lanzar, conectar: Conectar) -> AbrirChat:
    def abrir(*opciones: str) -> Chat:
        servidor = lanzar("-m", "chatlab", "servidor", motor, "--puerto", "0", *opciones)
        return Chat(servidor, lanzar, conectar)

    return abrir


@pytest.fixture
def chat(abrir_chat: AbrirChat) -> Chat:
    """Un servidor con las opciones de siempre."""
    return abrir_chat()


@pytest.fixture(scope="session")
def servidores() -> Iterator[dict[str, Programa]]:
    """Los que comparten muchas pruebas: el de cada motor, cuando ya se ha arrancado."""
    en_marcha: dict[str, Programa] = {}
    yield en_marcha
    for servidor in en_marcha.values():
        servidor.cerrar()


@pytest.fixture
def chat_compartido(
    motor: str, servidores: dict[str, Programa], lanzar: Lanzar, conectar: Conectar
) -> Chat:
    """Una sala vacía de un servidor con las opciones de siempre, que otras pruebas han usado ya.

    Es para lo que no toca el servidor: arrancar uno cuesta más que casi cualquier conversación.
    """
    if motor not in servidores:
        orden = ("-m", "chatlab", "servidor", motor, "--puerto", "0")
        servidores[motor] = Programa(orden)
    assert servidores[motor].proceso.poll() is None, servidores[motor].transcripcion()
    chat = Chat(servidores[motor], lanzar, conectar)
    esperar_a_que_no_quede_nadie(chat)
    return chat


def esperar_a_que_no_quede_nadie(chat: Chat) -> None:
    """Entra alguien a mirar, y sale, hasta que no encuentra a quien se estaba yendo."""
    limite = time.monotonic() + PLAZO
    while True:
        mira = chat.entrar("Mira")
        mira.enviar("/salir\n")
        if "* Hola, Mira. No hay nadie más.\n" in mira.esperar_fin():
            return
        assert time.monotonic() < limite, mira.texto
