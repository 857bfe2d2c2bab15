"""Dónde está cada hilo, cuando el testigo lo pregunta con una señal.

Es la única manera de saber por qué línea va un bucle sin fin, que no llama a nadie. Solo se
pregunta cuando una comprobación ya ha fallado. La señal es de las de tiempo real, que ningún
programa de clase usa, y a quien espera no lo despierta: Python repite la llamada (PEP 475).

También lo cuenta quien ha gastado todo el procesador que le dejan, antes de que el sistema lo
termine por ello (SIGXCPU): después ya no hay a quién preguntar.
"""

from __future__ import annotations

import sys

from .envolturas import sin_romper
from .lugares import lugar_de, pila_de
from .texto import citar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .sonda import Sonda

_signal: Any = __import__("_signal")  # la de dentro: `signal` es de Python, y no está cargada


#: Como en el testigo, que es quien la envía.
BAJO_LA_ULTIMA = 3


def atender_preguntas(sonda: Sonda) -> None:
    """Pone el manejador de la señal, donde la hay."""
    ultima = getattr(_signal, "SIGRTMAX", None)
    if ultima is not None:
        contestar = _Contestar(sonda)
        _signal.signal(ultima - BAJO_LA_ULTIMA, contestar)
        _signal.signal(_signal.SIGXCPU, contestar)


class _Contestar:
    """Cuenta por qué línea va cada hilo."""

    def __init__(self, sonda: Sonda) -> None:
        self._sonda = sonda

    @sin_romper
    def __call__(self, senal: int, marco: Any) -> None:
        hilos = getattr(sys.modules.get("threading"), "_active", {})
        for numero, suyo in sys._current_frames().items():
            self._contar(hilos.get(numero), suyo)
        agotado = senal == _signal.SIGXCPU
        self._sonda.canal.emitir("paraderos", ',"detalle":"procesador"' if agotado else "")
        self._sonda.canal.asegurar()
        if agotado:
            _signal.signal(senal, _signal.SIG_DFL)
            _signal.raise_signal(senal)

    def _contar(self, hilo: Any, marco: Any) -> None:
        nombre = getattr(hilo, "name", "")
        tid = getattr(hilo, "native_id", None) or 0
        demonio = "true" if getattr(hilo, "daemon", False) else "false"
        pila = ",".join(citar(lugar) for lugar in pila_de(marco))
        self._sonda.canal.emitir(
            "paradero",
            f',"cuantos":{tid},"detalle":{citar(nombre)},"daemon":{demonio}'
            f',"lugar":{citar(lugar_de(marco))},"pila":[{pila}]',
        )
