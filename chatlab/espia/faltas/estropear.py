"""Estropear: de vez en cuando, un byte llega cambiado."""

from __future__ import annotations

from typing import ClassVar

from chatlab.espia.faltas.falta import Falta

#: El bit que se cambia: con él puesto, una letra sin tilde deja de ser UTF-8 (RFC 3629).
BIT_DE_MAS_PESO = 0x80


class Estropear(Falta):
    """Cambia un byte de cada `valor`: el último de cada grupo, contando desde el primero de todos.

    TCP lleva una suma de comprobación, y por un cable esto casi nunca pasa. Pasa con un programa
    que tiene una falta.
    """

    resumen: ClassVar[str] = "uno de cada {valor} bytes sale cambiado"
    cambia_envios: ClassVar[bool] = True
    por_defecto: ClassVar[int] = 10
    minimo: ClassVar[int] = 1
    cambia_bytes: ClassVar[bool] = True

    def __init__(self, valor: int = por_defecto) -> None:
        super().__init__(valor)
        self._para_el_siguiente = valor

    def entra(self, trozo: bytes, ahora: float) -> None:
        estropeado = bytearray(trozo)
        for donde in range(self._para_el_siguiente - 1, len(trozo), self.valor):
            estropeado[donde] ^= BIT_DE_MAS_PESO
        self._para_el_siguiente = (self._para_el_siguiente - len(trozo) - 1) % self.valor + 1
        super().entra(bytes(estropeado), ahora)
