"""Qué hay que arreglar: los fallos de una entrega, reunidos por su causa.

Un servidor con una errata falla en todas las comprobaciones. Contarlo una vez basta, y se cuenta
antes que lo demás.
"""

from __future__ import annotations

from dataclasses import dataclass

from chatlab.corrector.hallazgo import Hallazgo
from chatlab.corrector.informes.formato import en_orden
from chatlab.corrector.modelo import Informe, Resultado, Veredicto


@dataclass(slots=True)
class Causa:
    """Lo que explica uno o varios fallos. El primer resultado es el que la cuenta."""

    resultados: list[Resultado]

    @property
    def hallazgos(self) -> list[Hallazgo]:
        return self.resultados[0].hallazgos

    @property
    def error(self) -> Hallazgo | None:
        """El error de Python que la explica, si lo hay."""
        return _error(self.resultados[0])

    @property
    def esperado(self) -> str:
        return self.resultados[0].esperado

    def explica(self, resultado: Resultado) -> bool:
        """Si ese resultado falla por lo mismo."""
        if not resultado.hallazgos:
            return resultado.esperado == self.esperado != ""
        if self.error is not None:
            otro = _error(resultado)
            return otro is not None and _senas(otro) == _senas(self.error)
        return (resultado.hallazgos, resultado.esperado) == (self.hallazgos, self.esperado)


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
    return sorted(causas, key=lambda causa: causa.error is None)


def _error(resultado: Resultado) -> Hallazgo | None:
    return next((uno for uno in resultado.hallazgos if uno.error is not None), None)


def _senas(hallazgo: Hallazgo) -> tuple[object, ...]:
    """Lo que distingue un error de otro: ni el hilo ni de quién es la pantalla cuentan."""
    error = hallazgo.error
    return hallazgo.lugar, error and error.tipo, hallazgo.arreglo
