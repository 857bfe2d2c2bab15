"""Lo que hay que instalar para corregir, dicho en español cuando falta."""

from __future__ import annotations

import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

from chatlab.corrector.lecciones_incluidas import PAQUETE
from chatlab.errores import ErrorParaPersonas
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
    raise FaltaInstalar(f"Para esto {que} con:\n    {_python()} -m pip install {_paquete()}")


def _python() -> str:
    """El de este programa, dicho como se puede teclear: su nombre o, si es otro, su ruta."""
    nombre = Path(sys.executable).stem
    encontrado = shutil.which(nombre)
    if encontrado and Path(encontrado) == Path(sys.executable):
        return nombre
    return f'"{sys.executable}"' if " " in sys.executable else sys.executable


def _paquete() -> str:
    # En un clon sin instalar, pip buscaría «chatlab» en internet: se le da la carpeta.
    if (PAQUETE.parent / "pyproject.toml").is_file():
        return f'--editable "{PAQUETE.parent}[corrector]"'
    return '"chatlab[corrector]"'
