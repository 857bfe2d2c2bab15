"""La copia de una entrega: lo que hay en su carpeta, sin lo que estorba ni lo que no cabe."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from chatlab.corrector.diagnostico.carpetas import es_ajena
from chatlab.sistema import ajeno

#: Archivos que se miran de una entrega, y carpetas que se bajan para encontrarlos.
MAX_ARCHIVOS = 5000
MAX_PROFUNDIDAD = 6


def archivos(carpeta: Path) -> Iterator[Path]:
    """Los archivos de una entrega, relativos a su carpeta; de cada una, antes sus programas.

    Sin los de carpetas ocultas o de un entorno virtual, los enlaces que salen de la carpeta ni lo
    que no es un archivo normal: leer de un FIFO sería esperar para siempre. Como mucho,
    `MAX_ARCHIVOS`.
    """
    cuantos = 0
    for raiz, subcarpetas, nombres in os.walk(carpeta):
        aqui = Path(raiz)
        profundidad = len(aqui.relative_to(carpeta).parts)
        subcarpetas[:] = sorted(
            nombre
            for nombre in subcarpetas
            if profundidad < MAX_PROFUNDIDAD and not es_ajena(aqui / nombre)
        )
        for nombre in sorted(nombres, key=_los_programas_antes):
            if _es_legible(aqui / nombre, carpeta):
                yield (aqui / nombre).relative_to(carpeta)
                cuantos += 1
                if cuantos == MAX_ARCHIVOS:
                    return


def copiar(origen: Path, destino: Path, maximo: int) -> None:
    """Copia en `destino`, que se crea, los archivos de una entrega.

    Si entre todos pasan de `maximo` bytes se quedan fuera los más grandes: un vídeo no es parte
    del programa. Lanza `OSError` si no se puede escribir en el destino.
    """
    destino.mkdir(parents=True)
    for archivo in sorted(archivos(origen), key=lambda archivo: _tamano(origen / archivo)):
        # Un enlace que no sale de la carpeta se copia como lo que hay al otro lado.
        de_verdad = (origen / archivo).resolve().relative_to(origen.resolve())
        datos = ajeno.leer(origen, de_verdad, maximo + 1)
        if datos is None:
            continue  # ha cambiado desde que se miró
        maximo -= len(datos)
        if maximo < 0:
            return
        (destino / archivo).parent.mkdir(parents=True, exist_ok=True)
        # Solo el contenido: un archivo de solo lectura se podría escribir en su copia.
        (destino / archivo).write_bytes(datos)


def _los_programas_antes(nombre: str) -> tuple[bool, str]:
    return not nombre.casefold().endswith(".py"), nombre


def _es_legible(archivo: Path, carpeta: Path) -> bool:
    try:
        normal = stat.S_ISREG(archivo.stat().st_mode)
        return normal and archivo.resolve().is_relative_to(carpeta) and os.access(archivo, os.R_OK)
    except OSError:
        return False  # un enlace roto


def _tamano(archivo: Path) -> int:
    try:
        return archivo.stat().st_size
    except OSError:
        return 0  # lo acaban de borrar
