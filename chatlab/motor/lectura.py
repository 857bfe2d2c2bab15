"""La lectura: de los bytes de un cliente a las líneas que se llevan a quien las atiende.

Cada llamada a `leer` sigue un solo camino:

    leer  ──►  recibir lo que haya  ──►  atender unas líneas  ──►  en un lote, o de una en una
                                               ▲                        │
                                               └── en la próxima vuelta ┘  si quedan
"""

from __future__ import annotations

from typing import Protocol

from chatlab.chat.limites import KIB, Limites
from chatlab.chat.lote import son_mensajes
from chatlab.chat.protocolo import LINEA_SIN_FINAL, Recibida
from chatlab.chat.ritmo import Ritmo
from chatlab.motor.conexion import Cliente
from chatlab.motor.entrada import Entrada
from chatlab.motor.pendientes import Pendientes
from chatlab.motor.reloj import Reloj

#: Bytes que se leen de una vez. Cada lectura cuesta lo mismo traiga mucho o poco: a quien envía
#: sin parar se le lee a lo grande. Con un tope de mensajes por segundo, tanto no hace falta.
LECTURA, LECTURA_CON_RITMO = 128 * KIB, 16 * KIB
#: Líneas que se toman de una vez de un cliente: en un lote, y de una en una.
LINEAS_POR_LOTE, LINEAS_POR_VUELTA = 6000, 64


class QuienAtiende(Protocol):
    """A quien se lleva lo que se lee."""

    def espera_nombre(self, cliente: Cliente) -> bool:
        """Ese cliente aún no ha dado su nombre."""

    def hay_que_esperar_por_alguien(self, emisor: Cliente) -> bool:
        """Alguien, aparte de él, no da abasto con lo que recibe."""

    def recibir_linea(self, cliente: Cliente, linea: Recibida) -> None:
        """Ha llegado una línea de ese cliente."""

    def recibir_lote(self, cliente: Cliente, lineas: bytes) -> None:
        """Han llegado muchos mensajes seguidos de ese cliente, que tiene nombre."""

    def va_demasiado_deprisa(self, cliente: Cliente) -> None:
        """A ese cliente se le está haciendo esperar, y ya lo nota."""

    def repartir_si_hay_bastante(self) -> None:
        """Es un buen momento para repartir lo apuntado, si ya es mucho."""

    def no_enviara_mas(self, cliente: Cliente) -> None:
        """Ese cliente ha acabado."""

    def perder(self, cliente: Cliente) -> None:
        """Su conexión se ha cortado."""


class Lectura:
    """Lee de los clientes, cada uno a su ritmo, y lleva lo leído a quien lo atiende."""

    def __init__(
        self, limites: Limites, atiende: QuienAtiende, pendientes: Pendientes, reloj: Reloj
    ) -> None:
        self._limites = limites
        self._atiende = atiende
        self._pendientes = pendientes
        self._reloj = reloj
        # Un solo buffer para leer de todos: no hay dos lecturas a la vez.
        tamano = LECTURA_CON_RITMO if limites.mensajes_por_segundo else LECTURA
        self._buffer = memoryview(bytearray(tamano))

    def leer(self, cliente: Cliente) -> None:
        """Lee una vez de un cliente, y atiende lo que ha llegado."""
        if cliente.cerrado or not cliente.se_le_lee or cliente in self._pendientes:
            return
        try:
            cuantos = cliente.conexion.recv_into(self._buffer)
        except BlockingIOError:
            return  # falsa alarma
        except OSError:
            self._atiende.perder(cliente)
            return
        if not cuantos:
            self._acabar_de_leer(cliente)
        elif not cliente.despedido:
            cliente.entrada = cliente.entrada or Entrada()
            cliente.entrada.recibir(self._buffer[:cuantos])
            self._atender_lineas(cliente, cliente.entrada)

    def _acabar_de_leer(self, cliente: Cliente) -> None:
        if cliente.entrada and cliente.entrada.hay_linea_sin_final:
            self._atiende.recibir_linea(cliente, LINEA_SIN_FINAL)
        self._atiende.no_enviara_mas(cliente)

    def seguir(self) -> None:
        """Atiende a quienes les quedaban líneas de la vuelta anterior."""
        for cliente in self._pendientes.tomar():
            if cliente.entrada and cliente.se_le_lee:
                self._atender_lineas(cliente, cliente.entrada)

    def _atender_lineas(self, cliente: Cliente, entrada: Entrada) -> None:
        """Lleva a quien las atiende unas cuantas líneas; el resto, en la próxima vuelta."""
        if entrada.hay_lineas:
            self._tomar_lineas(cliente, entrada)
            self._atiende.repartir_si_hay_bastante()
        if entrada.vacia:
            cliente.entrada = None
        elif entrada.hay_lineas and cliente.entrada and cliente.se_le_lee:
            self._pendientes.anotar(cliente)

    def _tomar_lineas(self, cliente: Cliente, entrada: Entrada) -> None:
        if self._atiende.espera_nombre(cliente):
            self._tomar_una_a_una(cliente, entrada, LINEAS_POR_VUELTA)
            return
        lote = entrada.lote(self._cuantas_caben(cliente))
        if son_mensajes(lote):
            entrada.quitar(len(lote))
            self._atiende.recibir_lote(cliente, lote)
            tomadas = lote.count(b"\n") if cliente.ritmo else 0
        else:
            maximo = min(lote.count(b"\n"), LINEAS_POR_VUELTA)
            tomadas = self._tomar_una_a_una(cliente, entrada, maximo)
        if cliente.ritmo and (espera := cliente.ritmo.gastar(self._reloj.ahora, tomadas)):
            self._pendientes.pausar(cliente, espera)
            if cliente.ritmo.hay_que_decirlo(self._reloj.ahora):
                self._atiende.va_demasiado_deprisa(cliente)

    def _tomar_una_a_una(self, cliente: Cliente, entrada: Entrada, maximo: int) -> int:
        """La vía cuidadosa: lee cada línea y la lleva. Devuelve cuántas han sido."""
        for tomadas in range(maximo):
            if not entrada.hay_lineas or cliente.frenos or cliente.despedido:
                return tomadas
            self._atiende.recibir_linea(cliente, entrada.tomar_linea())
            self._atiende.repartir_si_hay_bastante()
        return maximo

    def _cuantas_caben(self, cliente: Cliente) -> int:
        """Las líneas que se pueden tomar ya de un cliente sin que los demás lo noten."""
        if self._atiende.hay_que_esperar_por_alguien(cliente):
            return 1  # si es para quien no da abasto, no habrá otra hasta que se ponga al día
        if not self._limites.mensajes_por_segundo:
            return LINEAS_POR_LOTE
        if cliente.ritmo is None:
            cliente.ritmo = Ritmo(self._limites.mensajes_por_segundo, self._reloj.ahora)
        return min(LINEAS_POR_LOTE, cliente.ritmo.caben(self._reloj.ahora))
