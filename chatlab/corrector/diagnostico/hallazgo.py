"""Lo que se sabe de un fallo, en piezas: quien escribe los informes las convierte en texto.

    Hallazgo        una cosa que se sabe, y con cuánta certeza
    Lugar           en qué línea de qué archivo
    ErrorDePython   lo que dijo Python, tal cual

Todo llega limpio de caracteres de control: lo limpia quien lo halla.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from chatlab.corrector.diagnostico.momento import Momento


class Grado(StrEnum):
    """Con cuánta certeza se dice algo. Los informes no dicen igual lo uno que lo otro."""

    #: Ocurrió: una excepción, unos bytes que no llegaron.
    VISTO = "visto"
    #: Del código se sigue que ocurre: un hilo que no es `daemon` no deja terminar al programa.
    SE_SIGUE = "se sigue"
    #: Una sospecha que puede estar de más. No se presenta nunca como la causa.
    PUEDE_AYUDAR = "puede ayudar"


@dataclass(frozen=True, slots=True)
class Lugar:
    """Una línea de un archivo de la entrega.

    `linea` empieza a contar en 1, y es None si no se sabe; `codigo` es su texto, sin sangría.
    """

    archivo: str
    linea: int | None = None
    codigo: str = ""

    def __str__(self) -> str:
        return f"{self.archivo}, línea {self.linea}" if self.linea else self.archivo


@dataclass(frozen=True, slots=True)
class ErrorDePython:
    """Una excepción. `hilo` es dónde ocurrió, «Thread-1 (atender)»; vacío si fue el principal."""

    tipo: str
    mensaje: str = ""
    hilo: str = ""

    def __str__(self) -> str:
        return f"{self.tipo}: {self.mensaje}" if self.mensaje else self.tipo


@dataclass(frozen=True, slots=True)
class Hallazgo:
    """Una cosa que se sabe de un fallo.

    `causa` dice qué pasa y por qué; `arreglo`, qué hacer. Puede faltar uno de los dos. `de` es de
    quién es la pantalla en que se vio: «servidor», «Ana»… `momento`, cuándo pasó, si se sabe: no
    distingue un hallazgo de otro, ni sale de este proceso.
    """

    grado: Grado
    causa: str = ""
    arreglo: str = ""
    lugar: Lugar | None = None
    error: ErrorDePython | None = None
    de: str = ""
    momento: Momento | None = field(default=None, compare=False, repr=False)

    @classmethod
    def de_json(cls, datos: dict[str, Any]) -> Hallazgo:
        """El que se guardó con `dataclasses.asdict`."""
        lugar, error = datos["lugar"], datos["error"]
        return cls(
            grado=Grado(datos["grado"]),
            causa=datos["causa"],
            arreglo=datos["arreglo"],
            lugar=Lugar(**lugar) if lugar else None,
            error=ErrorDePython(**error) if error else None,
            de=datos["de"],
        )


def visto(causa: str) -> Hallazgo:
    """Un hecho que se cuenta con una frase."""
    return Hallazgo(Grado.VISTO, causa=causa)
