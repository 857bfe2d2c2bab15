"""Dónde se cerró el socket que el programa vuelve a usar: el `close` que se ejecutó.

En el código puede haber varios, o ninguno: un `with` también cierra.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from chatlab.corrector.diagnostico.deducciones.parada import lugar_de
from chatlab.corrector.diagnostico.hallazgo import Grado, Hallazgo
from chatlab.sonda import Suceso

#: Lo que dice el sistema de un socket ya cerrado: EBADF, y WSAENOTSOCK en Windows.
_CERRADO = re.compile(r"\[Errno 9\]|WinError 10038")


def donde_se_cerro(error: Hallazgo, carpeta: Path, sucesos: Sequence[Suceso]) -> Hallazgo | None:
    """La línea que cerró el socket de ese error; None si no es de eso, o hay varias.

    `sucesos` son los del programa en que ocurrió.
    """
    if error.error is None or not _CERRADO.search(error.error.mensaje):
        return None
    lineas = {suceso.lugar for suceso in sucesos if suceso.tipo == "close" and suceso.lugar}
    lugar = lugar_de(lineas.pop(), carpeta) if len(lineas) == 1 else None
    if lugar is None:
        return None
    como = "al salir de este `with`" if lugar.codigo.startswith("with ") else "aquí"
    return Hallazgo(Grado.VISTO, causa=f"El socket se cerró {como}.", lugar=lugar)
