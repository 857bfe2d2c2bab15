"""Programas que se observan, y se recogen al terminar."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from tests.apoyo.programa import RAIZ
from tests.observador.directo.apoyo import Observacion


class Observar(Protocol):
    """Arranca `chatlab observar`: `observar("difusion")`."""

    def __call__(
        self, *palabras: str, carpeta: Path = RAIZ, entorno: dict[str, str] | None = None
    ) -> Observacion: ...


@pytest.fixture
def observar() -> Iterator[Observar]:
    observaciones: list[Observacion] = []

    def observar_uno(
        *palabras: str, carpeta: Path = RAIZ, entorno: dict[str, str] | None = None
    ) -> Observacion:
        observaciones.append(Observacion(*palabras, carpeta=carpeta, entorno=entorno))
        return observaciones[-1]

    yield observar_uno
    for observacion in observaciones:
        observacion.cerrar()


@pytest.fixture
def puerto() -> str:
    """Uno libre: los programas que se observan usan el que escriben."""
    with socket.create_server(("127.0.0.1", 0)) as libre:
        return str(libre.getsockname()[1])


class Programas(Protocol):
    """Escribe un programa en una carpeta propia: `programas("eco.py", "print(1)")`."""

    def __call__(self, nombre: str, codigo: str) -> Path: ...


@pytest.fixture
def programas(tmp_path: Path) -> Programas:
    def escribir(nombre: str, codigo: str) -> Path:
        (tmp_path / nombre).write_text(codigo, encoding="utf-8")
        return tmp_path

    return escribir
