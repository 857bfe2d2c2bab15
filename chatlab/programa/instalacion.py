"""De dónde ha salido este chatlab, y cómo se le añade lo que le falta.

En PyPI hay otro paquete que se llama «chatlab» y no tiene nada que ver con este: instalarlo por ese
nombre traería el código de otras personas. El nuestro se distribuye como `DISTRIBUCION`, y lo que
se aconseja instalar sale siempre del mismo sitio que este chatlab: su carpeta, su archivo o su
nombre.
"""

from __future__ import annotations

import json
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from chatlab import __version__
from chatlab.errores import ErrorParaPersonas
from chatlab.programa.entorno import PAQUETE
from chatlab.textos import enumerar

#: Como se llama al instalarlo. Al importarlo y al teclearlo sigue siendo «chatlab».
DISTRIBUCION = "chatlab-sockets"


def version() -> str:
    """«chatlab 0.1.0 (chatlab-sockets), en /ruta»: qué chatlab es este, y dónde está."""
    return f"chatlab {__version__} ({DISTRIBUCION}), en {PAQUETE}"


class FaltaInstalar(ErrorParaPersonas):
    """Una herramienta necesita una biblioteca que no está."""


def exigir(*bibliotecas: str, extra: str) -> None:
    """Lanza `FaltaInstalar`, con la orden que instala ese extra, si alguna no está."""
    faltan = [biblioteca for biblioteca in bibliotecas if find_spec(biblioteca) is None]
    if not faltan:
        return
    if len(faltan) == 1:
        que = f"hace falta {faltan[0]}, que no está instalado. Instálalo"
    else:
        que = f"hacen falta {enumerar(faltan)}, que no están instalados. Instálalos"
    raise FaltaInstalar(f"Para esto {que} con:\n    {orden_de_instalar(extra)}")


def orden_de_instalar(extra: str) -> str:
    """Las órdenes que añaden a este chatlab las bibliotecas de ese extra de `pyproject.toml`.

    Son dos, separadas por un salto de línea, si antes hay que crear un entorno virtual.
    """
    if not _es_del_sistema():
        return f"{_python()} -m pip install {_origen(extra)}"
    return (
        f"{_python()} -m venv .venv\n    .venv/bin/python -m pip install {_origen(extra)}\n"
        "y después usa .venv/bin/python en lugar de este Python"
    )


def _es_del_sistema() -> bool:
    """Si este Python es el del sistema, que no deja que `pip` le añada nada (PEP 668)."""
    import sysconfig  # aquí, porque tarda en cargarse y casi nunca hace falta

    en_un_entorno = sys.prefix != sys.base_prefix
    return not en_un_entorno and Path(sysconfig.get_path("stdlib"), "EXTERNALLY-MANAGED").is_file()


def _python() -> str:
    """El de este programa, dicho como se puede teclear: su nombre o, si es otro, su ruta."""
    nombre = Path(sys.executable).stem
    encontrado = shutil.which(nombre)
    if encontrado and Path(encontrado) == Path(sys.executable):
        return nombre
    return f'"{sys.executable}"' if " " in sys.executable else sys.executable


def _origen(extra: str) -> str:
    clon = PAQUETE.parent
    if (clon / "pyproject.toml").is_file():
        return f'--editable "{clon}[{extra}]"'
    return f'"{_de_donde_se_instalo(extra)}"'


def _de_donde_se_instalo(extra: str) -> str:
    """Lo apuntó pip en `direct_url.json` (PEP 610); si no está, lo encontró por su nombre."""
    # Aquí, porque cargan HTTP y TLS, y cada servidor y cada cliente tardaría más en arrancar.
    from urllib.parse import urlsplit
    from urllib.request import url2pathname

    origen = _lo_que_apunto_pip()
    url = str(origen.get("url", ""))
    if not url:
        return f"{DISTRIBUCION}[{extra}]"
    if urlsplit(url).scheme == "file":
        return f"{url2pathname(urlsplit(url).path)}[{extra}]"
    control = origen.get("vcs_info", {}).get("vcs", "")
    return f"{DISTRIBUCION}[{extra}] @ {control}{'+' if control else ''}{url}"


def _lo_que_apunto_pip() -> dict[str, Any]:
    # Aquí, porque tarda en cargarse y casi nunca hace falta.
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        leido = json.loads(distribution(DISTRIBUCION).read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        return {}
    return leido if isinstance(leido, dict) else {}
