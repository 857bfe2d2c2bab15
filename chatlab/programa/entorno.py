"""Con qué variables se arranca otro programa de este mismo chatlab."""

from __future__ import annotations

import os
from pathlib import Path

#: La carpeta de chatlab: en un clon, o donde se instaló.
PAQUETE = Path(__file__).resolve().parents[1]


def entorno_de_chatlab() -> dict[str, str]:
    """Las variables de este proceso, de modo que otro encuentre este mismo chatlab y use UTF-8."""
    rutas = [str(PAQUETE.parent), os.environ.get("PYTHONPATH", "")]
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, rutas)),
        "PYTHONUTF8": "1",
    }
