"""Parejas enteras de programas, correctas o con faltas, y lo que se debe decir de cada una.

Cada carpeta de `parejas/` es una entrega, con un `esperado.toml` que no se corrige:

    leccion        "03_difusion"
    como           qué tiene de particular, en una frase
    opciones       lo que se añade a `chatlab corregir`: ["--responde", "Sala=1"]
    falla          las comprobaciones que fallan: esas y no otras
    sin_comprobar  las que no se pueden comprobar: esas y no otras
    problema       expresión que está en el motivo de no tener nota, si no la tiene
    causa          expresiones que están en las dos primeras líneas del informe
    dice           expresiones que están en el informe
    no_dice        expresiones que no están en el informe

Solo `leccion` y `como` hacen falta. Las expresiones son de `re`, sin distinguir mayúsculas.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

PAREJAS = Path(__file__).with_name("parejas")


@dataclass(frozen=True, slots=True)
class Pareja:
    """Una entrega, y lo que se debe decir de ella."""

    carpeta: Path
    leccion: str
    como: str
    opciones: tuple[str, ...] = ()
    falla: frozenset[str] = frozenset()
    sin_comprobar: frozenset[str] = frozenset()
    problema: str = ""
    causa: tuple[str, ...] = ()
    dice: tuple[str, ...] = ()
    no_dice: tuple[str, ...] = ()

    @property
    def nombre(self) -> str:
        return self.carpeta.name


def parejas() -> list[Pareja]:
    """Todas, por orden alfabético."""
    return [_leer(esperado) for esperado in sorted(PAREJAS.glob("*/esperado.toml"))]


def _leer(esperado: Path) -> Pareja:
    datos = tomllib.loads(esperado.read_text(encoding="utf-8"))
    listas = {
        clave: frozenset(valor) if clave in ("falla", "sin_comprobar") else tuple(valor)
        for clave, valor in datos.items()
        if isinstance(valor, list)
    }
    return Pareja(esperado.parent, **{**datos, **listas})
