"""La ficha de una lección: lo que hay que decir de ella y no se ve en sus demás archivos.

Está en `lessons/NN_tema/leccion.toml`:

    con_nombres = true               en su chat, quien escribe tiene nombre, y los demás lo leen

    [arranque]
    falla = ["sin_eco", "lento"]     las comprobaciones que fallan en ejercicio/ tal como viene

    [arranque.tareas]
    1 = ["sin_eco"]                  las que pasan al hacer cada tarea
    2 = ["lento"]

    [ataques]
    lento = "no lee"                 las que son ataques al servidor, y cómo las llama el torneo

    [diseno]                         la nota de diseño del ejercicio, para el profesorado
    "De qué parte" = "…"
    "Qué pide que los pasos no dan" = "…"
    "Por qué" = "…"

El título está en la primera línea de la guía; los pasos son sus carpetas; las comprobaciones, las
que marca `test_ejercicio.py`, y su orden, el de `pistas.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from chatlab.errores import ErrorDeArchivo


@dataclass(frozen=True, slots=True)
class Ficha:
    """Lo que dice de sí misma una lección; las comprobaciones, por su clave."""

    con_nombres: bool = False
    falla: tuple[str, ...] = ()
    tareas: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    ataques: Mapping[str, str] = field(default_factory=dict)
    diseno: Mapping[str, str] = field(default_factory=dict)


def leer_ficha(archivo: Path) -> Ficha:
    """La ficha de una lección; una sin nada, si no existe el archivo.

    Lanza `ErrorDeArchivo` si el archivo no se entiende.
    """
    if not archivo.is_file():
        return Ficha()
    try:
        leido = tomllib.loads(archivo.read_text(encoding="utf-8"))
        arranque = leido.get("arranque", {})
        return Ficha(
            leido.get("con_nombres", False) is True,
            tuple(arranque.get("falla", ())),
            {int(tarea): tuple(pasan) for tarea, pasan in arranque.get("tareas", {}).items()},
            {clave: str(nombre) for clave, nombre in leido.get("ataques", {}).items()},
            {rotulo: " ".join(nota.split()) for rotulo, nota in leido.get("diseno", {}).items()},
        )
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise ErrorDeArchivo(f"No entiendo la ficha «{archivo}»: {error}.") from error
