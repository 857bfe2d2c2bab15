"""De uno en uno: cada byte sale en su propio envío."""

from __future__ import annotations

from typing import ClassVar

from chatlab.espia.faltas.falta import Falta


class DeUnoEnUno(Falta):
    """Suelta los bytes de uno en uno, cada `valor` milisegundos.

    Sin la pausa, los bytes se juntarían otra vez en el `buffer` de quien los recibe mientras
    atiende el primero, y la falta no se vería.
    """

    resumen: ClassVar[str] = "cada byte sale en su propio envío, uno cada {valor} ms"
    cambia_envios: ClassVar[bool] = True
    por_defecto: ClassVar[int] = 2

    def __init__(self, valor: int = por_defecto) -> None:
        super().__init__(valor)
        self._pausa = valor / 1000
        self._siguiente = 0.0

    def sale(self, ahora: float) -> bytes:
        if ahora < self._siguiente:
            return b""
        self._siguiente = ahora + self._pausa
        return self._tomar(1)

    def cuando(self) -> float | None:
        return self._siguiente if self._guardado else None
