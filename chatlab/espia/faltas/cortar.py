"""Cortar: la conexión se rompe a media frase."""

from __future__ import annotations

from typing import ClassVar

from chatlab.espia.faltas.falta import Falta


class Cortar(Falta):
    """Deja pasar `valor` bytes y corta la conexión por los dos lados.

    El corte es un RST (RFC 9293, apartado 3.5.2): el otro lado no ve un final, sino un error.
    """

    resumen: ClassVar[str] = "pasan {valor} bytes, y entonces se corta la conexión (RST)"
    por_defecto: ClassVar[int] = 100

    def __init__(self, valor: int = por_defecto) -> None:
        super().__init__(valor)
        self._quedan = valor

    def entra(self, trozo: bytes, ahora: float) -> None:
        self._quedan -= len(trozo)
        super().entra(trozo, ahora)

    @property
    def cabe(self) -> int:
        return min(self._quedan, super().cabe)

    @property
    def corta(self) -> bool:
        return self._quedan == 0 and not self._guardado
