"""Un programa con tuberías en lugar de terminal: así se mira en Windows si no está pywinpty.

El programa cree que escribe en un archivo: no hay colores ni líneas que se vuelven a escribir. Lo
tecleado se ve porque se enseña aquí, y llega renglón a renglón.
"""

from __future__ import annotations

import codecs
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from chatlab.observador.directo.renglon import Renglon
from chatlab.observador.directo.terminal import LECTURA, al_grupo, ejecutable
from chatlab.programa.instalacion import orden_de_instalar

#: Trozos tecleados, o de pantalla, que esperan a quien los lee.
EN_ESPERA = 256


class SinTerminal:
    """Un `TerminalDePrograma` con tuberías."""

    tipo: str = "tuberias"
    senales: tuple[str, ...] = (
        ("SIGINT", "SIGKILL")
        if sys.platform == "win32"
        else ("SIGINT", "SIGSTOP", "SIGCONT", "SIGKILL")
    )

    def __init__(
        self, argumentos: Sequence[str], carpeta: Path, entorno: Mapping[str, str]
    ) -> None:
        self.falta: tuple[str, ...] = (_lo_que_falta(),)
        python, suyo = ejecutable(entorno)
        self._proceso = subprocess.Popen(
            [python, *argumentos],
            cwd=carpeta,
            # En una terminal, lo escrito sale línea a línea; en una tubería habría que esperar.
            env={**suyo, "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            bufsize=0,
            start_new_session=os.name == "posix",
            # Ctrl+C, o lo que más se le parece, solo se puede enviar a un grupo aparte.
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        self._renglon = Renglon()
        self._letras = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self._candado = threading.Lock()
        self._para_el: queue.Queue[bytes | None] = queue.Queue(EN_ESPERA)
        self._visto: queue.Queue[bytes] = queue.Queue(EN_ESPERA)
        for tarea in (self._llevar, self._traer):
            threading.Thread(target=tarea, daemon=True).start()

    @property
    def pid(self) -> int:
        return self._proceso.pid

    def _traer(self) -> None:
        assert self._proceso.stdout is not None
        with self._proceso.stdout as salida:
            while datos := salida.read(LECTURA):
                # Una terminal vuelve al principio de la línea al cambiar a la siguiente.
                self._visto.put(datos.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
        self._visto.put(b"")

    def _llevar(self) -> None:
        assert self._proceso.stdin is not None
        try:
            with self._proceso.stdin as entrada:
                while (datos := self._para_el.get()) is not None:
                    entrada.write(datos)
        except OSError:
            pass  # el programa ya no está, o cerró su entrada

    def leer(self) -> bytes:
        return self._visto.get()

    def teclear(self, datos: bytes) -> None:
        with self._candado:
            dado = self._renglon.pulsar(self._letras.decode(datos))
        try:
            if dado.eco:
                self._visto.put_nowait(dado.eco.encode())
            if dado.lineas:
                self._para_el.put_nowait(dado.lineas.encode())
            if dado.acaba:
                self._para_el.put_nowait(None)
        except queue.Full:
            pass  # no lo lee: se pierde, como en una terminal
        if dado.interrumpe:
            self.enviar("SIGINT")

    @property
    def a_ciegas(self) -> bool:
        return False  # no hay manera de saberlo

    def redimensionar(self, filas: int, columnas: int) -> None:
        pass  # no tiene pantalla que medir

    def enviar(self, senal: str) -> None:
        if sys.platform != "win32":
            al_grupo(self.pid, senal)
        elif self._proceso.poll() is not None:
            pass
        elif senal == "SIGINT":
            self._proceso.send_signal(signal.CTRL_BREAK_EVENT)
        else:
            matar_en_windows(self.pid)

    def esperar(self) -> int:
        return self._proceso.wait()

    def cerrar(self) -> None:
        try:
            self._visto.put_nowait(b"")
        except queue.Full:
            pass  # quien lee tiene de sobra, y después vendrá el final

    def soltar(self) -> None:
        try:
            self._para_el.put_nowait(None)
        except queue.Full:
            pass  # quien le lleva lo tecleado acabará al cerrarse la tubería


def _lo_que_falta() -> str:
    frase = "Los programas van sin terminal: ni hay colores, ni se borra lo que ya está escrito."
    if sys.platform == "win32":
        return f"{frase} Para que la tengan: {orden_de_instalar('observador')}"
    return frase


def matar_en_windows(pid: int) -> None:
    """Mata el programa y los que haya arrancado (`taskkill`)."""
    orden = ["taskkill", "/F", "/T", "/PID", str(pid)]
    subprocess.run(orden, capture_output=True, check=False)
