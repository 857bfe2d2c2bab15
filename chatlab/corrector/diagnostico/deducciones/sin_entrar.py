"""Alguien llama, y el servidor no lo acepta: está ocupado en otra línea."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from chatlab.corrector.diagnostico.de_quien import SERVIDOR
from chatlab.corrector.diagnostico.deducciones.parada import Parada
from chatlab.corrector.diagnostico.hallazgo import Grado, Hallazgo
from chatlab.textos import enumerar

#: La sonda no siempre ve a quien espera a otro hilo: lo dice su línea.
_A_OTRO_HILO = re.compile(r"\.join\(\s*\)")
_ACEPTAN = frozenset({"accept", "select"})


def por_que_no_acepta(paradas: Sequence[Parada], fuera: Sequence[str]) -> Iterator[Hallazgo]:
    """En qué línea está el hilo principal del servidor; nada si alguno espera a quien llame.

    `fuera` son quienes llamaron y no han entrado.
    """
    suyas = [parada for parada in paradas if parada.de == SERVIDOR]
    trabaja = any(una.trabaja and not _espera_a_otro(una) for una in suyas)
    principal = next((una for una in suyas if una.principal and una.lugar), None)
    acepta = any(una.espera in _ACEPTAN for una in suyas)
    if not fuera or trabaja or acepta or principal is None:
        return
    espera_a_otro = _espera_a_otro(principal)
    donde = f"parado en `join` ({principal.lugar})" if espera_a_otro else principal.donde
    verbo = "llamó" if len(fuera) == 1 else "llamaron"
    yield Hallazgo(
        Grado.SE_SIGUE,
        causa=f"{enumerar(list(fuera))} {verbo} y el servidor no vuelve a `accept`: está {donde}.",
        arreglo="No esperes ahí a que acabe ese hilo: vuelve a `accept`." if espera_a_otro else "",
        lugar=principal.lugar,
    )


def _espera_a_otro(parada: Parada) -> bool:
    return parada.lugar is not None and _A_OTRO_HILO.search(parada.lugar.codigo) is not None
