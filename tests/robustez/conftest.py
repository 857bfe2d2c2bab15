"""Los motores y los chats de siempre, gente en cantidad y lo que gasta un servidor."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.apoyo.chat import Chat
from tests.difusion.conftest import abrir_chat, chat, motor
from tests.robustez.gente import Gente

__all__ = ["abrir_chat", "chat", "motor"]

#: Reúne gente que se conectará a ese chat: `reunir(chat)`.
Reunir = Callable[[Chat], Gente]


@pytest.fixture
def reunir() -> Iterator[Reunir]:
    grupos: list[Gente] = []

    def reunir_un_grupo(chat: Chat) -> Gente:
        grupos.append(Gente(chat.puerto))
        return grupos[-1]

    yield reunir_un_grupo
    for grupo in grupos:
        grupo.cerrar()
