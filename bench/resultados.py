"""Lo medido, y el archivo en el que se guarda."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from chatlab.textos import con_coma


@dataclass(frozen=True, slots=True)
class Reparto:
    """Lo que ha dado una carrera."""

    #: Segundos desde el primer envío hasta la última entrega.
    segundos: float
    mensajes: int
    entregas_por_segundo: float
    #: Milisegundos desde que un mensaje se envía hasta que un receptor lo lee.
    p50: float | None
    p99: float | None
    #: Segundos de CPU del servidor, si se sabe.
    servidor_cpu: float | None
    #: Qué parte de su núcleo ha gastado quien mide.
    medidor_de_un_nucleo: float

    @property
    def en_pocas_palabras(self) -> str:
        entregas = f"{self.entregas_por_segundo:,.0f}".replace(",", " ")
        return f"{entregas} entregas por segundo"


@dataclass(frozen=True, slots=True)
class Entrada:
    """Lo que ha costado que entre mucha gente."""

    segundos: float
    #: Bytes de memoria del servidor por cada uno, por encima de los que tenía vacío.
    bytes_por_cliente: float | None

    @property
    def en_pocas_palabras(self) -> str:
        return f"{con_coma(self.segundos, 2)} s"


Ronda = Reparto | Entrada


@dataclass(slots=True)
class Resultados:
    """Todo lo de una sesión."""

    #: La máquina y las versiones.
    donde: dict[str, str] = field(default_factory=dict)
    #: Por escenario y por servidor, lo que dio en cada ronda.
    rondas: dict[str, dict[str, list[Ronda]]] = field(default_factory=dict)
    #: Por escenario, los servidores que no han podido, y por qué.
    fallos: dict[str, dict[str, str]] = field(default_factory=dict)

    def anotar(self, escenario: str, servidor: str, ronda: Ronda) -> None:
        self.rondas.setdefault(escenario, {}).setdefault(servidor, []).append(ronda)

    def apuntar_fallo(self, escenario: str, servidor: str, por_que: str) -> None:
        """Ese servidor no ha podido: lo que hubiera dado antes ya no cuenta."""
        self.rondas.get(escenario, {}).pop(servidor, None)
        self.fallos.setdefault(escenario, {})[servidor] = por_que

    def mediana(
        self, escenario: str, servidor: str, cifra: Callable[[Any], float | None]
    ) -> float | None:
        """La mediana de una cifra entre las rondas; `None` si no se sabe."""
        dadas = map(cifra, self.rondas.get(escenario, {}).get(servidor, []))
        sabidas = [valor for valor in dadas if valor is not None]
        return median(sabidas) if sabidas else None

    def guardar(self, ruta: Path) -> None:
        texto = json.dumps(asdict(self), ensure_ascii=False, indent=1)
        ruta.write_text(texto + "\n", encoding="utf-8")


def leer(ruta: Path) -> Resultados:
    """Los que se guardaron en ese archivo."""
    datos = json.loads(ruta.read_text(encoding="utf-8"))
    resultados = Resultados(donde=datos["donde"], fallos=datos["fallos"])
    for escenario, servidores in datos["rondas"].items():
        for servidor, rondas in servidores.items():
            for ronda in rondas:
                resultados.anotar(escenario, servidor, _leer_ronda(ronda))
    return resultados


def _leer_ronda(datos: dict[str, Any]) -> Ronda:
    return Entrada(**datos) if "bytes_por_cliente" in datos else Reparto(**datos)
