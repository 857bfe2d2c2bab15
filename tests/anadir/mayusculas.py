"""Mayúsculas: lo que se escribe llega a gritos."""

from __future__ import annotations

from typing import ClassVar

from chatlab.espia.faltas.falta import Falta


class Mayusculas(Falta):
    """Pone en mayúsculas las letras sin tilde: en UTF-8, las demás ocupan más de un byte."""

    resumen: ClassVar[str] = "las letras sin tilde salen en mayúsculas"
    sentido: ClassVar[str] = "subida"
    cambia_bytes: ClassVar[bool] = True

    def entra(self, trozo: bytes, ahora: float) -> None:
        super().entra(trozo.upper(), ahora)
