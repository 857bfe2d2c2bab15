"""A toda velocidad: cuántas entregas por segundo da un servidor de hilos mientras se le mira.

Es `bench/servidores/ingenuo_hilos.py`: lo que escribe quien acaba de aprender hilos. En cada ronda
se mide sin mirar y mirando, con los mismos mensajes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median

from bench.escenarios import Escenario
from bench.pelicula.mirador import Mirada, con_variables, mirando
from bench.pruebas import mensajes_para_un_segundo, repartir
from bench.resultados import Reparto
from bench.servidores.catalogo import candidatos

#: Quiénes envían y reciben.
ESCENARIOS = (
    Escenario("4x1", "4 receptores, 1 emisor", 4),
    Escenario("20x1", "20 receptores, 1 emisor", 20),
    Escenario("20x4", "20 receptores, 4 emisores", 20, emisores=4),
    Escenario("100x1", "100 receptores, 1 emisor", 100),
)
#: Segundos que dura una carrera sin mirar, más o menos.
SEGUNDOS = 3


@dataclass
class Carreras:
    """Lo medido en un escenario: en cada ronda, sin mirar y mirando."""

    escenario: Escenario
    sin: list[Reparto] = field(default_factory=list)
    mirando: list[Reparto] = field(default_factory=list)
    grabado: list[Mirada] = field(default_factory=list)

    @property
    def entregas(self) -> tuple[float, float]:
        """Las medianas de entregas por segundo, sin mirar y mirando."""
        return (
            median(uno.entregas_por_segundo for uno in self.sin),
            median(uno.entregas_por_segundo for uno in self.mirando),
        )

    @property
    def parte(self) -> float:
        """Qué parte de las entregas quedan al mirar: la mediana de lo que da cada ronda."""
        return median(
            mirando.entregas_por_segundo / sin.entregas_por_segundo
            for sin, mirando in zip(self.sin, self.mirando, strict=True)
        )

    @property
    def cpu(self) -> tuple[float, float]:
        """Los microsegundos de procesador que gasta el servidor en cada entrega."""
        return _por_entrega(self.sin, self.escenario), _por_entrega(self.mirando, self.escenario)


def medir(escenario: Escenario, rondas: int) -> Carreras:
    """Mide un escenario, por turnos: sin mirar, mirando, sin mirar…"""
    [candidato] = [uno for uno in candidatos() if uno.nombre == "hilos ingenuo"]
    mensajes = SEGUNDOS * mensajes_para_un_segundo(candidato, escenario)
    medidas = Carreras(escenario)
    for _ in range(rondas):
        medidas.sin.append(repartir(candidato, escenario, mensajes))
        with mirando() as mirada, con_variables(mirada.variables):
            medidas.mirando.append(repartir(candidato, escenario, mensajes))
        medidas.grabado.append(mirada)
    return medidas


def _por_entrega(repartos: list[Reparto], escenario: Escenario) -> float:
    return median(
        1e6 * (uno.servidor_cpu or 0.0) / (uno.mensajes * escenario.receptores) for uno in repartos
    )
