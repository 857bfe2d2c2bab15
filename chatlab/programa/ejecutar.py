"""Cómo empieza y cómo termina un programa."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn, TextIO, cast

from chatlab.errores import ErrorParaPersonas
from chatlab.programa.opciones import Argumentos


def preparar() -> None:
    """UTF-8 en todas partes, y las señales de terminar convertidas en Ctrl+C."""
    sys.stdin = sys.stdin or _en_su_lugar("r")
    sys.stdout = sys.stdout or _en_su_lugar("w")
    sys.stderr = sys.stderr or _en_su_lugar("w")
    for flujo in (sys.stdin, sys.stdout, sys.stderr):
        flujo.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    _al_pedir_el_final(signal.default_int_handler)


def al_pedir_el_final(hacer: Callable[[], None]) -> None:
    """Desde ahora, Ctrl+C llama a `hacer` en lugar de interrumpir lo que se esté haciendo."""
    _al_pedir_el_final(lambda _senal, _marco: hacer())


def _al_pedir_el_final(atender: Callable[[int, FrameType | None], Any]) -> None:
    # SIGINT es Ctrl+C (un programa arrancado con «&» lo hereda sin efecto); SIGTERM, `kill`;
    # SIGHUP, que han cerrado la terminal; SIGBREAK, Ctrl+Pausa en Windows.
    for senal in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
        if hasattr(signal, senal) and not _sigue_sin_terminal(senal):
            signal.signal(getattr(signal, senal), atender)


def _sigue_sin_terminal(senal: str) -> bool:
    """Quien arranca un programa con `nohup` quiere que siga cuando se cierre la terminal."""
    return senal == "SIGHUP" and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN


def _en_su_lugar(modo: str) -> TextIO:
    """Lo que se lee o escribe si el programa nació con la entrada o la salida cerradas: nada."""
    return cast(TextIO, Path(os.devnull).open(modo, encoding="utf-8"))


def ejecutar(programa: Callable[[Argumentos], int], argumentos: Argumentos = None) -> NoReturn:
    """Ejecuta un programa de principio a fin y termina el proceso con su código.

    Un `ErrorParaPersonas` se muestra en una frase; Ctrl+C es una forma normal de terminar.
    """
    preparar()
    try:
        codigo = programa(argumentos)
    except KeyboardInterrupt:
        codigo = 0
    except RuntimeError as error:
        # Si Ctrl+C llega dentro de `Condition.wait`, al salir Python se queja de su candado.
        if not isinstance(error.__context__, KeyboardInterrupt):
            raise
        codigo = 0
    except ErrorParaPersonas as error:
        _contar(error)
        codigo = error.codigo
    terminar(codigo)


def _contar(error: ErrorParaPersonas) -> None:
    try:
        print(error, file=sys.stderr)
    except OSError:
        pass  # también se ha cerrado: no hay a quién contárselo


def terminar(codigo: int) -> NoReturn:
    """Termina el proceso ya, aunque un hilo siga esperando al teclado.

    Esperar al teclado no se puede interrumpir desde otro hilo en todos los sistemas, y al
    terminar del modo normal Python esperaría por él.
    """
    for flujo in (sys.stdout, sys.stderr):
        try:
            flujo.flush()
        except OSError:
            pass  # nadie lee ya ese flujo
    os._exit(codigo)
