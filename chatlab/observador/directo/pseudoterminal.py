"""Un programa en una pseudoterminal (pty(7)): cree que tiene una pantalla y un teclado delante."""

from __future__ import annotations

import os
import pty
import select
import socket
import subprocess
import sys
import termios
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from chatlab.observador.directo.terminal import (
    COLUMNAS,
    CTRL_C,
    FILAS,
    LECTURA,
    MAX_TECLEADO,
    al_grupo,
    ejecutable,
)

LANZADOR = Path(__file__).with_name("lanzador.py")
#: La terminal borra letras enteras, también las de varios bytes; `termios` no le pone nombre.
IUTF8 = 0o40000


class Pseudoterminal:
    """Un `TerminalDePrograma`; el hilo que lee es también el que escribe lo tecleado."""

    tipo: str = "pty"
    senales: tuple[str, ...] = ("SIGINT", "SIGSTOP", "SIGCONT", "SIGKILL")
    falta: tuple[str, ...] = ()

    def __init__(
        self, argumentos: Sequence[str], carpeta: Path, entorno: Mapping[str, str]
    ) -> None:
        self._pty, suya = pty.openpty()
        try:
            termios.tcsetwinsize(suya, (FILAS, COLUMNAS))
            modos = termios.tcgetattr(suya)
            modos[0] |= IUTF8
            termios.tcsetattr(suya, termios.TCSANOW, modos)
            self._proceso = self._arrancar(argumentos, carpeta, entorno, suya)
        except OSError:
            os.close(self._pty)
            raise
        finally:
            os.close(suya)
        os.set_blocking(self._pty, False)
        self._por_teclear = bytearray()
        self._abierta = True
        self._candado = threading.Lock()
        # Despierta a quien espera para leer: hay algo que teclear, o se acabó.
        self._timbre, self._pulsador = socket.socketpair()
        self._pulsador.setblocking(False)

    @staticmethod
    def _arrancar(
        argumentos: Sequence[str], carpeta: Path, entorno: Mapping[str, str], suya: int
    ) -> subprocess.Popen[bytes]:
        python, entorno = ejecutable(entorno)
        return subprocess.Popen(
            [sys.executable, "-I", "-S", str(LANZADOR), python, *argumentos],
            cwd=carpeta,
            env=entorno,
            stdin=suya,
            stdout=suya,
            stderr=suya,
            start_new_session=True,
        )

    @property
    def pid(self) -> int:
        return self._proceso.pid

    def leer(self) -> bytes:
        while True:
            with self._candado:
                if not self._abierta:
                    return b""
                quien_espera = [self._pty] if self._por_teclear else []
            timbre = self._timbre.fileno()
            listos, con_sitio, _ = select.select([self._pty, timbre], quien_espera, [])
            if timbre in listos:
                self._timbre.recv(LECTURA)
            if con_sitio:
                self._teclear_lo_que_quepa()
            if self._pty in listos:
                datos = self._leer_lo_que_haya()
                if datos is not None:
                    return datos

    def _leer_lo_que_haya(self) -> bytes | None:
        """Todo lo que haya salido; vacío si no queda nadie, y `None` si aún no hay nada."""
        datos = b""
        try:
            while len(datos) < LECTURA and (mas := os.read(self._pty, LECTURA)):
                datos += mas
        except BlockingIOError:
            return datos or None
        except OSError:
            pass  # así dice Linux que al otro lado no queda nadie
        return datos

    def _teclear_lo_que_quepa(self) -> None:
        with self._candado:
            try:
                escritos = os.write(self._pty, self._por_teclear)
            except BlockingIOError:
                return
            except OSError:
                escritos = len(self._por_teclear)  # ha terminado: nadie lo leerá
            del self._por_teclear[:escritos]

    def teclear(self, datos: bytes) -> None:
        with self._candado:
            self._por_teclear += datos[: MAX_TECLEADO - len(self._por_teclear)]
        self._tocar_el_timbre()

    def _tocar_el_timbre(self) -> None:
        try:
            self._pulsador.send(b"!")
        except OSError:
            pass  # ya ha sonado mil veces, o no queda quien lo oiga

    @property
    def a_ciegas(self) -> bool:
        with self._candado:
            if not self._abierta:
                return False
            try:
                modos = termios.tcgetattr(self._pty)[3]
            except termios.error:
                return False  # en macOS, si el programa acaba de terminar
        # Quien lee tecla a tecla también quita el eco, pero lo escribe él.
        return bool(modos & termios.ICANON and not modos & termios.ECHO)

    def redimensionar(self, filas: int, columnas: int) -> None:
        with self._candado:
            if self._abierta:
                termios.tcsetwinsize(self._pty, (filas, columnas))

    def enviar(self, senal: str) -> None:
        if senal != "SIGINT":
            al_grupo(self.pid, senal)
            return
        with self._candado:
            atascado = bool(self._por_teclear)
            self._por_teclear.clear()
        if atascado:
            # Ctrl+C va detrás de lo que no lee, y no llegaría.
            al_grupo(self.pid, senal)
        else:
            self.teclear(CTRL_C)

    def esperar(self) -> int:
        return self._proceso.wait()

    def cerrar(self) -> None:
        with self._candado:
            self._abierta = False
        self._tocar_el_timbre()

    def soltar(self) -> None:
        with self._candado:
            self._abierta = False
            for cosa in (self._timbre, self._pulsador):
                cosa.close()
            os.close(self._pty)
