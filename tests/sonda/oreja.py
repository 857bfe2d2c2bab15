"""Un oidor que guarda lo que le dan, y deja esperar a que sea bastante."""

from __future__ import annotations

import threading
from collections.abc import Callable

from chatlab.sonda import Suceso
from tests.apoyo.transcripcion import PLAZO


class Oreja:
    """Se le da a un testigo: `Testigo(oidor=oreja)`."""

    def __init__(self) -> None:
        self._tandas: list[list[Suceso]] = []
        self._cambio = threading.Condition()

    def __call__(self, sucesos: list[Suceso]) -> None:
        with self._cambio:
            self._tandas.append(sucesos)
            self._cambio.notify_all()

    @property
    def sucesos(self) -> list[Suceso]:
        """Todo lo oído, en orden."""
        return [suceso for tanda in list(self._tandas) for suceso in tanda]

    def esperar(self, cumple: Callable[[list[Suceso]], bool]) -> None:
        """Espera a que lo oído cumpla eso."""
        with self._cambio:
            llego = self._cambio.wait_for(lambda: cumple(self.sucesos), PLAZO)
        assert llego, "\n".join(map(str, self.sucesos[-30:]))

    def esperar_tipo(self, tipo: str, *, veces: int = 1, detalle: str | None = None) -> Suceso:
        """Espera tantos sucesos de ese tipo, y con ese detalle si se dice; da el último."""

        def suyos(sucesos: list[Suceso]) -> list[Suceso]:
            return [s for s in sucesos if s.tipo == tipo and detalle in (None, s.detalle)]

        self.esperar(lambda sucesos: len(suyos(sucesos)) >= veces)
        return suyos(self.sucesos)[-1]
