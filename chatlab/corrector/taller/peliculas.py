"""Las películas que dejó una corrección: se recogen antes de que su carpeta desaparezca."""

from __future__ import annotations

import gzip
from pathlib import Path

from chatlab.corrector.modelo import EXTENSION_DE_PELICULA, MAX_PELICULA, Informe
from chatlab.sistema import ajeno


def recoger_peliculas(carpeta: Path, informe: Informe) -> dict[str, bytes]:
    """Las de lo que no salió bien, comprimidas, por la clave de su comprobación.

    De ninguna se lee más de lo que puede ocupar; si le falta el final, aún se puede ver.
    """
    peliculas = {}
    for resultado in informe.resultados:
        clave = resultado.comprobacion.clave
        if datos := ajeno.leer(carpeta, f"{clave}{EXTENSION_DE_PELICULA}", MAX_PELICULA):
            peliculas[clave] = gzip.compress(datos, mtime=0)
    return peliculas
