"""Quien espera a que alguien teclee: en `input`, o leyendo de `sys.stdin`.

De leer de `sys.stdin` hay muchas maneras (`readline`, `for linea in sys.stdin`, `buffer.read`…), y
todas acaban en el objeto que de verdad lee, el de más adentro. Se cambia solo ese, por uno igual
que lo dice, y solo si se miran programas en marcha: al corregir se ve desde fuera.
"""

from __future__ import annotations

import _io
import builtins
import os
import sys
from _thread import get_ident

from .envolturas import recortar, rodear_funcion, sin_romper
from .esperas import Espera

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .envolturas import Argumentos, Nombrados
    from .sonda import Sonda

#: Lo que lee de verdad, y cuánto pide cuando no lo dice.
DE_VERDAD: Any = _io.FileIO
POR_DEFECTO = 8192


class Teclado(Espera):
    """input()."""

    def __init__(self, sonda: Sonda) -> None:
        super().__init__(sonda, "teclado")
        #: Los hilos que están en `input`: si por dentro leen de `sys.stdin`, ya está dicho.
        self.dentro: set[int] = set()

    def preparar(
        self, quien: Any, argumentos: Argumentos, nombrados: Nombrados
    ) -> tuple[bool, Argumentos]:
        self.dentro.add(get_ident())
        return self.empezar(None), argumentos

    def acabar(self, quien: Any, esperaba: bool | None, resultado: Any) -> Any:
        self.dentro.discard(get_ident())
        self._sonda.seguir(self._que)  # una línea vacía no es un plazo vencido
        return resultado

    def fallar(self, quien: Any, esperaba: bool | None, error: BaseException) -> None:
        self.dentro.discard(get_ident())
        super().fallar(quien, esperaba, error)


def vigilar_teclado(sonda: Sonda) -> None:
    """Pone la sonda en `input` y, si se mira en marcha, en `sys.stdin`."""
    teclado = Teclado(sonda)
    builtins.input = rodear_funcion(builtins.input, teclado, "builtins")
    if sonda.tandas is not None:
        _vigilar_la_entrada(sonda, teclado.dentro)


@sin_romper
def _vigilar_la_entrada(sonda: Sonda, dentro: set[int]) -> None:
    entrada: Any = sys.stdin
    if os.name == "nt" or entrada is None or type(entrada.buffer.raw) is not DE_VERDAD:
        return
    crudo = _que_lo_dice(sonda, dentro)(entrada.fileno(), "rb", closefd=False)
    crudo.name = entrada.name
    buffer = _io.BufferedReader(crudo, getattr(entrada.buffer.raw, "_blksize", POR_DEFECTO))
    nueva: Any = _io.TextIOWrapper(
        buffer, entrada.encoding, entrada.errors, "\n", entrada.line_buffering
    )
    nueva.mode = entrada.mode
    sys.stdin = sys.__stdin__ = nueva  # type: ignore[misc]


def _que_lo_dice(sonda: Sonda, dentro: set[int]) -> Any:
    esperar, seguir = sin_romper(sonda.esperar), sin_romper(sonda.seguir)

    def leer(como: Callable[..., Any], *argumentos: Any) -> Any:
        callado = get_ident() in dentro
        try:
            if not callado:
                esperar("teclado", None)
            try:
                return como(*argumentos)
            finally:
                if not callado:
                    seguir("teclado")
        except BaseException as error:
            recortar(error)
            raise

    class FileIO(DE_VERDAD):  # type: ignore[misc]
        """El de verdad, que dice cuándo espera."""

        def readinto(self, *argumentos: Any) -> Any:
            try:
                return leer(super().readinto, *argumentos)
            except BaseException as error:
                recortar(error)
                raise

        def readall(self, *argumentos: Any) -> Any:
            try:
                return leer(super().readall, *argumentos)
            except BaseException as error:
                recortar(error)
                raise

        def __repr__(self) -> str:
            return str(super().__repr__()).replace("<FileIO", "<_io.FileIO")

    FileIO.__module__ = "_io"
    FileIO.__qualname__ = "FileIO"
    return FileIO
