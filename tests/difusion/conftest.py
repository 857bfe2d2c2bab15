"""El motor que se prueba y los chats que se abren con él."""

from __future__ import annotations

from typing import Protocol

import pytest

from tests.apoyo.chat import Chat
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
