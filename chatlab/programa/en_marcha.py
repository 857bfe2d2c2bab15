"""Otro programa de Python en marcha: se le teclea, y un hilo lee su pantalla línea a línea."""

from __future__ import annotations

import queue
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Sequence

from chatlab.programa.entorno import entorno_de_chatlab

#: Las últimas líneas de su pantalla, que se guardan por si falla.
LINEAS_GUARDADAS = 20


class ProgramaEnMarcha:
    """Un proceso que encuentra este mismo chatlab; `argumentos` son los de Python.

    Su pantalla se lee siempre: si no, acabaría esperando a que se leyera. Sin `teclado` no se le
    puede teclear. Para el programa de otro están las terminales de `corrector/jaula/`: lo que hay
    que hacer allí es encerrarlo, ponerle límites y no fiarse de nada de lo que escribe.
    """

    def __init__(self, argumentos: Sequence[str], *, teclado: bool = True) -> None:
        self._lineas: queue.Queue[str | None] = queue.Queue()  # None: ha terminado
        self._ultimas: deque[str] = deque(maxlen=LINEAS_GUARDADAS)
        self._se_mira = True
        self._proceso = subprocess.Popen(
            [sys.executable, *argumentos],
            stdin=subprocess.PIPE if teclado else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=entorno_de_chatlab(),
            encoding="utf-8",
            errors="replace",
            # En Windows, Ctrl+C solo se puede enviar a un grupo de procesos aparte.
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        threading.Thread(target=self._leer, daemon=True).start()

    def _leer(self) -> None:
        assert self._proceso.stdout is not None
        with self._proceso.stdout as pantalla:
            for linea in pantalla:
                self._ultimas.append(linea)
                if self._se_mira:
                    self._lineas.put(linea.rstrip("\n"))
        self._lineas.put(None)

    @property
    def pid(self) -> int:
        """Su número de proceso."""
        return self._proceso.pid

    @property
    def ultimas_lineas(self) -> str:
        """Lo último que ha escrito: hasta `LINEAS_GUARDADAS` líneas."""
        return "".join(self._ultimas).strip()

    def siguiente_linea(self, limite: float) -> str | None:
        """La siguiente línea de su pantalla; `None` si no habrá más.

        Lanza `TimeoutError` si no la hay antes del instante `limite` (`time.monotonic`).
        """
        try:
            linea = self._lineas.get(timeout=max(0.0, limite - time.monotonic()))
        except queue.Empty:
            raise TimeoutError from None
        if linea is None:
            self._lineas.put(None)  # quien pregunte después también debe saberlo
        return linea

    def dejar_de_mirar(self) -> None:
        """Lo que escriba desde ahora se lee y se tira, salvo las últimas líneas."""
        self._se_mira = False

    def teclear(self, linea: str) -> None:
        """Teclea una línea y pulsa Intro."""
        assert self._proceso.stdin is not None
        self._proceso.stdin.write(f"{linea}\n")
        self._proceso.stdin.flush()

    def ctrl_c(self) -> None:
        """Le pide que termine como lo pide quien pulsa Ctrl+C; en Windows, Ctrl+Inter."""
        ctrl_c_de_windows: signal.Signals | None = getattr(signal, "CTRL_BREAK_EVENT", None)
        self._proceso.send_signal(ctrl_c_de_windows or signal.SIGINT)

    def esperar_codigo(self, plazo: float) -> int:
        """Espera a que termine y da su código; lanza `TimeoutExpired` a los `plazo` segundos."""
        return self._proceso.wait(plazo)

    def retirar(self) -> None:
        """Lo mata si sigue en marcha, y espera a que no quede nada de él."""
        self._proceso.kill()
        self._proceso.wait()
