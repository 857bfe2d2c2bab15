"""El informe como JSON, para otros programas."""

from __future__ import annotations

import json
from collections.abc import Sequence

from chatlab.corrector.modelo import Informe


def de_una(informe: Informe) -> str:
    """El informe de una entrega: un objeto."""
    return json.dumps(informe.a_json(), ensure_ascii=False, indent=2) + "\n"


def de_la_clase(informes: Sequence[Informe]) -> str:
    """Los informes de una clase: una lista de objetos como los de `de_una`."""
    datos = [informe.a_json() for informe in informes]
    return json.dumps(datos, ensure_ascii=False, indent=2) + "\n"
