"""Un proceso que trabaja para otro, y del que no queda nada cuando se recoge."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

#: Segundos que tiene para recoger lo suyo después de pedirle que acabe.
PLAZO_PARA_RECOGER = 10.0


class ProcesoAparte:
    """Una orden en marcha, en su propio grupo de procesos y sin teclado."""

    def __init__(
        self, orden: Sequence[str], carpeta: Path, entorno: Mapping[str, str], salida: IO[bytes]
    ) -> None:
        self._recogido = False
        self._proceso = subprocess.Popen(
            orden,
            cwd=carpeta,
            env=dict(entorno),
            stdin=subprocess.DEVNULL,
            # A un archivo: con una tubería, un nieto que siguiera vivo la tendría abierta.
            stdout=salida,
            stderr=subprocess.STDOUT,
            # En otro grupo no le llega el Ctrl+C de esta terminal: decide quien lo arrancó.
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )

    def esperar(self, plazo: float) -> int | None:
        """Su código, negativo si lo mató una señal; `None` si a los `plazo` segundos sigue."""
        try:
            return self._proceso.wait(plazo)
        except subprocess.TimeoutExpired:
            return None

    def recoger(self) -> None:
        """Le pide que acabe, como con Ctrl+C, si sigue; y mata lo que quede de él y los suyos."""
        if sys.platform == "win32":
            self._recoger_en_windows()
        elif not self._recogido:
            if self._proceso.poll() is None:
                self._proceso.send_signal(signal.SIGINT)
                self.esperar(PLAZO_PARA_RECOGER)
            try:
                # El grupo es suyo aunque él haya acabado: los que dejó siguen en él.
                os.killpg(self._proceso.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass  # no queda nadie
        self._proceso.wait()
        self._recogido = True

    def _recoger_en_windows(self) -> None:
        # Allí Ctrl+C no llega a otro grupo, y matar al padre no mata a los hijos.
        if self._proceso.poll() is None:
            orden = ["taskkill", "/F", "/T", "/PID", str(self._proceso.pid)]
            subprocess.run(orden, capture_output=True, check=False)
