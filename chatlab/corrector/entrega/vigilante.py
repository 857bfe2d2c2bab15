"""Saber cuándo se guarda un archivo.

Se miran las fechas de los archivos cada poco. Los avisos del sistema (inotify y los suyos) serían
más rápidos, pero no llegan en las carpetas de red ni en las compartidas con una máquina virtual,
que son las de muchas aulas.
"""

from __future__ import annotations

import threading
from pathlib import Path

from chatlab.corrector.entrega.copia import archivos

#: Segundos entre dos miradas.
RITMO = 0.3
#: Lo que dejan los editores mientras guardan.
_PASAJEROS = ("~", ".tmp", ".swp", ".swx", ".bak")

#: De cada archivo, cuándo se guardó y cuánto ocupa.
Foto = dict[Path, tuple[int, int]]


def fotografiar(carpeta: Path) -> Foto:
    """Cómo están ahora los archivos de una entrega; sin los ocultos."""
    foto: Foto = {}
    for archivo in archivos(carpeta.resolve()):
        if archivo.name.startswith(".") or archivo.name.endswith(_PASAJEROS):
            continue
        try:
            estado = (carpeta / archivo).stat()
        except OSError:
            continue  # lo acaban de borrar
        foto[archivo] = (estado.st_mtime_ns, estado.st_size)
    return foto


def esperar_cambio(carpeta: Path, antes: Foto) -> Foto:
    """Espera a que algo sea distinto de `antes` y lleve una mirada quieto; devuelve cómo queda.

    Lo quieto importa: un editor puede vaciar el archivo un momento antes de escribirlo.
    """
    reloj = threading.Event()
    anterior = antes
    while True:
        ahora = fotografiar(carpeta)
        if ahora != antes and ahora == anterior:
            return ahora
        anterior = ahora
        reloj.wait(RITMO)


def que_cambio(antes: Foto, ahora: Foto) -> list[str]:
    """Los nombres de los archivos nuevos, guardados otra vez o borrados, por orden."""
    distintos = {ruta for ruta in antes.keys() | ahora.keys() if antes.get(ruta) != ahora.get(ruta)}
    return sorted(ruta.as_posix() for ruta in distintos)
