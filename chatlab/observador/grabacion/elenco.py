"""Quién es quién en una grabación: los programas y sus hilos, con su número."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from chatlab.observador.grabacion.formato import Linea
from chatlab.sonda import Suceso

#: El hilo que arranca con el programa; los demás, según aparecen.
PRINCIPAL = 1


@dataclass(slots=True)
class EnEscena:
    """Un programa de la grabación: su número, su archivo y el número de cada hilo suyo.

    `hilos` va por el número que da el sistema, que se puede repetir cuando un hilo acaba.
    """

    p: int
    nombre: str
    papel: str
    orden: list[str]
    archivo: Path | None = None
    ruta: str | None = None
    hilos: dict[int, int] = field(default_factory=dict)
    nombrados: int = 0
    #: Por el número con que se creó: dónde.
    creados: dict[int, str] = field(default_factory=dict)
    #: Si lo ha presentado quien graba, que dirá cómo acaba; si no, apareció solo.
    presentado: bool = True
    #: Si la sonda ha contado algo de él, si ha dicho que acaba, y si ya se ha escrito.
    con_sonda: bool = False
    acabado: bool = False
    terminado: bool = False
    #: El PID de quien lo bifurcó, y cuántos ha bifurcado él.
    padre: int | None = None
    hijos: int = 0

    def hilo_nuevo(self, numero: int) -> int:
        """Da número a un hilo que aparece."""
        self.nombrados += 1
        self.hilos[numero] = self.nombrados
        return self.nombrados

    def linea(self, que: str, suceso: Suceso) -> Linea:
        """Lo que llevan todas las líneas de un hilo suyo que ya se conoce."""
        return {"que": que, "p": self.p, "h": self.hilos[suceso.hilo]}
