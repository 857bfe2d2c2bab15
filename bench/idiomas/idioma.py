"""Lo que el banco necesita saber de un protocolo para usar a cualquiera que lo hable."""

from __future__ import annotations

from typing import NamedTuple, Protocol

#: El nombre de la sala, del canal o del tema por el que pasan los mensajes.
SALA = "sala"


class Paso(NamedTuple):
    """Un paso para entrar: espera a que llegue algo, y envía algo."""

    espera: bytes
    envia: bytes


class Idioma(Protocol):
    """Cómo se entra, cómo se envía un mensaje y cómo empieza el que llega.

    Cada mensaje que llega debe ocupar siempre lo mismo y acabar en `\\n`: así se cuentan sin
    leerlos.
    """

    #: Bytes de texto de un mensaje, sin lo que el protocolo pone alrededor.
    tamano: int
    #: Lo que va delante y detrás del texto al enviarlo.
    delante: bytes
    detras: bytes
    #: Lo que el servidor dice de vez en cuando para ver si sigues ahí; vacío, si nada.
    latido: bytes

    def entrada(self, nombre: str, recibe: bool) -> list[Paso]:
        """Los pasos hasta estar dentro; el último espera lo que dice que ya se está."""

    def comienzo(self, emisor: str) -> bytes:
        """Los primeros bytes de cada mensaje de ese emisor, tal como llega."""
