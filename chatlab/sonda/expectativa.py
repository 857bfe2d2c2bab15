"""¿Puede pasar algo todavía? Lo que dice Linux de cada hilo y, donde no se ve, los sucesos.

Quien pregunta tiene el candado del testigo, y lo que haya llegado, leído.
"""

from __future__ import annotations

import time
from collections.abc import Iterable

from chatlab.sistema import nucleo
from chatlab.sistema.de_camino import RedesMiradas
from chatlab.sistema.proc import MUERTO
from chatlab.sonda.giros import Giros
from chatlab.sonda.libro import Libro
from chatlab.sonda.oyente import Oyente
from chatlab.sonda.proceso import Proceso, hilo_de
from chatlab.sonda.puertos import SinTramo, Tramo
from chatlab.sonda.quietud import espera_con_plazo, todos_esperan

#: Sucesos que cuenta, entre una pregunta y la siguiente, quien no para. Quien no para puede dormir
#: mucho: mientras le leen lo que cuenta.
RAFAGA = 200


class Expectativa:
    """Lo que se puede esperar de los procesos de `libro`, que hablan por los puertos de `tramo`."""

    def __init__(
        self,
        libro: Libro,
        oyente: Oyente,
        tramo: Tramo | SinTramo,
        redes: RedesMiradas,
        *,
        mirar_nucleo: bool,
    ) -> None:
        self._libro = libro
        self._oyente = oyente
        self._tramo = tramo
        self._redes = redes
        self._mira_el_nucleo = mirar_nucleo
        self._despertares: dict[tuple[int, int], int] = {}
        self._movimiento = 0.0
        self._giros = Giros()
        #: Los sucesos de cada programa cuando se preguntó la última vez si trabajaba.
        self._contados: dict[int | None, int] = {}

    def ultimo_movimiento(self) -> float:
        """El instante (`time.monotonic`) en que se vio al último hacer algo que no es esperar."""
        return max(self._libro.ultima_actividad, self._movimiento)

    def colas_del_procesador(self) -> dict[tuple[int, int], float]:
        """Los segundos que cada hilo en marcha ha esperado al procesador; vacío si no se sabe."""
        if not self._mira_el_nucleo:
            return {}
        try:
            return nucleo.colas_del_procesador([proceso.pid_fuera for proceso in self._libro.vivos])
        except nucleo.NoSeVe:
            return {}

    def alguien_puede_despertar(self, *, con_prisa: bool) -> bool:
        """Si algún hilo puede hacer algo cuando le venza un plazo."""
        if not con_prisa and self._puede_vencer_un_candado():
            return True
        movimiento = self.ultimo_movimiento()
        return any(
            hilo.espera is not None
            and hilo.espera.plazo is not None
            and not espera_con_plazo(hilo, hilo.espera.detalle, movimiento, con_prisa=con_prisa)
            for proceso in self._libro.vivos
            for hilo in proceso.hilos.values()
        )

    def _puede_vencer_un_candado(self) -> bool:
        """Si un hilo espera a otro con plazo: donde se mira el núcleo, la sonda no lo cuenta."""
        if not self._mira_el_nucleo:
            return False
        try:
            return any(
                nucleo.espera_un_candado_con_plazo(proceso.pid_fuera)
                for proceso in self._libro.vivos
            )
        except nucleo.NoSeVe:
            return False

    def todo_quieto(self, arrancados: list[int], *, con_prisa: bool) -> bool:
        """Si ahora mismo todos esperan leer y no hay nada de camino: véase `Testigo`."""
        vivos = self._libro.vivos
        if self._falta_alguno(arrancados) or not vivos:
            return False
        if any(proceso.desbordado for proceso in vivos) or self._oyente.hay_pendiente():
            return False
        quietos = self._quietos_en_el_nucleo(vivos, con_prisa)
        if quietos is None:
            quietos = todos_esperan(self._libro, con_prisa=con_prisa)
        return quietos and not self._oyente.hay_pendiente()

    def _falta_alguno(self, arrancados: list[int]) -> bool:
        """Si de algún programa en marcha no ha llegado todavía ningún proceso."""
        llegados = {proceso.pid_fuera for proceso in self._libro.procesos}
        faltan = {pid for pid in arrancados if pid not in llegados}
        if not self._mira_el_nucleo:
            return bool(faltan)
        for proceso in self._libro.vivos if faltan else ():
            faltan.difference_update(_antepasados(proceso.pid_fuera))
        return any(nucleo.estado_de(pid) not in MUERTO for pid in faltan)

    def _quietos_en_el_nucleo(self, vivos: list[Proceso], con_prisa: bool) -> bool | None:
        """Lo mismo, preguntando a Linux; None si no se puede."""
        if not self._mira_el_nucleo:
            return None
        pids = [proceso.pid_fuera for proceso in vivos]
        try:
            foto = nucleo.fotografiar(pids)
            if foto is None:
                return False
            duermen = any(dormido.que == "reloj" for dormido in foto.values())
            if self._redes.hay_bytes_de_camino(pids, self._puertos(), sin_leer=duermen):
                return False
            if not nucleo.siguen_dormidos(foto):
                return False
            self._apuntar_despertares(foto)
            movimiento = self.ultimo_movimiento()
            return all(
                espera_con_plazo(
                    hilo_de(vivos, *clave), dormido.que, movimiento, con_prisa=con_prisa
                )
                for clave, dormido in foto.items()
                if dormido.con_plazo
            )
        except nucleo.NoSeVe:
            return None

    def _apuntar_despertares(self, foto: nucleo.Foto) -> None:
        """Si alguien de los que no tienen plazo ha despertado desde la última vez, se movió."""
        despertares = {
            clave: dormido.turnos for clave, dormido in foto.items() if not dormido.con_plazo
        }
        if despertares != self._despertares:
            self._despertares = despertares
            self._movimiento = time.monotonic()

    def trabaja(self, pid: int | None) -> bool | None:
        """Si está despierto algún hilo de ese programa o de sus hijos: véase `Testigo`."""
        suyos = [proceso for proceso in self._libro.vivos if proceso.pid == pid]
        contados = sum(proceso.cuantos_sucesos for proceso in suyos)
        rafaga, self._contados[pid] = contados - self._contados.get(pid, contados), contados
        if rafaga > RAFAGA or any(proceso.desbordado for proceso in suyos):
            return True
        if not self._mira_el_nucleo:
            return None
        try:
            _, despiertos = nucleo.repartir(proceso.pid_fuera for proceso in suyos)
        except nucleo.NoSeVe:
            return None
        return bool(despiertos)

    def giran_en_vano(
        self, arrancados: Iterable[int], huella: object, *, con_prisa: bool, parados: bool
    ) -> bool:
        """Si quienes no duermen dan vueltas en vano, y los demás esperan: véase `Testigo`."""
        vivos = self._libro.vivos
        if not self._mira_el_nucleo or not vivos or self._oyente.hay_pendiente():
            return False
        if any(proceso.desbordado for proceso in vivos):
            return False
        if not set(arrancados) <= {proceso.pid for proceso in vivos}:
            return False  # alguno acaba de arrancar
        pids = [proceso.pid_fuera for proceso in vivos]
        try:
            if self._redes.hay_bytes_de_camino(pids, self._puertos(), sin_leer=not parados):
                return False
            notado = (huella, self._libro.ultima_actividad, len(self._libro.sucesos))
            return self._giros.en_vano(vivos, notado, self.ultimo_movimiento(), con_prisa=con_prisa)
        except nucleo.NoSeVe:
            return False

    def _puertos(self) -> set[int]:
        tramo = range(self._tramo.primero, self._tramo.ultimo + 1)
        return {*tramo, *(puerto for reales in self._libro.extremos for puerto in reales)}


def _antepasados(pid: int) -> set[int]:
    antepasados: set[int] = set()
    padre = nucleo.padre_de(pid)
    while padre and padre not in antepasados:
        antepasados.add(padre)
        padre = nucleo.padre_de(padre)
    return antepasados
