"""Un programa con una falta, y lo que se debe decir de ella."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import dedent

#: Señala, en el código de una falta, la línea que se debe nombrar. Se quita antes de ejecutarlo.
MARCA = "⟵"


@dataclass(frozen=True)
class Falta:
    """Un programa que falla. `arreglo` son trozos que deben estar en el arreglo propuesto."""

    nombre: str
    tipo: str
    marcado: str
    arreglo: tuple[str, ...]
    #: Trozos que deben estar en la explicación.
    porque: tuple[str, ...] = ()
    #: Lo que la persona teclea antes de cerrar el teclado.
    teclado: str = ""
    #: Windows lo hace de otro modo, o no lo hace.
    sin_windows: bool = False
    #: La última versión de Python en que es un error: «(3, 13)».
    hasta: tuple[int, int] = (3, 99)

    @property
    def codigo(self) -> str:
        return self.marcado.replace(MARCA, "")

    @property
    def linea(self) -> int:
        """La línea señalada, desde 1."""
        lineas = self.marcado.split("\n")
        return next(numero for numero, linea in enumerate(lineas, 1) if MARCA in linea)


def falta(
    nombre: str,
    tipo: str,
    codigo: str,
    *arreglo: str,
    porque: str = "",
    teclado: str = "",
    sin_windows: bool = False,
    hasta: tuple[int, int] = (3, 99),
) -> Falta:
    """Una falta con el código sin la sangría de esta página. `tipo` puede ser varios."""
    sin_sangria = dedent(codigo).lstrip("\n")
    motivos = (porque,) if porque else ()
    return Falta(nombre, tipo, sin_sangria, arreglo, motivos, teclado, sin_windows, hasta)
