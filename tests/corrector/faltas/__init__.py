"""Programas con una falta cada uno, de los que se sabe qué debe decir el diagnóstico."""

from tests.corrector.faltas.de_nombres import DE_NOMBRES
from tests.corrector.faltas.de_red import DE_RED
from tests.corrector.faltas.de_sintaxis import DE_SINTAXIS
from tests.corrector.faltas.de_tipos import DE_TIPOS
from tests.corrector.faltas.de_valores import DE_VALORES
from tests.corrector.faltas.falta import Falta

FALTAS: list[Falta] = [*DE_NOMBRES, *DE_TIPOS, *DE_RED, *DE_SINTAXIS, *DE_VALORES]

__all__ = ["FALTAS", "Falta"]
