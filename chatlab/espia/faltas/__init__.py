"""Las faltas que el espía sabe provocar, por su nombre. Cada una está en su archivo.

Para añadir otra: copia una parecida (`frenar.py`), cambia lo que la distingue y pon una línea aquí.
"""

from __future__ import annotations

from chatlab.espia.faltas.cortar import Cortar
from chatlab.espia.faltas.de_uno_en_uno import DeUnoEnUno
from chatlab.espia.faltas.estropear import Estropear
from chatlab.espia.faltas.falta import Falta
from chatlab.espia.faltas.frenar import Frenar
from chatlab.espia.faltas.no_leer import NoLeer
from chatlab.espia.faltas.pegar import Pegar
from chatlab.espia.faltas.retrasar import Retrasar

FALTAS: dict[str, type[Falta]] = {
    "de-uno-en-uno": DeUnoEnUno,
    "pegar": Pegar,
    "retrasar": Retrasar,
    "frenar": Frenar,
    "no-leer": NoLeer,
    "cortar": Cortar,
    "estropear": Estropear,
}

__all__ = ["FALTAS", "Falta"]
