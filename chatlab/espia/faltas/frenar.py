"""Frenar: una conexión lenta."""

from __future__ import annotations

from typing import ClassVar

from chatlab.espia.faltas.falta import Falta

#: Envíos por segundo en los que se reparte lo que puede salir en uno.
ENVIOS_POR_SEGUNDO = 20


class Frenar(Falta):
    """Deja salir `valor` bytes por segundo, a poquitos."""

    resumen: ClassVar[str] = "salen {valor} bytes por segundo"
    cambia_envios: ClassVar[bool] = True
    por_defecto: ClassVar[int] = 100
    minimo: ClassVar[int] = 1

    def __init__(self, valor: int = por_defecto) -> None:
        super().__init__(valor)
        self._poquito = max(1, valor // ENVIOS_POR_SEGUNDO)
        self._siguiente = 0.0

    def sale(self, ahora: float) -> bytes:
        if ahora < self._siguiente:
            return b""
        salen = self._tomar(self._poquito)
        self._siguiente = ahora + len(salen) / self.valor
        return salen

    def cuando(self) -> float | None:
        return self._siguiente if self._guardado else None
