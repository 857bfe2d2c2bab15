"""Quién ha dejado de leer: a quién se le envió algo y no leyó nada.

Un hilo que murió hace rato no escribe nada ahora: se nota en que ya nadie lee por él.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from chatlab.corrector.diagnostico.relato.conversaciones import SucesoVisto, leer_escena
from chatlab.corrector.diagnostico.relato.preparacion import lo_que_falta


def quien_no_lee(
    sucesos: Iterable[SucesoVisto], nombres: Mapping[int, str], servidor: str, desde: float
) -> set[str]:
    """Los nombres de quienes no leyeron nada de lo que se les envió desde ese momento.

    `servidor` es como se llama el servidor en la respuesta; cuenta también que no llegara a
    aceptar a alguien. `desde` va en segundos de `time.monotonic()`.
    """
    escena = leer_escena(sucesos, nombres, desde)
    callan = {servidor} if lo_que_falta(escena, nombres) else set()
    for conversacion in escena.conversaciones:
        cliente, suyo = conversacion.cliente, conversacion.servidor
        if cliente.bytes_enviados and not suyo.bytes_leidos:
            callan.add(servidor)
        if suyo.bytes_enviados and not cliente.bytes_leidos and not cliente.cerrado:
            callan.add(conversacion.persona)
    return callan - {""}
