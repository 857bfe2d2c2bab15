"""Convertirse en uno de los programas de una entrega, y mandarle señales."""

# Sin `pathlib` ni `typing`: el guardián arranca con cada entrega, y cargarlas tarda.

from __future__ import annotations

import os
import resource
import signal
import sys
import termios

from chatlab.corrector.jaula.cerca import entrar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

#: Filas y columnas de la pantalla: tan ancha que ninguna línea normal se parte.
TAMANO_DE_PANTALLA = (50, 200)
#: Órdenes de prctl(2).
PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_CHILD_SUBREAPER = 36


def enviar_senal(pid: int, senal: int, *, al_grupo: bool = True) -> None:
    """Al programa y a los procesos de su grupo, si siguen ahí."""
    try:
        if al_grupo and pid > 1:
            os.killpg(pid, senal)
        else:
            os.kill(pid, senal)
    except (ProcessLookupError, PermissionError):
        pass  # ya no está; macOS contesta lo segundo si solo falta recogerlo


def prctl(opcion: int, valor: int) -> None:
    """La llamada prctl(2), donde la hay."""
    if sys.platform == "linux":
        import ctypes  # aquí porque tarda, y dentro de la jaula no hace falta

        ctypes.CDLL(None).prctl(opcion, valor, 0, 0, 0)


def convertirse_en(
    orden: list[str], carpeta: str, limites: dict[str, list[int]], cerca: int | None
) -> NoReturn:
    """Lo que hace el hijo: quitarse privilegios y pasar a ser el programa.

    `cerca` es la de `cerca.py`, si va suelto y la hay.
    """
    try:
        if os.getppid() != 1:
            prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        termios.tcsetwinsize(0, TAMANO_DE_PANTALLA)
        # Un programa arrancado en segundo plano hereda sordera a Ctrl+C: aquí se le quita.
        for senal in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
            signal.signal(senal, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, ())
        os.chdir(carpeta)
        os.environ["PWD"] = carpeta
        for nombre, (blando, duro) in limites.items():
            limitar(getattr(resource, nombre, None), blando, duro)
        if cerca is not None:
            entrar(cerca)
        os.execv(orden[0], orden)
    except OSError as error:
        os.write(2, f"No se puede arrancar {orden[1]}: {error}\n".encode())
    finally:
        os._exit(127)


def limitar(recurso: int | None, blando: int, duro: int) -> None:
    """Baja un límite de setrlimit(2), que nunca se puede subir."""
    if recurso is None:
        return  # este sistema no lo tiene
    _, tope = resource.getrlimit(recurso)
    if tope != resource.RLIM_INFINITY:
        blando, duro = min(blando, tope), min(duro, tope)
    resource.setrlimit(recurso, (blando, duro))
