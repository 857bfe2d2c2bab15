"""El final de los programas: se les pide que terminen, y al que no lo hace se le mata."""

from __future__ import annotations

import time
from collections.abc import Sequence

from chatlab.observador.directo.en_pantalla import EnPantalla
from chatlab.observador.directo.restos import matar_restos

#: Segundos que tienen para terminar después de Ctrl+C, de otro Ctrl+C, de SIGTERM y de SIGKILL.
PLAZO_DE_CTRL_C = 1.5
PLAZO_DEL_SEGUNDO = 0.5
PLAZO_DE_SIGTERM = 0.5
PLAZO_DE_SIGKILL = 5.0


def terminar(tandas: Sequence[Sequence[EnPantalla]], marca: str) -> None:
    """Termina cada tanda cuando ha terminado la anterior; al volver no queda nada en marcha.

    Los clientes van antes que su servidor: si cerrara él primero, su puerto quedaría reservado un
    minuto (TIME-WAIT, RFC 9293, 3.6), y no se podría volver a arrancar. `marca` es la variable de
    entorno, «NOMBRE=valor», que llevan todos y todo lo que hayan arrancado.
    """
    for tanda in tandas:
        _pedir(tanda)
    programas = [programa for tanda in tandas for programa in tanda]
    for programa in programas:
        # Aunque haya terminado: en su grupo puede quedar algún hijo.
        programa.terminal.enviar("SIGKILL")
    matar_restos(marca)
    _esperar(programas, PLAZO_DE_SIGKILL)
    for programa in programas:
        programa.cerrar()


def _pedir(programas: Sequence[EnPantalla]) -> None:
    """Como cuando se cierra la clase: Ctrl+C en cada terminal y, al que sigue, SIGTERM.

    Quien recibe el primero justo antes de empezar a esperar no despierta: por eso hay dos.
    """
    for plazo in (PLAZO_DE_CTRL_C, PLAZO_DEL_SEGUNDO):
        vivos = [programa for programa in programas if programa.vivo]
        for programa in vivos:
            programa.terminal.enviar("SIGCONT")  # un programa parado no oye nada más
            programa.enviar("SIGINT")
        _esperar(vivos, plazo)
    vivos = [programa for programa in vivos if programa.vivo]
    for programa in vivos:
        programa.terminal.enviar("SIGTERM")
    _esperar(vivos, PLAZO_DE_SIGTERM)


def _esperar(programas: Sequence[EnPantalla], plazo: float) -> None:
    limite = time.monotonic() + plazo
    for programa in programas:
        programa.esperar(max(0.0, limite - time.monotonic()))
