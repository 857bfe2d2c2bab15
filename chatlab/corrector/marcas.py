"""Con qué se marca cada comprobación: su clave, su nivel, sus puntos y dónde se explica."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chatlab.corrector.modelo import Comprobacion, Nivel

#: El nombre de la marca de pytest.
MARCA = "comprobacion"


def basico(
    clave: str, titulo: str, *, puntos: int, enlace: str = ""
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Marca una prueba como algo que todo programa debe hacer."""
    return _marcar(Comprobacion(clave, titulo, Nivel.BASICO, puntos, pista="", enlace=enlace))


def robusto(
    clave: str, titulo: str, *, puntos: int, enlace: str = ""
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Marca una prueba como algo que hace un programa bien construido."""
    return _marcar(Comprobacion(clave, titulo, Nivel.ROBUSTO, puntos, pista="", enlace=enlace))


def _marcar(comprobacion: Comprobacion) -> Callable[[Callable[..., None]], Callable[..., None]]:
    marca = getattr(pytest.mark, MARCA)(comprobacion)

    def marcar(prueba: Callable[..., None]) -> Callable[..., None]:
        marcada: Callable[..., None] = marca(prueba)
        return marcada

    return marcar
