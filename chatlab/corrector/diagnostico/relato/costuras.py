"""Dónde cortó TCP: mensajes que se leyeron pegados, o en trozos.

TCP entrega los bytes en orden, pero no dice dónde acababa cada envío. Aquí sí se sabe, porque la
sonda ve los dos lados: se comparan las fronteras de lo enviado con las de lo leído.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate, pairwise

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


def partido(envia: Lado, lee: Lado) -> tuple[SucesoVisto, list[int]] | None:
    """El primer envío que se leyó en varias veces, y los bytes de cada una; None si no lo hay."""
    lecturas = tramos(lee.leido)
    for envio, (primero, ultimo) in zip(envia.enviado, tramos(envia.enviado), strict=True):
        trozos = [
            min(hasta, ultimo) - max(desde, primero)
            for desde, hasta in lecturas
            if desde < ultimo and primero < hasta and desde < hasta
        ]
        if len(trozos) > 1 and envia.cuenta(envio):
            return envio, trozos
    return None


def sin_leer(envia: Lado, lee: Lado) -> bool:
    """Dice si nada de lo enviado se llegó a leer, aunque había quien lo leyera."""
    pendiente = sum(s.cuantos for s in envia.enviado) - sum(s.cuantos for s in lee.leido)
    return 0 < envia.bytes_enviados <= pendiente and not lee.cerrado
