"""Lo último que se le envió a alguien, y que su programa no ha leído."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from chatlab.corrector.diagnostico.relato.conversaciones import Lado, SucesoVisto, leer_escena


def lo_que_no_han_leido(
    sucesos: Iterable[SucesoVisto], nombres: Mapping[int, str], desde: float
) -> dict[str, bytes]:
    """Por cada persona que sigue conectada, el último envío que aún no ha leído.

    `desde` va en segundos de `time.monotonic()`: lo de antes no cuenta.
    """
    return {
        conversacion.persona: pendiente.datos
        for conversacion in leer_escena(sucesos, nombres, desde).conversaciones
        if conversacion.persona and not conversacion.cliente.cerrado
        if (pendiente := ultimo_sin_leer(conversacion.servidor, conversacion.cliente)) is not None
    }


def ultimo_sin_leer(envia: Lado, lee: Lado) -> SucesoVisto | None:
    """El último envío, si de él no se ha leído ni un byte; `None` si se ha leído."""
    contados = [suceso for suceso in envia.enviado if envia.cuenta(suceso) and suceso.cuantos]
    if not contados:
        return None
    faltan = sum(s.cuantos for s in envia.enviado) - sum(s.cuantos for s in lee.leido)
    ultimo = contados[-1]
    return ultimo if ultimo.datos and ultimo.cuantos <= faltan else None
