"""Qué se pide medir."""

from __future__ import annotations

import math
from dataclasses import dataclass

from chatlab.chat.protocolo import MAX_LINEA

#: Cifras hexadecimales del instante que lleva cada mensaje, en nanosegundos.
CIFRAS_DEL_SELLO = 16
#: Bytes de un mensaje, sin su final de línea: cabe el sello, y cabe en una línea de ChatLab/1.
TAMANO_MINIMO, TAMANO_MAXIMO = CIFRAS_DEL_SELLO, MAX_LINEA - len(b"\n")


@dataclass(frozen=True, slots=True)
class Encargo:
    """Cuántos clientes y cuántos mensajes, de qué tamaño y a qué paso."""

    #: Los que reciben.
    clientes: int = 100
    #: Los que envían. Leen lo que les llega, pero no se cuenta.
    emisores: int = 1
    #: Los que se envían entre todos los emisores.
    mensajes: int = 100_000
    #: Bytes de cada uno, sin su final de línea.
    tamano: int = 64
    #: Mensajes por segundo entre todos los emisores; 0: tan deprisa como se pueda.
    ritmo: int = 0
    #: Mensajes de ventaja que, como mucho, se le sacan al receptor más lento.
    ventana: int = 20_000

    @property
    def entregas(self) -> int:
        """Los mensajes que deben llegar, contando cada receptor."""
        return self.clientes * self.mensajes

    def vencidos(self, segundos: float) -> int:
        """Los mensajes que ya se deberían haber enviado cuando han pasado esos segundos."""
        if not self.ritmo:
            return self.mensajes
        return min(self.mensajes, 1 + math.floor(segundos * self.ritmo))
