"""Servidores de mentira, para lo que los de verdad no hacen: cortar, callar, repetir."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import pytest

from tests.medidor.sala_de_prueba import SalaDePrueba


class AbrirSala(Protocol):
    """Arranca una sala de esa clase: `abrir_sala(SalaQueRepite)`."""

    def __call__(self, clase: type[SalaDePrueba] = SalaDePrueba) -> SalaDePrueba: ...


@pytest.fixture
def abrir_sala() -> Iterator[AbrirSala]:
    salas: list[SalaDePrueba] = []

    def abrir(clase: type[SalaDePrueba] = SalaDePrueba) -> SalaDePrueba:
        salas.append(clase())
        return salas[-1]

    yield abrir
    for sala in salas:
        sala.cerrar()
