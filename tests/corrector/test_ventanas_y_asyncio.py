"""Lo que no es una falta de la entrega: no tener pantalla, o un defecto de Python."""

from __future__ import annotations

import sys

import pytest

from chatlab.corrector.historias.faltas_de_python import aviso_de_dos_ctrl_c, pide_dos_ctrl_c
from chatlab.corrector.historias.memoria_compartida import se_le_niega
from chatlab.corrector.historias.ventanas import (
    con_que_abre_ventanas,
    por_que_no_se_prueba,
    que_pide_de_windows,
)


@pytest.mark.parametrize(
    ("pantalla", "biblioteca"),
    [
        ("_tkinter.TclError: no display name and no $DISPLAY environment variable", "tkinter"),
        ('_tkinter.TclError: couldn\'t connect to display ":0"', "tkinter"),
        ("ModuleNotFoundError: No module named '_tkinter'", "tkinter"),
        ("qt.qpa.xcb: could not connect to display", "Qt"),
        ("pygame.error: No available video device", "pygame"),
        ("ConnectionRefusedError: [Errno 111] Connection refused", ""),
        ("_tkinter.TclError: unknown option -colour", ""),
        ("Tu nombre: ", ""),
    ],
)
def test_se_sabe_con_que_abre_ventanas(pantalla: str, biblioteca: str) -> None:
    assert con_que_abre_ventanas(f"Traceback…\n{pantalla}\n") == biblioteca


@pytest.mark.skipif(sys.platform == "win32", reason="en Windows los hay")
@pytest.mark.parametrize(
    ("pantalla", "que"),
    [
        ("ModuleNotFoundError: No module named 'msvcrt'", "msvcrt"),
        ("ModuleNotFoundError: No module named 'winsound'", "winsound"),
        ("AttributeError: module 'os' has no attribute 'startfile'", "os.startfile"),
        ("ModuleNotFoundError: No module named 'sokcet'", ""),
        ("Tu nombre: ", ""),
    ],
)
def test_se_sabe_que_pide_lo_que_solo_hay_en_windows(pantalla: str, que: str) -> None:
    assert que_pide_de_windows(f"Traceback…\n{pantalla}\n") == que


def test_la_frase_no_culpa_al_programa() -> None:
    frase = por_que_no_se_prueba("cliente.py", "tkinter")

    assert frase.startswith("cliente.py usa ventanas (tkinter) y aquí no hay pantalla")


@pytest.mark.parametrize(
    ("donde", "error", "niega"),
    [
        ("multiprocessing/synchronize.py", "PermissionError: [Errno 13] Permission denied", True),
        ("multiprocessing/shared_memory.py", "PermissionError: [Errno 13] …: '/psm_6'", True),
        ("servidor.py", "PermissionError: [Errno 13] Permission denied: '/dev/shm/x'", True),
        ("servidor.py", "PermissionError: [Errno 13] Permission denied: '/root/x'", False),
        ("multiprocessing/synchronize.py", "ValueError: semaphore released too many times", False),
    ],
)
def test_se_sabe_a_quien_no_se_deja_compartir_memoria(donde: str, error: str, niega: bool) -> None:
    rastro = f'Traceback…\n  File "/usr/lib/python3/{donde}", line 57, in f\n{error}\n'
    assert se_le_niega(rastro) == niega


@pytest.mark.parametrize(
    ("version", "pide"),
    [
        ((3, 11, 15), False),
        ((3, 12, 0), True),
        ((3, 12, 12), True),
        ((3, 13, 5), True),
        ((3, 13, 6), False),
        ((3, 14, 0), False),
    ],
)
def test_solo_algunas_versiones_piden_dos_ctrl_c(version: tuple[int, ...], pide: bool) -> None:
    assert pide_dos_ctrl_c("import asyncio\n", version) is pide


def test_y_solo_a_los_servidores_de_asyncio() -> None:
    assert not pide_dos_ctrl_c("import socket  # no asyncio\n", (3, 12, 4))
    assert "Python 3.12.4" in aviso_de_dos_ctrl_c("servidor.py", (3, 12, 4))
