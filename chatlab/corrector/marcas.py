"""Con qué se marca cada comprobación: su clave, su nivel, sus puntos, de cuál depende…"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from chatlab.corrector.diagnostico.que_pasa import Pasa
from chatlab.corrector.modelo import Comprobacion, Juzga, Nivel

#: El nombre de la marca de pytest.
MARCA = "comprobacion"


Marcar = Callable[[Callable[..., None]], Callable[..., None]]


@dataclass(frozen=True, slots=True)
class Marca:
    """Marca una prueba como una comprobación de su nivel."""

    nivel: Nivel

    def __call__(
        self,
        clave: str,
        titulo: str,
        *,
        puntos: int,
        depende: str,
        enlace: str = "",
        de_estilo: bool = False,
        juzga: Juzga = Juzga.PAREJA,
        pasa: tuple[Pasa, ...] = (),
    ) -> Marcar:
        """La marca de una comprobación; `Comprobacion` explica cada dato."""
        comprobacion = Comprobacion(
            clave, titulo, self.nivel, puntos, "", enlace, depende, de_estilo, juzga, pasa
        )
        marca = getattr(pytest.mark, MARCA)(comprobacion)

        def marcar(prueba: Callable[..., None]) -> Callable[..., None]:
            marcada: Callable[..., None] = marca(prueba)
            return marcada

        return marcar


#: Lo que todo programa debe hacer, y lo que hace uno bien construido.
basico, robusto = Marca(Nivel.BASICO), Marca(Nivel.ROBUSTO)


def reto(prueba: Callable[..., None]) -> Callable[..., None]:
    """Marca una prueba como la de un reto: se llama `test_` y el nombre de su paso."""
    paso = prueba.__name__.removeprefix("test_")
    return basico(paso, paso, puntos=1, depende="")(prueba)
