"""Con quién hay que seguir aunque no llegue nada suyo: le quedan líneas, o acaba su pausa."""

from __future__ import annotations

import heapq
import math
from itertools import count

from chatlab.motor.conexion import Cliente
from chatlab.motor.reloj import Reloj
from chatlab.motor.vigia import Vigia

#: Segundos de la pausa más corta de quien envía demasiado deprisa.
PAUSA_MINIMA = 0.05


class Pendientes:
    """Los clientes de los que se ha leído más de lo atendido, y los que están en pausa."""

    def __init__(self, vigia: Vigia, reloj: Reloj) -> None:
        self._vigia = vigia
        self._reloj = reloj
        self._con_lineas: dict[Cliente, None] = {}  # tienen líneas para la próxima vuelta
        self._pausas: list[tuple[float, int, Cliente]] = []  # cuándo acaba cada una
        self._orden = count()  # para dos pausas que acaben a la vez

    def __contains__(self, cliente: Cliente) -> bool:
        """Dice si le quedan líneas para la próxima vuelta."""
        return cliente in self._con_lineas

    def anotar(self, cliente: Cliente) -> None:
        """Le quedan líneas: se atenderán en la próxima vuelta."""
        self._con_lineas[cliente] = None

    def tomar(self) -> list[Cliente]:
        """Los que tienen líneas por atender, por orden; dejan de estar apuntados."""
        clientes = list(self._con_lineas)
        self._con_lineas.clear()
        return clientes

    def pausar(self, cliente: Cliente, espera: float) -> None:
        """Va demasiado deprisa: no se le lee más hasta dentro de esos segundos."""
        cliente.en_pausa = True
        acaba = self._reloj.ahora + max(espera, PAUSA_MINIMA)
        heapq.heappush(self._pausas, (acaba, next(self._orden), cliente))
        self._vigia.vigilar(cliente)

    def acabar_pausas(self) -> None:
        """Sigue con aquellos cuya pausa ha acabado."""
        while self._pausas and self._pausas[0][0] <= self._reloj.ahora:
            *_, cliente = heapq.heappop(self._pausas)
            cliente.en_pausa = False
            self.reanudar(cliente)

    def reanudar(self, cliente: Cliente) -> None:
        """Si nada más lo impide, se sigue con un cliente que estaba parado."""
        if cliente.entrada and cliente.entrada.hay_lineas and cliente.se_le_lee:
            self.anotar(cliente)
        self._vigia.vigilar(cliente)

    def cuando(self) -> float:
        """A qué hora hay algo que hacer: ya (0), al acabar una pausa o nunca (infinito)."""
        if self._con_lineas:
            return 0.0
        return self._pausas[0][0] if self._pausas else math.inf
