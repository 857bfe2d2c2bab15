"""Pegar: lo que llega en un rato sale de una vez."""

from __future__ import annotations

from typing import ClassVar

from chatlab.espia.faltas.falta import Falta


class Pegar(Falta):
    """Junta lo que llega en `valor` milisegundos, contados desde el primer trozo."""

    resumen: ClassVar[str] = "lo que llega en {valor} ms sale junto, en un solo envío"
    cambia_envios: ClassVar[bool] = True
    por_defecto: ClassVar[int] = 1000
    minimo: ClassVar[int] = 1

    def __init__(self, valor: int = por_defecto) -> None:
        super().__init__(valor)
        self._ventana = valor / 1000
        self._se_abre = 0.0

    def entra(self, trozo: bytes, ahora: float) -> None:
        if not self._guardado:
            self._se_abre = ahora + self._ventana
        super().entra(trozo, ahora)

    def acaba(self) -> None:
        self._se_abre = 0.0  # no queda nada con que juntarlo

    def sale(self, ahora: float) -> bytes:
        return super().sale(ahora) if ahora >= self._se_abre else b""

    def cuando(self) -> float | None:
        return self._se_abre if self._guardado else None
