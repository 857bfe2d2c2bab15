"""Leer y borrar lo que hay en una carpeta en la que escribe un programa del que nadie se fía.

Mientras se mira, puede cambiar un archivo por un enlace a otro de quien mira, por un FIFO que no
contesta nunca, o meter unas carpetas en otras mil veces. Por eso nada se abre por su ruta: se abre
la carpeta una vez y, desde ella, cada nombre sin seguir enlaces (openat(2), O_NOFOLLOW), y se mira
qué es antes de leerlo. Windows no tiene eso: allí se compara lo que se miró con lo que se abrió.
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
from pathlib import Path, PurePath

#: Bytes que se piden de cada vez.
_TROZO = 1 << 20
#: Nadie debe leer ni esperar por abrir esto: ni un enlace, ni un FIFO sin nadie al otro lado.
_SIN_SEGUIR = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
_SIN_ESPERAR = _SIN_SEGUIR | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
_CARPETA = _SIN_SEGUIR | getattr(os, "O_DIRECTORY", 0)
#: Si este sistema sabe abrir un nombre desde una carpeta abierta.
CON_CARPETAS = os.open in os.supports_dir_fd and bool(getattr(os, "O_NOFOLLOW", 0))


def leer(carpeta: Path, nombre: str | PurePath, maximo: int) -> bytes | None:
    """Los primeros `maximo` bytes de un archivo de la carpeta; `None` si no es uno normal.

    `nombre` es relativo. Ningún tramo suyo puede ser un enlace ni salir de la carpeta; de ella sí
    se fía quien la nombra. No espera ni lanza errores.
    """
    partes = PurePath(nombre).parts
    if not partes or ".." in partes or PurePath(nombre).anchor:
        return None
    try:
        if not CON_CARPETAS:
            return _leer_por_su_ruta(carpeta, partes, maximo)
        with CarpetaAjena(carpeta) as abierta:
            return abierta.leer(*partes, maximo=maximo)
    except (OSError, ValueError):
        return None


def leer_ajeno(archivo: Path, maximo: int, *, seguir_enlaces: bool = False) -> bytes:
    """Los primeros `maximo` bytes de un archivo normal.

    Lanza `OSError` si no lo es, si no se puede leer o, sin `seguir_enlaces`, si es un enlace.
    """
    modo = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    if not seguir_enlaces:
        modo |= _SIN_SEGUIR
    with os.fdopen(os.open(archivo, modo), "rb") as abierto:
        if not stat.S_ISREG(os.fstat(abierto.fileno()).st_mode):
            raise OSError(f"«{archivo.name}» no es un archivo normal")
        return abierto.read(maximo)


class CarpetaAjena:
    """Una carpeta abierta: aunque le den su nombre a otra, se sigue mirando en esta.

    Solo existe donde hay `CON_CARPETAS`. Lanza `OSError` si no se puede abrir.
    """

    def __init__(self, ruta: Path) -> None:
        self.descriptor = os.open(ruta, os.O_RDONLY | _CARPETA & ~os.O_NOFOLLOW)

    def __enter__(self) -> CarpetaAjena:
        return self

    def __exit__(self, *_error: object) -> None:
        self.cerrar()

    def cerrar(self) -> None:
        """Deja de mirarla: después ya no se puede leer nada de ella."""
        os.close(self.descriptor)

    def leer(self, *partes: str, maximo: int) -> bytes:
        """Los primeros bytes de un archivo normal; lanza `OSError` si no lo es o no está."""
        carpeta = os.dup(self.descriptor)
        try:
            for parte in partes[:-1]:
                dentro = os.open(parte, os.O_RDONLY | _CARPETA, dir_fd=carpeta)
                os.close(carpeta)
                carpeta = dentro
            archivo = os.open(partes[-1], os.O_RDONLY | _SIN_ESPERAR, dir_fd=carpeta)
        finally:
            os.close(carpeta)
        return _leer_si_es_normal(archivo, maximo)


def _leer_si_es_normal(archivo: int, maximo: int) -> bytes:
    """Lee y cierra el descriptor."""
    with open(archivo, "rb", buffering=0) as abierto:
        if not stat.S_ISREG(os.fstat(archivo).st_mode):
            raise OSError("no es un archivo normal")
        trozos: list[bytes] = []
        while maximo > 0 and (trozo := abierto.read(min(maximo, _TROZO))):
            trozos.append(trozo)
            maximo -= len(trozo)
    return b"".join(trozos)


def _leer_por_su_ruta(carpeta: Path, partes: tuple[str, ...], maximo: int) -> bytes | None:
    ruta = carpeta
    for parte in partes:
        ruta /= parte
        visto = ruta.lstat()
        # En Windows, también un «punto de unión» lleva a otro sitio.
        if stat.S_ISLNK(visto.st_mode) or _es_punto_de_union(visto):
            return None
    if not stat.S_ISREG(visto.st_mode):
        return None
    descriptor = os.open(ruta, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    if not os.path.samestat(visto, os.fstat(descriptor)):
        os.close(descriptor)  # lo han cambiado entre mirarlo y abrirlo
        return None
    return _leer_si_es_normal(descriptor, maximo)


def _es_punto_de_union(visto: os.stat_result) -> bool:
    etiqueta: int = getattr(visto, "st_reparse_tag", 0)
    return etiqueta != 0


# --- Borrar --------------------------------------------------------------------------------------


def borrar(carpeta: Path) -> None:
    """Borra la carpeta y lo que tenga: sin seguir enlaces, aunque falten permisos o sea muy honda.

    Lo que no se pueda borrar se queda, y no se lanza ningún error.
    """
    try:
        if CON_CARPETAS:
            with CarpetaAjena(carpeta) as abierta:
                _vaciar(abierta.descriptor)
            carpeta.rmdir()
        else:
            shutil.rmtree(carpeta, ignore_errors=True)
    except (OSError, RecursionError):
        pass


def _vaciar(raiz: int) -> None:
    """Vacía una carpeta abierta, por honda que sea.

    Cada subcarpeta se saca primero a la raíz: así nunca hay más de dos abiertas, ni una ruta que
    el sistema no admita de puro larga.
    """
    pendientes = _quitar_archivos(raiz)
    numero = 0
    while pendientes:
        nombre = pendientes.pop()
        subcarpeta = _entrar(nombre, raiz)
        if subcarpeta is None:
            continue
        try:
            for dentro in _quitar_archivos(subcarpeta):
                numero += 1
                fuera = f".chatlab-{numero}"
                _dar_permiso(dentro, subcarpeta)  # mudar una carpeta es escribir en ella: su «..»
                try:
                    os.rename(dentro, fuera, src_dir_fd=subcarpeta, dst_dir_fd=raiz)
                except OSError:
                    continue
                pendientes.append(fuera)
        finally:
            os.close(subcarpeta)
        try:
            os.rmdir(nombre, dir_fd=raiz)
        except OSError:
            pass  # quedó dentro algo que no se deja borrar


def _quitar_archivos(carpeta: int) -> list[str]:
    """Borra lo que no sea una carpeta y devuelve los nombres de las que hay."""
    carpetas = []
    for nombre in os.listdir(carpeta):
        try:
            if stat.S_ISDIR(os.stat(nombre, dir_fd=carpeta, follow_symlinks=False).st_mode):
                carpetas.append(nombre)
            else:
                os.unlink(nombre, dir_fd=carpeta)
        except OSError:
            pass
    return carpetas


def _entrar(nombre: str, donde: int) -> int | None:
    """El descriptor de una subcarpeta, con permiso para vaciarla; `None` si no se puede."""
    _dar_permiso(nombre, donde)
    try:
        return os.open(nombre, os.O_RDONLY | _CARPETA, dir_fd=donde)
    except OSError:
        return None


def _dar_permiso(nombre: str, donde: int) -> None:
    """Da a una carpeta los permisos que le hayan quitado; a lo que haya al otro lado de un enlace,
    no."""
    try:
        if sys.platform != "linux":
            os.chmod(nombre, 0o700, dir_fd=donde, follow_symlinks=False)
            return
        # Linux no sabe cambiar los permisos «sin seguir»: se abre sin leer, que no pide ninguno.
        descriptor = os.open(nombre, os.O_PATH | _CARPETA, dir_fd=donde)
        try:
            Path(f"/proc/self/fd/{descriptor}").chmod(0o700)
        finally:
            os.close(descriptor)
    except (OSError, NotImplementedError):
        pass
