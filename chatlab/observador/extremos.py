"""Los dos extremos de cada conexión: qué ha salido de cada uno, qué ha leído y si ha cerrado."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from chatlab.sonda import Suceso


@dataclass(slots=True)
class ExtremoVisto:
    """Un extremo de una conexión, con lo que se ha contado ya de él y lo que se contará."""

    pid: int
    #: El otro, si también lleva la sonda.
    otro: ExtremoVisto | None = None
    abierto: bool = False
    #: Bytes que cuenta en total que envía, los que ya ha contado y los que ha leído.
    por_enviar: int = 0
    enviados: int = 0
    leidos: int = 0
    #: Si deja, o dejará, de enviar; y si cierra, o cerrará, del todo.
    sin_enviar: bool = False
    sin_leer: bool = False
    cerrado: bool = False
    dejara_de_enviar: bool = False
    cerrara: bool = False
    #: Los hilos que envían por él y los que hacen que no lea más; y lo que lee el otro, mientras se
    #: conoce entero.
    hilos: set[int] = field(default_factory=set)
    cortan_la_lectura: set[int] = field(default_factory=set)
    le_leen: bytearray = field(default_factory=bytearray)
    le_leen_entero: bool = True

    def preparar(self, suceso: Suceso) -> None:
        """Tiene en cuenta algo que pasará en él."""
        if suceso.tipo == "send":
            self.por_enviar += suceso.cuantos
            self.hilos.add(suceso.hilo)
        elif suceso.tipo == "recv" and self.otro is not None and self.otro.le_leen_entero:
            self.otro.le_leen += suceso.datos
            self.otro.le_leen_entero = len(suceso.datos) == suceso.cuantos
        elif suceso.tipo == "close":
            self.cerrara = self.dejara_de_enviar = True
        elif suceso.tipo == "shutdown":
            self.dejara_de_enviar |= corta_el_envio(suceso)
            if corta_la_lectura(suceso):
                self.cortan_la_lectura.add(suceso.hilo)

    def anotar(self, suceso: Suceso) -> None:
        """Algo ha pasado en él."""
        match suceso.tipo:
            case "connect" | "accept":
                self.abierto = True
            case "send":
                self.enviados += suceso.cuantos
            case "recv":
                self.leidos += suceso.cuantos
            case "close":
                self.acabar()
            case "shutdown":
                self.sin_enviar |= corta_el_envio(suceso)
                self.sin_leer |= corta_la_lectura(suceso)

    def acabar(self) -> None:
        """Se cierra: lo hace el programa, o el sistema cuando el programa termina."""
        self.sin_enviar = self.cerrado = True

    def puede_leer(self, lectura: Suceso) -> bool:
        """Si ha llegado ya todo eso; con 0 bytes, si ha pasado lo que hace que no se lea más."""
        if self.otro is None:
            return True
        if cuantos := lectura.cuantos:
            # Quien muere nada más enviar no lo cuenta: lo que sobra es suyo.
            contado_todo = self.otro.enviados >= self.otro.por_enviar
            ha_llegado = self.leidos + cuantos <= self.otro.enviados
            return self.otro.abierto and (contado_todo or ha_llegado)
        causas = self.otro.dejara_de_enviar or self.cortan_la_lectura - {lectura.hilo}
        return self.sin_leer or self.otro.sin_enviar or not causas

    def puede_romperse(self) -> bool:
        """Si ha pasado lo que hace fallar a un envío o a una lectura."""
        return self.sin_enviar or self.conviene_romperse()

    def conviene_enterarse(self) -> bool:
        """Si el otro ha dejado de enviar, cuando se sabe que lo hace."""
        return self.otro is None or self.otro.sin_enviar or not self.otro.dejara_de_enviar

    def conviene_romperse(self) -> bool:
        """Si el otro ha cerrado, cuando se sabe que lo hace."""
        return self.otro is None or self.otro.cerrado or not self.otro.cerrara

    def puede_callar(self, cierre: Suceso) -> bool:
        """Si ya ha salido todo: después de cerrar no se envía, lo apunte quien lo apunte."""
        return self.enviados >= self.por_enviar or not corta_el_envio(cierre)

    def es_lo_siguiente(self, envio: Suceso) -> bool:
        """Si ese envío es lo que el otro lee a continuación: lo dudoso es entre dos hilos."""
        if len(self.hilos) < 2:
            return True
        leido = bytes(self.le_leen[self.enviados : self.enviados + len(envio.datos)])
        return envio.datos.startswith(leido)


def corta_el_envio(suceso: Suceso) -> bool:
    """Si ese `shutdown` dice al otro lado que no se enviará más."""
    return suceso.detalle != "leer"


def corta_la_lectura(suceso: Suceso) -> bool:
    """Si después de ese `shutdown`, `recv` da b"" sin que el otro lado haga nada."""
    return suceso.detalle != "escribir"


def repartir(sucesos: Sequence[Suceso]) -> list[ExtremoVisto | None]:
    """El extremo en que pasa cada suceso, ya emparejado con el otro. Vienen por su instante."""
    actuales: dict[tuple[int, int | None], ExtremoVisto] = {}
    #: Por los puertos de la conexión vistos desde quien llama: los que llaman y los que aceptan.
    parejas: dict[tuple[int, int], tuple[list[ExtremoVisto], list[ExtremoVisto]]] = {}
    de_cada_uno: list[ExtremoVisto | None] = []
    for suceso in sucesos:
        clave = (suceso.pid, suceso.conexion)
        if suceso.tipo in ("connect", "accept"):
            extremo = actuales[clave] = ExtremoVisto(suceso.pid)
            if suceso.local and suceso.remoto:
                puertos = (suceso.local[1], suceso.remoto[1])
                llaman, aceptan = parejas.setdefault(
                    puertos if suceso.tipo == "connect" else puertos[::-1], ([], [])
                )
                (llaman if suceso.tipo == "connect" else aceptan).append(extremo)
        de_cada_uno.append(actuales.get(clave))
    for llaman, aceptan in parejas.values():
        for uno, otro in zip_longest(llaman, aceptan):
            if uno is not None and otro is not None:
                uno.otro, otro.otro = otro, uno
    _preparar(sucesos, de_cada_uno)
    return de_cada_uno


def _preparar(sucesos: Sequence[Suceso], de_cada_uno: Sequence[ExtremoVisto | None]) -> None:
    """Apunta en cada extremo lo que le pasará."""
    for suceso, extremo in zip(sucesos, de_cada_uno, strict=True):
        if extremo is not None:
            extremo.preparar(suceso)
    terminan = {suceso.pid for suceso in sucesos if suceso.tipo == "termina"}
    for extremo in de_cada_uno:
        if extremo is not None and extremo.pid in terminan:
            extremo.cerrara = extremo.dejara_de_enviar = True
