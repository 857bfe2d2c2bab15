"""Retrasar: cada trozo sale entero, pero más tarde."""

from __future__ import annotations

from collections import deque
from typing import ClassVar

from chatlab.espia.faltas.falta import Falta

#: Trozos que esperan como mucho: guardar uno de un byte cuesta casi lo mismo que uno grande.
MAX_TROZOS = 4096


class Retrasar(Falta):
    """Guarda cada trozo `valor` milisegundos."""

    resumen: ClassVar[str] = "cada trozo sale {valor} ms después de llegar"
    cambia_envios: ClassVar[bool] = True
    por_defecto: ClassVar[int] = 500
    minimo: ClassVar[int] = 1

    def __init__(self, valor: int = por_defecto) -> None:
        super().__init__(valor)
        self._retraso = valor / 1000
        self._esperan: deque[tuple[float, int]] = deque()  # cuándo sale cada trozo, y sus bytes

    def entra(self, trozo: bytes, ahora: float) -> None:
        super().entra(trozo, ahora)
        self._esperan.append((ahora + self._retraso, len(trozo)))

    def sale(self, ahora: float) -> bytes:
        if not self._esperan or ahora < self._esperan[0][0]:
            return b""
        _, cuantos = self._esperan.popleft()
        return self._tomar(cuantos)

    def cuando(self) -> float | None:
        return self._esperan[0][0] if self._esperan else None

    @property
    def cabe(self) -> int:
        return super().cabe if len(self._esperan) < MAX_TROZOS else 0
