"""Dónde cortó TCP: mensajes que se leyeron pegados, o en trozos.

TCP entrega los bytes en orden, pero no dice dónde acababa cada envío. Aquí sí se sabe, porque la
sonda ve los dos lados: se comparan las fronteras de lo enviado con las de lo leído.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from itertools import accumulate, pairwise
from typing import NamedTuple

from chatlab.corrector.diagnostico.relato.conversaciones import Lado, SucesoVisto

Tramo = tuple[int, int]


def tramos(sucesos: Iterable[SucesoVisto]) -> list[Tramo]:
    """El primer byte y el siguiente al último de cada envío o lectura, desde el principio."""
    return list(pairwise(accumulate((suceso.cuantos for suceso in sucesos), initial=0)))


def pegados(envia: Lado, lee: Lado) -> tuple[list[SucesoVisto], SucesoVisto] | None:
    """La primera lectura que trajo varios envíos enteros, y cuáles; None si no la hay."""
    envios = list(zip(envia.enviado, tramos(envia.enviado), strict=True))
    for lectura, (desde, hasta) in zip(lee.leido, tramos(lee.leido), strict=True):
        dentro = [
            envio
            for envio, (primero, ultimo) in envios
            if desde <= primero < ultimo <= hasta and lee.cuenta(lectura)
        ]
        if len(dentro) > 1:
            return dentro, lectura
    return None


class Partido(NamedTuple):
    """Un envío que se leyó en varias veces: los bytes de cada una, y la primera lectura."""

    envio: SucesoVisto
    trozos: list[int]
    lectura: SucesoVisto


def partido(envia: Lado, lee: Lado) -> Partido | None:
    """El primer envío que se leyó en varias veces; None si no lo hay."""
    lecturas = list(zip(lee.leido, tramos(lee.leido), strict=True))
    for envio, (primero, ultimo) in zip(envia.enviado, tramos(envia.enviado), strict=True):
        suyas = [
            (lectura, min(hasta, ultimo) - max(desde, primero))
            for lectura, (desde, hasta) in lecturas
            if desde < ultimo and primero < hasta and desde < hasta
        ]
        if len(suyas) > 1 and envia.cuenta(envio):
            return Partido(envio, [trozo for _, trozo in suyas], suyas[0][0])
    return None


def empieza_una_letra(datos: bytes) -> bool:
    """Si los bytes acaban a mitad de una letra de UTF-8, y hasta ahí se entienden."""
    letras = codecs.getincrementaldecoder("utf-8")()
    try:
        letras.decode(datos)
    except UnicodeDecodeError:
        return False
    return bool(letras.getstate()[0])


def sin_leer(envia: Lado, lee: Lado) -> bool:
    """Dice si nada de lo enviado se llegó a leer, aunque había quien lo leyera."""
    pendiente = sum(s.cuantos for s in envia.enviado) - sum(s.cuantos for s in lee.leido)
    return 0 < envia.bytes_enviados <= pendiente and not lee.cerrado
