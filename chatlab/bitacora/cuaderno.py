"""El cuaderno de la bitácora: numera las líneas y, si tiene archivo, las guarda."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import BinaryIO, Self

from chatlab.errores import ErrorDeArchivo
from chatlab.programa.causas import por_que

#: Bytes del final del archivo en que se busca su último número. Cabe la línea más larga.
TROZO_FINAL = 64 * 1024

#: El número con que empieza una línea. El archivo pudo escribirlo otro programa: un número de miles
#: de cifras no es nuestro, y Python se niega a leerlo.
NUMERADA = re.compile(rb"^(\d{1,18})  ", re.MULTILINE)


class Cuaderno:
    """Líneas numeradas desde 1, o desde donde las dejó la última vez el archivo.

    `ruta` puede ser `None`: entonces solo numera. Lanza `ErrorDeArchivo` si el archivo no se
    puede abrir o escribir.
    """

    def __init__(self, ruta: str | None, *, fsync: bool = False) -> None:
        self._ruta = ruta
        self._fsync = fsync
        self._archivo: BinaryIO | None = None
        self._ultimo = 0
        self.apuntadas = 0
        if ruta is not None:
            self._abrir(ruta)

    def _abrir(self, ruta: str) -> None:
        try:
            self._archivo = Path(ruta).open("a+b")  # noqa: SIM115 (lo cierra __exit__)
            final = self._leer_final(self._archivo)
            if final and not final.endswith(b"\n"):
                # Un corte de luz dejó media línea: la siguiente no debe pegarse a ella.
                self._archivo.write(b"\n")
        except OSError as error:
            raise self._error("abrir", error) from error
        if numeros := re.findall(NUMERADA, final):
            self._ultimo = int(numeros[-1])

    @staticmethod
    def _leer_final(archivo: BinaryIO) -> bytes:
        tamano = archivo.seek(0, os.SEEK_END)
        archivo.seek(max(0, tamano - TROZO_FINAL))
        return archivo.read(TROZO_FINAL)

    def guardar(self, lineas: list[str]) -> str:
        """Numera las líneas y vuelve cuando están en el archivo; devuelve el texto numerado."""
        texto = "".join(
            f"{numero}  {linea}\n" for numero, linea in enumerate(lineas, start=self._ultimo + 1)
        )
        self._escribir(texto.encode())
        self._ultimo += len(lineas)
        self.apuntadas += len(lineas)
        return texto

    def _escribir(self, datos: bytes) -> None:
        if self._archivo is None:
            return
        try:
            self._archivo.write(datos)
            # flush lo entrega al sistema operativo: sobrevive a este proceso, aunque lo maten.
            self._archivo.flush()
            if self._fsync:
                # fsync espera al disco: sobrevive también a un corte de luz.
                os.fsync(self._archivo.fileno())
        except OSError as error:
            raise self._error("escribir en", error) from error

    def _error(self, accion: str, error: OSError) -> ErrorDeArchivo:
        return ErrorDeArchivo(
            f"No puedo {accion} «{self._ruta}»: {por_que(error)}. "
            "Arréglalo, o elige otro archivo con --archivo."
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._archivo is None:
            return
        try:
            self._archivo.close()
        except OSError:
            pass  # lo que no cupo en el disco: ya se dijo al guardarlo, y no se ha mostrado
