"""Escribe las versiones más bajas que admite `pyproject.toml`, para instalarlas y probar con ellas.

    python .ci/minimos.py > minimos.txt
    python -m pip install --constraint minimos.txt ".[corrector,docs,medidor,terminal]"

Con lo último que se ha publicado no se ve si un límite se ha quedado corto: nadie lo instala.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

RAIZ = Path(__file__).resolve().parents[1]
#: «rich>=14.3,<16» es rich, 14.3.
_LIMITE = re.compile(r"(?P<biblioteca>[\w-]+)>=(?P<version>[\w.]+)")


def minimos() -> list[str]:
    """Un requisito exacto, «rich==14.3», por cada biblioteca de los extras."""
    proyecto = tomllib.loads((RAIZ / "pyproject.toml").read_text(encoding="utf-8"))
    requisitos = {
        requisito
        for extra in proyecto["project"]["optional-dependencies"].values()
        for requisito in extra
    }
    limites = filter(None, map(_LIMITE.match, sorted(requisitos)))
    return [f"{limite['biblioteca']}=={limite['version']}" for limite in limites]


if __name__ == "__main__":
    print("\n".join(minimos()))
