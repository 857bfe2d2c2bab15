"""Lo que envió un cliente de la entrega, para poder enviarlo otra vez sin él.

Quien ataca a un chat no usa su cliente: le envía los bytes que quiere. Para atacar a cualquiera,
hable como hable, se guardan los que envió su propio cliente y se repiten, quizá con unos trozos
cambiados por otros de la misma longitud, que no estropean el formato.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, cycle


@dataclass(frozen=True, slots=True)
class Repeticion:
    """Los bytes con los que alguien se presentó (`saludo`) y los de su mensaje (`mensaje`)."""

    saludo: bytes
    mensaje: bytes

    def con(self, palabra: bytes, otras: Sequence[bytes]) -> Repeticion:
        """La misma, con las otras en lugar de la palabra: la primera vez, la primera, y así.

        Las más cortas se completan con puntos. Lanza `ValueError` si alguna es más larga.
        """
        if any(len(otra) > len(palabra) for otra in otras):
            raise ValueError(f"en {palabra!r} no caben todas")
        iguales = [otra.ljust(len(palabra), b".") for otra in otras]
        return Repeticion(
            _cambiar(self.saludo, palabra, iguales), _cambiar(self.mensaje, palabra, iguales)
        )


def _cambiar(datos: bytes, palabra: bytes, otras: Sequence[bytes]) -> bytes:
    primero, *demas = datos.split(palabra)
    return primero + b"".join(chain.from_iterable(zip(cycle(otras), demas)))
