"""Un programa en la pseudoterminal de Windows (ConPTY), a través de pywinpty."""

from __future__ import annotations

import codecs
import queue
import subprocess
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from winpty import PtyProcess

from chatlab.observador.directo.sin_terminal import EN_ESPERA, matar_en_windows
from chatlab.observador.directo.terminal import COLUMNAS, CTRL_C, FILAS, LECTURA, ejecutable


class VentanaDeWindows:
    """Un `TerminalDePrograma`."""

    tipo: str = "pty"
    senales: tuple[str, ...] = ("SIGINT", "SIGKILL")
    falta: tuple[str, ...] = ("En Windows un programa no se puede parar y continuar.",)

    def __init__(
        self, argumentos: Sequence[str], carpeta: Path, entorno: Mapping[str, str]
    ) -> None:
        python, entorno = ejecutable(entorno)
        self._proceso = PtyProcess.spawn(
            [python, *argumentos], cwd=str(carpeta), env=entorno, dimensions=(FILAS, COLUMNAS)
        )
        self._letras = codecs.getincrementaldecoder("utf-8")(errors="replace")
        # Escribir puede esperar a que el programa lea: lo hace otro hilo.
        self._para_el: queue.Queue[str | None] = queue.Queue(EN_ESPERA)
        threading.Thread(target=self._llevar, daemon=True).start()

    @property
    def pid(self) -> int:
        return int(self._proceso.pid)

    def _llevar(self) -> None:
        while (texto := self._para_el.get()) is not None:
            try:
                self._proceso.write(texto)
            except (OSError, EOFError):
                return  # el programa ya no está

    def leer(self) -> bytes:
        try:
            # A veces despierta sin nada: eso no es el final.
            while not (texto := str(self._proceso.read(LECTURA))):
                pass
        except (OSError, EOFError):
            return b""
        return texto.encode("utf-8", errors="replace")

    def teclear(self, datos: bytes) -> None:
        try:
            self._para_el.put_nowait(self._letras.decode(datos))
        except queue.Full:
            pass  # no lo lee: se pierde, como en una terminal

    @property
    def a_ciegas(self) -> bool:
        return False  # no hay manera de saberlo

    def redimensionar(self, filas: int, columnas: int) -> None:
        if self._proceso.isalive():
            self._proceso.setwinsize(filas, columnas)

    def enviar(self, senal: str) -> None:
        if senal == "SIGINT":
            self.teclear(CTRL_C)
        elif self._proceso.isalive():
            matar_en_windows(self.pid)

    def esperar(self) -> int:
        return int(self._proceso.wait() or 0)

    def cerrar(self) -> None:
        try:
            self._proceso.close(force=True)
        except (OSError, EOFError, subprocess.SubprocessError):
            pass  # ya estaba cerrada

    def soltar(self) -> None:
        try:
            self._para_el.put_nowait(None)
        except queue.Full:
            pass  # ese hilo acaba al fallar la escritura
