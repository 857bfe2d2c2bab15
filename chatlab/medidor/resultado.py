"""Lo medido: sus percentiles, la mediana de varias rondas y su forma para otros programas."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from chatlab.medidor.encargo import Encargo

NS_POR_MS = 1_000_000
#: Parte de un núcleo a partir de la cual el medidor dice que el límite pudo ser él.
MEDIDOR_AGOTADO = 0.9


def percentil(ordenados: Sequence[float], cual: float) -> float:
    """El menor valor que no dejan por debajo menos del `cual` % de todos («rango más cercano»).

    Los valores vienen ordenados de menor a mayor; `cual` va de 0 a 100. Es siempre uno de ellos.
    Lanza `ValueError` si no hay ninguno o si `cual` se sale.
    """
    if not ordenados or not 0 <= cual <= 100:
        raise ValueError(f"no hay percentil {cual} de {len(ordenados)} valores")
    return ordenados[max(0, math.ceil(len(ordenados) * cual / 100) - 1)]


@dataclass(frozen=True, slots=True)
class Latencias:
    """Milisegundos desde que un mensaje se entrega para enviar hasta que un receptor lo lee."""

    p50: float
    p90: float
    p99: float
    maxima: float


def resumir_latencias(nanosegundos: Sequence[int]) -> Latencias | None:
    """Los percentiles de unas muestras en nanosegundos, en ms; `None` si no hay ninguna."""
    if not nanosegundos:
        return None
    ordenadas = [muestra / NS_POR_MS for muestra in sorted(nanosegundos)]
    return Latencias(
        percentil(ordenadas, 50), percentil(ordenadas, 90), percentil(ordenadas, 99), ordenadas[-1]
    )


@dataclass(frozen=True, slots=True)
class Medida:
    """Lo que ha dado una ronda, o la mediana de varias."""

    #: Segundos desde el primer envío hasta la última entrega.
    segundos: float
    #: Mensajes recibidos, contando cada receptor.
    entregas: int
    entregas_por_segundo: float
    latencias: Latencias | None
    #: Mensajes de los que se ha mirado cuánto tardaron.
    muestras: int
    #: Lo más que se le ha sacado al receptor más lento, en mensajes.
    atraso_maximo: int
    #: Segundos de CPU del servidor durante la medición, y sus bytes de memoria al acabar.
    servidor_cpu: float | None
    servidor_memoria: int | None
    #: Segundos de CPU del medidor, y qué parte de un núcleo son.
    medidor_cpu: float
    medidor_de_un_nucleo: float
    #: Todas las latencias, en nanosegundos: para la gráfica.
    sueltas: tuple[int, ...] = field(default=(), repr=False)

    @property
    def medidor_fue_el_limite(self) -> bool:
        """Si el medidor gastó casi un núcleo: el servidor quizá daba más de sí."""
        return self.medidor_de_un_nucleo > MEDIDOR_AGOTADO

    def a_json(self) -> dict[str, Any]:
        """Lo mismo como un objeto de JSON, con `null` en lo que no se sabe."""
        latencias = self.latencias
        return {
            "segundos": self.segundos,
            "entregas": self.entregas,
            "entregas_por_segundo": self.entregas_por_segundo,
            "latencia_ms": None
            if latencias is None
            else {
                "p50": latencias.p50,
                "p90": latencias.p90,
                "p99": latencias.p99,
                "maxima": latencias.maxima,
                "muestras": self.muestras,
            },
            "atraso_maximo": self.atraso_maximo,
            "servidor": {"cpu_s": self.servidor_cpu, "memoria_bytes": self.servidor_memoria},
            "medidor": {
                "cpu_s": self.medidor_cpu,
                "de_un_nucleo": self.medidor_de_un_nucleo,
                "fue_el_limite": self.medidor_fue_el_limite,
            },
        }


def mediana(rondas: Sequence[Medida]) -> Medida:
    """La mediana de cada cifra por separado. Lanza `StatisticsError` si no hay rondas."""

    def de(cifra: Callable[[Medida], float]) -> float:
        return median(map(cifra, rondas))

    def de_las_sabidas(cifra: Callable[[Medida], float | None]) -> float | None:
        sabidas = [valor for ronda in rondas if (valor := cifra(ronda)) is not None]
        return median(sabidas) if sabidas else None

    memoria = de_las_sabidas(lambda ronda: ronda.servidor_memoria)
    return Medida(
        segundos=de(lambda ronda: ronda.segundos),
        entregas=rondas[0].entregas,
        entregas_por_segundo=de(lambda ronda: ronda.entregas_por_segundo),
        latencias=_mediana_de_latencias([r.latencias for r in rondas if r.latencias]),
        muestras=sum(ronda.muestras for ronda in rondas),
        atraso_maximo=max(ronda.atraso_maximo for ronda in rondas),
        servidor_cpu=de_las_sabidas(lambda ronda: ronda.servidor_cpu),
        servidor_memoria=None if memoria is None else round(memoria),
        medidor_cpu=de(lambda ronda: ronda.medidor_cpu),
        medidor_de_un_nucleo=de(lambda ronda: ronda.medidor_de_un_nucleo),
        sueltas=tuple(muestra for ronda in rondas for muestra in ronda.sueltas),
    )


def _mediana_de_latencias(todas: Sequence[Latencias]) -> Latencias | None:
    if not todas:
        return None
    return Latencias(
        median(una.p50 for una in todas),
        median(una.p90 for una in todas),
        median(una.p99 for una in todas),
        median(una.maxima for una in todas),
    )


@dataclass(frozen=True, slots=True)
class Medido:
    """Un servidor y lo que ha dado en cada ronda."""

    rotulo: str
    rondas: tuple[Medida, ...]

    @property
    def mediana(self) -> Medida:
        """La medida que resume todas sus rondas."""
        return mediana(self.rondas)


def a_json(encargo: Encargo, medidos: Sequence[Medido]) -> dict[str, Any]:
    """Lo pedido y lo medido, como un objeto de JSON."""
    return {
        "clientes": encargo.clientes,
        "emisores": encargo.emisores,
        "mensajes": encargo.mensajes,
        "tamano": encargo.tamano,
        "ritmo": encargo.ritmo,
        "ventana": encargo.ventana,
        "servidores": [
            {
                "servidor": medido.rotulo,
                "mediana": medido.mediana.a_json(),
                "rondas": [ronda.a_json() for ronda in medido.rondas],
            }
            for medido in medidos
        ],
    }
