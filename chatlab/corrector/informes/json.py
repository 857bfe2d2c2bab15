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
    return _texto(_datos(informe))


def de_la_clase(informes: Sequence[Informe]) -> str:
    """Los informes de una clase: una lista de objetos como los de `de_una`."""
    return _texto([_datos(informe) for informe in informes])


def _datos(informe: Informe) -> dict[str, Any]:
    datos = informe.a_json()
    for resultado, escrito in zip(informe.resultados, datos["resultados"], strict=True):
        escrito["explicacion"] = explicacion(resultado)
    return datos


def _texto(datos: Any) -> str:
    """El JSON; lo que no se ve (órdenes para la terminal, media letra) va escapado."""
    crudo = json.dumps(datos, ensure_ascii=False, indent=2) + "\n"
    return "".join(
        letra if letra.isprintable() or letra == "\n" else json.dumps(letra)[1:-1]
        for letra in crudo
    )
