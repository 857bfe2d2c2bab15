"""Alguien no lee, y el servidor se ha quedado esperando a que lea."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chatlab.corrector.diagnostico.de_quien import SERVIDOR, al_principio, el_programa_de
from chatlab.corrector.diagnostico.deducciones.parada import Parada

#: Lo que espera a que haya sitio: en lo que el sistema guarda para quien no lee, o en una cola.
_ENVIA = re.compile(r"\.(sendall|send|write|flush|put)\(")


def donde_se_atasca(paradas: Sequence[Parada], quien_no_lee: str) -> str:
    """En qué línea espera el servidor a quien no lee, en una frase; vacío si no espera."""
    for parada in paradas:
        envia = _ENVIA.search(parada.lugar.codigo) if parada.lugar else None
        if parada.de == SERVIDOR and envia is not None:
            return al_principio(
                f"{el_programa_de(quien_no_lee)} no lee, y el servidor está parado en "
                f"`{envia[1]}` ({parada.lugar}) hasta que haya sitio: mientras tanto no reparte "
                "lo de los demás."
            )
    return ""
