"""Escribir un archivo entero o no escribir nada."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from chatlab.errores import ErrorDeArchivo
from chatlab.programa.causas import por_que


def guardar(archivo: Path, texto: str, *, codificacion: str = "utf-8") -> None:
    """Escribe el texto; quien lea el archivo a la vez ve el de antes o el nuevo, nunca medio.

    Lanza `ErrorDeArchivo` si no se puede. Los nombres de archivo que no son texto llevan dentro
    caracteres que UTF-8 no admite: salen como «?».
    """
    datos = texto.encode(codificacion, errors="replace")
    try:
        if archivo.exists() and not archivo.is_file():
            archivo.write_bytes(datos)  # «/dev/stdout» no se puede cambiar por otro
        else:
            _sustituir(archivo.resolve(), datos)
    except OSError as error:
        raise no_se_puede_escribir(archivo, error) from error


def comprobar_que_se_puede_escribir(archivo: Path) -> None:
    """Lanza `ErrorDeArchivo` si se ve que no se podrá: mejor saberlo antes de un trabajo largo."""
    if archivo.is_dir():
        raise ErrorDeArchivo(f"No puedo escribir «{archivo}»: ya hay una carpeta con ese nombre.")
    if not archivo.resolve().parent.is_dir():
        raise ErrorDeArchivo(f"No puedo escribir «{archivo}»: no existe la carpeta donde va.")


def comprobar_que_no_se_pierde_nada(archivo: Path) -> None:
    """Lanza `ErrorDeArchivo` si ahí ya hay algo escrito: sustituirlo no tendría vuelta atrás."""
    if archivo.is_file() and archivo.stat().st_size:
        raise ErrorDeArchivo(
            f"«{archivo}» ya existe, y no lo sustituyo. Di otro nombre, o bórralo antes."
        )


def no_se_puede_escribir(archivo: Path, error: OSError) -> ErrorDeArchivo:
    """El error para la persona, con su causa en español."""
    # Se escribe en otro y se le da su nombre: el permiso que hace falta es el de la carpeta.
    causa = por_que(error) + (" en su carpeta" if isinstance(error, PermissionError) else "")
    return ErrorDeArchivo(f"No puedo escribir «{archivo}»: {causa}.")


def _sustituir(archivo: Path, datos: bytes) -> None:
    descriptor, nombre = tempfile.mkstemp(dir=archivo.parent, prefix=".chatlab-")
    provisional = Path(nombre)
    try:
        with os.fdopen(descriptor, "wb") as abierto:
            abierto.write(datos)
        # Los permisos que ya tenía o los corrientes: `mkstemp` lo haría secreto.
        provisional.chmod(archivo.stat().st_mode & 0o777 if archivo.exists() else 0o644)
        provisional.replace(archivo)
    except OSError:
        provisional.unlink(missing_ok=True)
        raise
