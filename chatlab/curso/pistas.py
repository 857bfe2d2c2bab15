"""Las pistas de una lección, de la que menos dice a la que más: `lessons/NN_tema/pistas.toml`.

[[pistas.mensaje_llega]]
pregunta = "¿A quién le reenvía el servidor lo que recibe?"
texto = "Hace falta una lista con los sockets de todas las personas…"
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from chatlab.errores import ErrorDeArchivo


@dataclass(frozen=True, slots=True)
class Pista:
    """Una pregunta que hacerse, y lo que ayuda a contestarla."""

    pregunta: str
    texto: str


def leer_pistas(archivo: Path) -> dict[str, list[Pista]]:
    """Las pistas de cada comprobación, por su clave; ninguna, si no existe el archivo.

    Lanza `ErrorDeArchivo` si el archivo no se entiende.
    """
    if not archivo.is_file():
        return {}
    try:
        leido = tomllib.loads(archivo.read_text(encoding="utf-8"))
        return {
            clave: [Pista(pista["pregunta"], pista["texto"]) for pista in pistas]
            for clave, pistas in leido.get("pistas", {}).items()
            if pistas
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ErrorDeArchivo(f"No entiendo las pistas de «{archivo}»: {error}.") from error
