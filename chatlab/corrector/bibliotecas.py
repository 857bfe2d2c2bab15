"""Lo que hay que instalar para corregir, dicho en español cuando falta."""

from __future__ import annotations

from importlib.util import find_spec

from chatlab.errores import ErrorParaPersonas
from chatlab.instalacion import orden_de_instalar
from chatlab.textos import enumerar


class FaltaInstalar(ErrorParaPersonas):
    """Una herramienta necesita una biblioteca que no está."""


def exigir(*bibliotecas: str) -> None:
    """Lanza `FaltaInstalar`, con la orden que las instala, si alguna no está."""
    faltan = [biblioteca for biblioteca in bibliotecas if find_spec(biblioteca) is None]
    if not faltan:
        return
    if len(faltan) == 1:
        que = f"hace falta {faltan[0]}, que no está instalado. Instálalo"
    else:
        que = f"hacen falta {enumerar(faltan)}, que no están instalados. Instálalos"
    raise FaltaInstalar(f"Para esto {que} con:\n    {orden_de_instalar('corrector')}")
