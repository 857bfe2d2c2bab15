"""Quién da vueltas en vano: trabaja sin parar, y no hace nada que se note.

Un servidor que pregunta a sus sockets una y otra vez, sin esperar, no duerme nunca. También él
acaba con lo que tiene que hacer: se sabe porque gasta procesador y ya no pasa nada. Se mide en
segundos de procesador, y no de reloj: en una máquina muy ocupada, puede que aún no le haya tocado.
"""

from __future__ import annotations

from collections.abc import Mapping

from chatlab.sistema import nucleo
from chatlab.sonda.proceso import Proceso, hilo_de
from chatlab.sonda.quietud import espera_con_plazo

#: El PID y el TID de un hilo, vistos desde aquí.
Clave = tuple[int, int]

#: Segundos de procesador que debe gastar sin que se note nada para decir que gira en vano.
GIRO = 2.0
#: Los mismos, cuando hay prisa y equivocarse no decide un veredicto.
GIRO_CON_PRISA = 0.15


class Giros:
    """Lo que lleva gastado cada hilo despierto desde la última vez que se notó algo."""

    def __init__(self) -> None:
        self._huella: object = None
        self._desde: dict[Clave, float] = {}

    def en_vano(
        self, vivos: list[Proceso], huella: object, movimiento: float, *, con_prisa: bool
    ) -> bool:
        """Si quienes están despiertos giran en vano y los demás esperan. Lanza `NoSeVe`.

        `huella` es distinta cada vez que se nota algo, y `movimiento` es el instante del último.
        """
        foto, despiertos = nucleo.repartir([proceso.pid_fuera for proceso in vivos])
        if not despiertos:
            return False  # si todos duermen, eso ya se sabe mirar mejor
        # Quien aún no ha hecho nada puede estar importando una biblioteca grande.
        nuevos = {proceso.pid_fuera for proceso in vivos if proceso.cuantos_sucesos <= 1}
        normal = GIRO_CON_PRISA if con_prisa else GIRO
        minimos = {clave: GIRO if clave[0] in nuevos else normal for clave in despiertos}
        if not self._han_gastado(huella, despiertos, minimos):
            return False
        giran = {pid for pid, _ in despiertos}
        return all(
            espera_con_plazo(hilo_de(vivos, *clave), dormido.que, movimiento, con_prisa=con_prisa)
            for clave, dormido in foto.items()
            # En un programa que gira, los demás hilos esperan un momento a que les toque (el GIL).
            if dormido.con_plazo and not (dormido.que == "candado" and clave[0] in giran)
        )

    def _han_gastado(
        self, huella: object, gastos: Mapping[Clave, float], minimos: Mapping[Clave, float]
    ) -> bool:
        """Si cada uno ha gastado su mínimo desde que cambió la huella."""
        if huella != self._huella:
            self._huella = huella
            self._desde.clear()
        # Primero se empieza a contar a todos: también a los que van detrás de uno que no llega.
        faltan = [
            clave
            for clave, gastado in gastos.items()
            if gastado - self._desde.setdefault(clave, gastado) < minimos[clave]
        ]
        return not faltan
