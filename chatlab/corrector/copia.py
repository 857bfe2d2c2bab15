"""La copia de una entrega: lo que hay en su carpeta, sin lo que estorba ni lo que no cabe."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

#: Carpetas que no son del programa. Tampoco lo son las que empiezan por un punto.
AJENAS = {"__pycache__", "__macosx", "node_modules", "site-packages"}
#: Archivos que se miran de una entrega, y carpetas que se bajan para encontrarlos.
MAX_ARCHIVOS = 5000
MAX_PROFUNDIDAD = 6


def archivos(carpeta: Path) -> Iterator[Path]:
    """Los archivos de una entrega, relativos a su carpeta y en orden.

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
            if profundidad < MAX_PROFUNDIDAD and _es_del_programa(aqui / nombre)
        )
        for nombre in sorted(nombres):
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
        maximo -= _tamano(origen / archivo)
        if maximo < 0:
            return
        (destino / archivo).parent.mkdir(parents=True, exist_ok=True)
        # Solo el contenido: un archivo de solo lectura se podría escribir en su copia.
        shutil.copyfile(origen / archivo, destino / archivo)


def borrar(carpeta: Path) -> None:
    """Borra la carpeta y lo que tenga, aunque un programa le haya quitado los permisos."""
    for raiz, subcarpetas, _ in os.walk(carpeta):
        for nombre in subcarpetas:
            ruta = Path(raiz, nombre)
            if not ruta.is_symlink():
                ruta.chmod(0o700)
    shutil.rmtree(carpeta, ignore_errors=True)


def _es_del_programa(carpeta: Path) -> bool:
    oculta = carpeta.name.startswith(".")
    entorno_virtual = (carpeta / "pyvenv.cfg").exists()
    return not (oculta or entorno_virtual or carpeta.name.casefold() in AJENAS)


def _es_legible(archivo: Path, carpeta: Path) -> bool:
    try:
        normal = stat.S_ISREG(archivo.stat().st_mode)
        return normal and archivo.resolve().is_relative_to(carpeta) and os.access(archivo, os.R_OK)
    except OSError:
        return False  # un enlace roto


def _tamano(archivo: Path) -> int:
    return archivo.stat().st_size
