"""Quien mata a los programas si muere quien los mira: nadie más los terminaría.

    python -m chatlab.observador.directo.vigilante MARCA

Es otro proceso, porque a quien lo matan con SIGKILL no le da tiempo a nada. Su entrada es una
tubería que el sistema cierra entonces. Al cerrarse su terminal, casi todos los programas terminan
con SIGHUP; quedan los que no la tienen, los que no le hacen caso y los hijos que la dejaron.
"""

from __future__ import annotations

import subprocess
import sys
import threading

from chatlab.observador.directo.restos import matar_restos
from chatlab.programa.entorno import PAQUETE

#: Segundos que tienen para terminar por su cuenta.
GRACIA = 1.0
#: Lo que se le escribe cuando ya no hace falta.
TODO_EN_ORDEN = b"."


class Vigilante:
    """En marcha hasta `cerrar`; solo en Linux, donde se ve de quién es cada proceso."""

    def __init__(self, marca: str) -> None:
        self._proceso: subprocess.Popen[bytes] | None = None
        if sys.platform == "linux":
            self._proceso = subprocess.Popen(
                [sys.executable, "-m", __name__, marca],
                cwd=PAQUETE.parent,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # el Ctrl+C de esta terminal no es para él
            )

    def cerrar(self) -> None:
        """Los programas ya han terminado."""
        if self._proceso is not None:
            self._proceso.communicate(TODO_EN_ORDEN)


def vigilar(marca: str) -> None:
    """Espera a que todo esté en orden o a que muera quien mira; entonces, mata a los que queden."""
    if not sys.stdin.buffer.read(1):
        threading.Event().wait(GRACIA)
        matar_restos(marca)


if __name__ == "__main__":
    vigilar(sys.argv[1])
