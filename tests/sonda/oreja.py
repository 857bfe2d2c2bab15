"""Un oidor que guarda lo que le dan, y deja esperar a que sea bastante."""

from __future__ import annotations

import threading
from collections.abc import Callable

from chatlab.sonda import Suceso
from tests.apoyo.transcripcion import PLAZO


class Oreja:
    """Se le da a un testigo: `Testigo(oidor=oreja)`."""

    def __init__(self) -> None:
        self._sucesos: list[Suceso] = []
        self._cambio = threading.Condition()

    def __call__(self, sucesos: list[Suceso]) -> None:
        with self._cambio:
            self._sucesos += sucesos
            self._cambio.notify_all()

    @property
    def sucesos(self) -> list[Suceso]:
        """Todo lo oído, en orden."""
        with self._cambio:
            return list(self._sucesos)

    def esperar_tipo(self, tipo: str, *, veces: int = 1, detalle: str | None = None) -> Suceso:
        """Espera tantos sucesos de ese tipo, y con ese detalle si se dice; da el último."""
        return self.esperar(lambda s: s.tipo == tipo and detalle in (None, s.detalle), veces=veces)

    def esperar(self, es: Callable[[Suceso], bool], *, veces: int = 1) -> Suceso:
        """Espera tantos sucesos que lo sean, y da el último."""
        suyos: list[Suceso] = []
        mirados = 0

        def bastan() -> bool:
            nonlocal mirados
            nuevos, mirados = self._sucesos[mirados:], len(self._sucesos)
            suyos.extend(filter(es, nuevos))
            return len(suyos) >= veces

        with self._cambio:
            llegaron = self._cambio.wait_for(bastan, PLAZO)
            ultimos = "\n".join(map(str, self._sucesos[-30:]))
        assert llegaron, f"no llegó lo que se esperaba ({veces} veces). Lo último:\n{ultimos}"
        return suyos[-1]
