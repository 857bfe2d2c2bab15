"""Lo que comparten todas las pruebas: programas y conexiones que se recogen al terminar."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from tests.apoyo.conexion import Conexion
from tests.apoyo.programa import RAIZ, Programa


class Lanzar(Protocol):
    """Arranca un programa de Python: `lanzar("-m", "chatlab", "demo")`."""

    def __call__(
        self, *orden: str, carpeta: Path = RAIZ, entorno: dict[str, str] | None = None
    ) -> Programa: ...


class Conectar(Protocol):
    """Abre una conexión con 127.0.0.1: `conectar(puerto)`."""

    def __call__(self, puerto: int, *, leer: bool = True) -> Conexion: ...


@pytest.fixture
def lanzar() -> Iterator[Lanzar]:
    programas: list[Programa] = []

    def lanzar_uno(
        *orden: str, carpeta: Path = RAIZ, entorno: dict[str, str] | None = None
    ) -> Programa:
        programas.append(Programa(orden, carpeta=carpeta, entorno=entorno))
        return programas[-1]

    yield lanzar_uno
    for programa in programas:
        programa.cerrar()


@pytest.fixture
def conectar() -> Iterator[Conectar]:
    conexiones: list[Conexion] = []

    def conectar_una(puerto: int, *, leer: bool = True) -> Conexion:
        conexiones.append(Conexion(puerto, leer=leer))
        return conexiones[-1]

    yield conectar_una
    for conexion in conexiones:
        conexion.cerrar()
