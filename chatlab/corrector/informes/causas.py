"""Qué hay que arreglar: los fallos de una entrega, reunidos por su causa.

Un servidor con una errata falla en todas las comprobaciones. Contarlo una vez basta, y se cuenta
antes que lo demás.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from chatlab.corrector.diagnostico import ANCHO
from chatlab.corrector.informes.formato import en_orden
from chatlab.corrector.modelo import Informe, Resultado, Veredicto

#: Como empieza la explicación de un error de Python: «servidor.py, línea 10: escribe …».
_LUGAR = re.compile(r"\S.*, línea \d+: ")


@dataclass(slots=True)
class Causa:
    """Lo que explica uno o varios fallos. El primer resultado es el que la cuenta."""

    resultados: list[Resultado]

    @property
    def explicacion(self) -> str:
        return self.resultados[0].explicacion

    @property
    def esperado(self) -> str:
        return self.resultados[0].esperado

    @property
    def con_lugar(self) -> bool:
        """Si se sabe en qué archivo y en qué línea está el error."""
        return _LUGAR.match(self.explicacion) is not None

    def explica(self, resultado: Resultado) -> bool:
        """Si ese resultado falla por lo mismo."""
        if not resultado.explicacion:
            return resultado.esperado == self.esperado != ""
        if self.con_lugar:
            return _primera_linea(resultado.explicacion) == _primera_linea(self.explicacion)
        return (resultado.explicacion, resultado.esperado) == (self.explicacion, self.esperado)


def causas_de(informe: Informe) -> list[Causa]:
    """Las causas de los fallos; primero las que dicen dónde está el error."""
    causas: list[Causa] = []
    for resultado in en_orden(informe):
        if resultado.veredicto is not Veredicto.FALLA:
            continue
        conocida = next((causa for causa in causas if causa.explica(resultado)), None)
        if conocida is None:
            causas.append(Causa([resultado]))
        else:
            conocida.resultados.append(resultado)
    return sorted(causas, key=lambda causa: not causa.con_lugar)


def sin_cortes(explicacion: str) -> str:
    """La explicación con los párrafos enteros: cada informe los corta donde le conviene.

    `Diagnostico.redactar` los corta a `ANCHO` columnas. Una línea está cortada si en ella no cabía
    la primera palabra de la siguiente.
    """
    lineas: list[str] = []
    cortada = ""
    for linea in explicacion.split("\n"):
        palabra, _, _ = linea.partition(" ")
        if palabra and len(cortada) <= ANCHO < len(cortada) + 1 + len(palabra):
            lineas[-1] += f" {linea}"
        else:
            lineas.append(linea)
        cortada = linea
    return "\n".join(lineas)


def _primera_linea(texto: str) -> str:
    return texto.partition("\n")[0]
