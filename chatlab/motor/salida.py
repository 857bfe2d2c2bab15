"""Lo que sale: se apunta durante la vuelta y se envía al final, un solo envío por cliente.

El que no da abasto acumula un `Atraso` y, si pasa de la primera marca, frena a quien le escribe.
Solo se le deja por imposible si no acepta nada en unos segundos, o si pasa de la segunda marca.
"""

from __future__ import annotations

from collections.abc import Callable

from chatlab.chat.limites import KIB, Limites
from chatlab.motor.atraso import Atraso, enviar
from chatlab.motor.conexion import Cliente
from chatlab.motor.frenos import Frenos
from chatlab.motor.reparto import Reparto, Trozo
from chatlab.motor.vigia import Vigia

#: Bytes apuntados con los que conviene repartir ya, sin esperar al final de la vuelta.
BYTES_PARA_REPARTIR = 256 * KIB


class Salida:
    """Los envíos a todos los clientes. `reanudar` recibe a cada uno que deja de estar frenado."""

    def __init__(self, limites: Limites, vigia: Vigia, reanudar: Callable[[Cliente], None]) -> None:
        self._limites = limites
        self._vigia = vigia
        self._reanudar = reanudar
        self._frenos = Frenos()
        self._reparto: Reparto[Cliente] = Reparto()
        self.entra = self._reparto.entra
        #: Aquellos a quienes se ha enviado en vano: su conexión está cortada.
        self.cortados: list[Cliente] = []
        #: Los que han pasado de la segunda marca.
        self.desbordados: list[Cliente] = []

    # --- Apuntar ---

    def a_todos(self, datos: bytes, causa: Cliente | None) -> None:
        """Apunta unas líneas para toda la sala menos quien las causa."""
        self._reparto.a_todos(datos, menos=causa)
        if causa:
            self._frenos.hablo_a_todos(causa)

    def a_uno(self, cliente: Cliente, datos: bytes, causa: Cliente | None) -> None:
        """Apunta unas líneas para un solo cliente."""
        self._reparto.a_uno(cliente, datos)
        if causa:
            self._frenos.hablo_a_uno(causa, cliente)

    @property
    def hay_algo(self) -> bool:
        """Queda algo por repartir."""
        return self._reparto.bytes > 0

    @property
    def hay_bastante(self) -> bool:
        """Conviene repartir ya."""
        return self._reparto.bytes >= BYTES_PARA_REPARTIR

    # --- Enviar ---

    def repartir(self, ahora: float) -> None:
        """Envía lo apuntado; apunta en `cortados` y `desbordados` lo que no va bien."""
        for cliente, trozos in self._reparto.entregar():
            try:
                self._entregar(cliente, trozos, ahora)
            except OSError:
                self.cortados.append(cliente)
        for emisor in self._frenos.aplicar():
            self._vigia.vigilar(emisor)

    def _entregar(self, cliente: Cliente, trozos: list[Trozo], ahora: float) -> None:
        if cliente.atraso:
            cliente.atraso.poner(trozos)
        else:
            enviados = enviar(cliente.conexion, trozos)
            if enviados == sum(map(len, trozos)):
                return  # lo normal: cabe todo, y no hay nada que guardar
            cliente.atraso = Atraso(ahora)
            cliente.atraso.poner(trozos, enviados)
            self._vigia.vigilar(cliente)
        if not cliente.despedido:
            self._medir(cliente, cliente.atraso, ahora)

    def _medir(self, cliente: Cliente, atraso: Atraso, ahora: float) -> None:
        """Mira si lo que espera pasa de las marcas."""
        if atraso.bytes > self._limites.bytes_para_frenar and self._frenos.llenar(cliente):
            atraso.ultimo_avance = ahora  # su plazo empieza al pasar la marca
        if atraso.bytes > self._limites.bytes_para_desconectar:
            self.desbordados.append(cliente)

    def poner_al_dia(self, cliente: Cliente, ahora: float) -> None:
        """Envía lo que quepa de su atraso; lanza `OSError` si la conexión se ha cortado."""
        if cliente.atraso is None:
            return
        cliente.atraso.enviar(cliente.conexion, ahora)
        if cliente.atraso.bytes <= self._limites.bytes_para_frenar:
            self.soltar(cliente)
        if not cliente.atraso.bytes:
            cliente.atraso = None
            self._vigia.vigilar(cliente)

    # --- Los que no dan abasto ---

    def estorban_a(self, emisor: Cliente) -> bool:
        """Dice si alguien, aparte de él, está por encima de la primera marca."""
        return self._frenos.estorban_a(emisor)

    def atascados(self, ahora: float) -> list[Cliente]:
        """Quienes, por encima de la primera marca, no han aceptado un byte en su plazo."""
        return [
            cliente
            for cliente in self._frenos.llenos
            if cliente.atraso
            and ahora - cliente.atraso.ultimo_avance > self._limites.segundos_sin_leer
        ]

    def soltar(self, cliente: Cliente) -> None:
        """Nadie debe esperar más por él."""
        for emisor in self._frenos.soltar(cliente):
            self._reanudar(emisor)

    def vaciar(self, cliente: Cliente) -> None:
        """Tira lo que esperaba, menos la línea que ya ha empezado a salir."""
        if cliente.atraso:
            cliente.atraso.dejar_solo_la_linea_empezada()
            if not cliente.atraso.bytes:
                cliente.atraso = None
                self._vigia.vigilar(cliente)

    def despedir(self, cliente: Cliente) -> None:
        """No lee lo que se diga desde ahora; lo apuntado para él sí le llegará."""
        self._reparto.sale(cliente)
        self.soltar(cliente)

    def olvidar(self, cliente: Cliente) -> None:
        """Su conexión se cierra: no se le puede enviar nada."""
        self._reparto.olvidar(cliente)
        self.soltar(cliente)
