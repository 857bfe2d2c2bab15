"""Lo que chatlab recuerda de una carpeta, guardado fuera de ella: en la de estado de la persona.

Una entrega es de quien la hizo: no se escribe en ella, ni se cree lo que diga de sí misma. Lo de
cada carpeta va en un archivo cuyo nombre sale de su ruta.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path
from typing import Any

from chatlab.programa.archivos import guardar, no_se_puede_escribir
from chatlab.sistema.ajeno import leer_ajeno

#: La variable con la que se elige otra carpeta de estado.
VARIABLE = "CHATLAB_ESTADO"
#: Bytes que puede ocupar lo que se recuerda de una carpeta.
MAXIMO = 256 * 1024


def carpeta_de_estado() -> Path:
    """Donde cada sistema guarda lo que un programa recuerda (XDG Base Directory, en Linux)."""
    if dicha := os.environ.get(VARIABLE):
        return Path(dicha)
    casa = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or casa / "AppData" / "Local") / "chatlab"
    if sys.platform == "darwin":
        return casa / "Library" / "Application Support" / "chatlab"
    return Path(os.environ.get("XDG_STATE_HOME") or casa / ".local" / "state") / "chatlab"


def archivo_de(carpeta: Path) -> Path:
    """El archivo con lo que se recuerda de una carpeta."""
    ruta = os.path.normcase(carpeta.resolve())
    huella = hashlib.sha256(os.fsencode(ruta)).hexdigest()[:32]
    return carpeta_de_estado() / f"{huella}.json"


def recordado(carpeta: Path) -> dict[str, Any]:
    """Lo que se recuerda de una carpeta; nada si no hay nada o no se entiende."""
    return leer_json(archivo_de(carpeta))


def recordar(carpeta: Path, datos: dict[str, Any]) -> None:
    """Lo guarda; lanza `ErrorDeArchivo` si no se puede."""
    archivo = archivo_de(carpeta)
    try:
        archivo.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise no_se_puede_escribir(archivo.parent, error) from error
    entero = {"carpeta": str(carpeta.resolve()), **datos}
    guardar(archivo, json.dumps(entero, ensure_ascii=False, indent=1) + "\n")


def leer_json(archivo: Path) -> dict[str, Any]:
    """El objeto que hay en un archivo corto y normal; vacío si no lo es.

    No sigue enlaces: el archivo puede haberlo puesto otra persona.
    """
    try:
        datos = json.loads(leer_ajeno(archivo, MAXIMO))
    except (OSError, ValueError, RecursionError):
        return {}
    return datos if isinstance(datos, dict) else {}
