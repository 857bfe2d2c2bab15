"""Lo que comparten las faltas que dejan pasar unos bytes, y ni uno más."""

from __future__ import annotations

from chatlab.espia.faltas.falta import Falta


class ConTope(Falta):
    """Acepta `valor` bytes. Qué ocurre al agotarlos lo dice cada una."""

    def __init__(self, valor: int) -> None:
        super().__init__(valor)
        self._quedan = valor

    def entra(self, trozo: bytes, ahora: float) -> None:
        self._quedan -= len(trozo)
        super().entra(trozo, ahora)

    @property
    def cabe(self) -> int:
        return min(self._quedan, super().cabe)
