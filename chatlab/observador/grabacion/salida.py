"""Adónde va una grabación según se escribe: a un archivo, o a una función que quiere cada línea."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import IO

from chatlab.programa.archivos import no_se_puede_escribir

Destino = Path | IO[str] | Callable[[str], None]


class SalidaDeGrabacion:
    """Un destino ya abierto. Lanza `ErrorDeArchivo` si no se puede abrir."""

    def __init__(self, destino: Destino) -> None:
        self._funcion = destino if callable(destino) else None
        self._ruta = destino if isinstance(destino, Path) else None
        self._archivo: IO[str] | None = None
        self._error: OSError | None = None
        if isinstance(destino, Path):
            try:
                self._archivo = destino.open("w", encoding="utf-8", newline="\n")
            except OSError as error:
                raise no_se_puede_escribir(destino, error) from error
        elif not callable(destino):
            self._archivo = destino

    def escribir(self, lineas: list[str]) -> None:
        """Que lo escrito se pueda leer ya, aunque maten a quien graba.

        Si ya no se puede (no queda sitio), lo que se mira sigue; se sabrá al cerrar.
        """
        if self._funcion is not None:
            for linea in lineas:
                self._funcion(linea)
        elif self._archivo is not None and self._error is None:
            try:
                self._archivo.write("".join(f"{linea}\n" for linea in lineas))
                self._archivo.flush()
            except OSError as error:
                self._error = error

    def cerrar(self) -> None:
        """Cierra el archivo, si lo abrió; lanza `ErrorDeArchivo` si algo no se pudo escribir."""
        if self._archivo is None:
            return
        ruta = self._ruta or Path(str(getattr(self._archivo, "name", "la grabación")))
        try:
            if self._ruta is not None:
                self._archivo.close()
        except OSError as error:
            self._error = self._error or error
        if self._error is not None:
            raise no_se_puede_escribir(ruta, self._error)
