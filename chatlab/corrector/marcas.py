"""Con qué se marca cada comprobación: su clave, su nivel, sus puntos, de cuál depende…"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chatlab.corrector.modelo import Comprobacion, Juzga, Nivel

#: El nombre de la marca de pytest.
MARCA = "comprobacion"


Marcar = Callable[[Callable[..., None]], Callable[..., None]]


def basico(
    clave: str,
    titulo: str,
    *,
    puntos: int,
    depende: str,
    enlace: str = "",
    de_estilo: bool = False,
    juzga: Juzga = Juzga.PAREJA,
) -> Marcar:
    """Marca una prueba como algo que todo programa debe hacer.

    `depende` es la clave de la comprobación sin la que esta no puede salir bien; vacía, ninguna.
    """
    return _marcar(
        Comprobacion(clave, titulo, Nivel.BASICO, puntos, "", enlace, depende, de_estilo, juzga)
    )


def robusto(
    clave: str,
    titulo: str,
    *,
    puntos: int,
    depende: str,
    enlace: str = "",
    de_estilo: bool = False,
    juzga: Juzga = Juzga.PAREJA,
) -> Marcar:
    """Marca una prueba como algo que hace un programa bien construido; lo demás, igual."""
    return _marcar(
        Comprobacion(clave, titulo, Nivel.ROBUSTO, puntos, "", enlace, depende, de_estilo, juzga)
    )


def _marcar(comprobacion: Comprobacion) -> Marcar:
    marca = getattr(pytest.mark, MARCA)(comprobacion)

    def marcar(prueba: Callable[..., None]) -> Callable[..., None]:
        marcada: Callable[..., None] = marca(prueba)
        return marcada

    return marcar
