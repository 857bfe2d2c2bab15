"""Cortar: la conexión se rompe a media frase."""

from __future__ import annotations

from typing import ClassVar

from chatlab.espia.faltas.tope import ConTope


class Cortar(ConTope):
    """Deja pasar `valor` bytes y corta la conexión por los dos lados.

    El corte es un RST (RFC 9293, apartado 3.5.2): el otro lado no ve un final, sino un error.
    """

    resumen: ClassVar[str] = "pasan {valor} bytes, y se corta la conexión (RST)"
    por_defecto: ClassVar[int] = 100

    def __init__(self, valor: int = por_defecto) -> None:
        super().__init__(valor)

    @property
    def corta(self) -> bool:
        return self._quedan == 0 and not self._guardado
