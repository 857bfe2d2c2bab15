"""Un testigo, y programas pequeños que se escriben y se arrancan en una línea."""

from __future__ import annotations

import os
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import pytest

from chatlab.sonda import Suceso, Testigo
from tests.apoyo.programa import Programa
from tests.apoyo.transcripcion import PLAZO
from tests.conftest import Lanzar

#: El Python de los programas, para probar con otro: `CHATLAB_PYTHON=python3.13 pytest …`.
PYTHON = os.environ.get("CHATLAB_PYTHON", sys.executable)


class Arrancar(Protocol):
    """Escribe un programa en un archivo y lo arranca: `arrancar("servidor.py", "print(1)")`.

    Con `testigo=None`, sin sonda; por defecto, con el de la prueba.
    """

    def __call__(
        self,
        nombre: str,
        codigo: str,
        *argumentos: str,
        testigo: Testigo | None = ...,
        opciones: tuple[str, ...] = (),
    ) -> Programa: ...


@pytest.fixture
def testigo() -> Iterator[Testigo]:
    with Testigo() as uno:
        yield uno


@pytest.fixture
def arrancar(lanzar: Lanzar, tmp_path: Path, testigo: Testigo) -> Arrancar:
    el_de_la_prueba = testigo

    def arrancar_uno(
        nombre: str,
        codigo: str,
        *argumentos: str,
        testigo: Testigo | None = el_de_la_prueba,
        opciones: tuple[str, ...] = (),
    ) -> Programa:
        (tmp_path / nombre).write_text(textwrap.dedent(codigo), encoding="utf-8")
        return lanzar(
            *opciones,
            nombre,
            *argumentos,
            carpeta=tmp_path,
            entorno=testigo.entorno() if testigo is not None else None,
            ejecutable=PYTHON,
        )

    return arrancar_uno


def esperar_suceso(testigo: Testigo, tipo: str, *, veces: int = 1, **rasgos: object) -> Suceso:
    """Espera un suceso de ese tipo con esos rasgos, y devuelve el último que los tiene."""

    def coincidentes(sucesos: list[Suceso]) -> list[Suceso]:
        return [
            suceso
            for suceso in sucesos
            if suceso.tipo == tipo
            and all(getattr(suceso, rasgo) == valor for rasgo, valor in rasgos.items())
        ]

    llego = testigo.esperar(lambda sucesos: len(coincidentes(sucesos)) >= veces, PLAZO)
    vistos = "\n".join(map(str, testigo.sucesos()))
    assert llego, f"no llegó {tipo} {rasgos} ({veces} veces). Llegaron:\n{vistos}"
    return coincidentes(testigo.sucesos())[-1]


def de_tipo(sucesos: list[Suceso], tipo: str) -> list[Suceso]:
    return [suceso for suceso in sucesos if suceso.tipo == tipo]


def esperar_que(cumple: Callable[[], bool], testigo: Testigo, plazo: float = PLAZO) -> bool:
    """Mira una y otra vez, con cada suceso o cada poco, hasta que se cumpla."""
    limite = time.monotonic() + plazo
    while not cumple():
        if time.monotonic() > limite:
            return False
        testigo.esperar_cambio(0.02)
    return True
