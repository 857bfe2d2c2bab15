"""Abrir una película en el navegador, y recogerla al acabar."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from tests.observador.pagina.cine import Cine, contexto_de, en_archivo

if TYPE_CHECKING:
    from playwright.sync_api import Browser


class Proyectar(Protocol):
    """Abre una película desde el disco: `proyectar(muestra("hilos"))`."""

    def __call__(
        self, texto: str, *, almohadilla: str = "", momento: float | None = None, **como: Any
    ) -> Cine: ...


@pytest.fixture
def proyectar(navegador: Browser, tmp_path: Path) -> Iterator[Proyectar]:
    with contexto_de(navegador) as contexto:

        def proyectar_una(
            texto: str, *, almohadilla: str = "", momento: float | None = None, **como: Any
        ) -> Cine:
            direccion = en_archivo(tmp_path, texto, momento=momento)
            return Cine(contexto.new_page(), **como).abrir(direccion + almohadilla)

        yield proyectar_una
