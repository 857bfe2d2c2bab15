"""El informe como JSON, para otros programas.

Cada resultado lleva, además de sus piezas, `explicacion`: lo mismo en un texto, ya redactado.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from chatlab.corrector.informes.redaccion import explicacion
from chatlab.corrector.modelo import Informe


def de_una(informe: Informe) -> str:
    """El informe de una entrega: un objeto."""
    return json.dumps(_datos(informe), ensure_ascii=False, indent=2) + "\n"


def de_la_clase(informes: Sequence[Informe]) -> str:
    """Los informes de una clase: una lista de objetos como los de `de_una`."""
    datos = [_datos(informe) for informe in informes]
    return json.dumps(datos, ensure_ascii=False, indent=2) + "\n"


def _datos(informe: Informe) -> dict[str, Any]:
    datos = informe.a_json()
    for resultado, escrito in zip(informe.resultados, datos["resultados"], strict=True):
        escrito["explicacion"] = explicacion(resultado)
    return datos
