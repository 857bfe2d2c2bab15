"""Los dos extremos de cada conexión: qué ha salido de cada uno, qué ha leído y si ha cerrado.

Se usa de dos maneras. Cuando todo ha pasado, primero se apunta en cada extremo todo lo que le
pasará, y después se cuenta. Mientras pasa (`contara_mas`), no se sabe qué más contará el otro: lo
que llega sin su causa espera un poco por ella.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from chatlab.observador.caudal import Caudal
from chatlab.observador.leido import LoLeido
from chatlab.sonda import Suceso

#: Errores que da un socket porque el otro lado ha cerrado.
DEL_OTRO_LADO = ("ConnectionResetError", "BrokenPipeError", "ConnectionAbortedError")
#: Bytes que se recuerdan de lo que lee cada extremo cuando ya no se va a preguntar por ellos.
DE_SOBRA = 64 * 1024


@dataclass(slots=True, eq=False)
class ExtremoVisto:
    """Un extremo de una conexión, con lo que se ha contado ya de él y lo que se contará."""

    pid: int
    #: El otro, si también lleva la sonda; y si quien llama sabe que lo habrá.
    otro: ExtremoVisto | None = None
    tendra_otro: bool = False
    abierto: bool = False
    #: Los procesos que lo tienen abierto, y los que aún pueden contar algo de él.
    duenos: set[int] = field(default_factory=set)
    contara_mas: bool = False
    #: Bytes que cuenta en total que envía; y los que ya ha contado y ha leído.
    por_enviar: int = 0
    contados: int = 0
    caudal: Caudal = field(default_factory=Caudal)
    #: Si deja, o dejará, de enviar; y si cierra, o cerrará, del todo.
    sin_enviar: bool = False
    sin_leer: bool = False
    cerrado: bool = False
    dejara_de_enviar: bool = False
    cerrara: bool = False
    #: Los hilos que envían por él y los que hacen que no lea más; y lo que lee.
    hilos: set[int] = field(default_factory=set)
    cortan_la_lectura: set[int] = field(default_factory=set)
    lee: LoLeido = field(default_factory=LoLeido)

    def __post_init__(self) -> None:
        self.duenos.add(self.pid)

    def preparar(self, suceso: Suceso) -> None:
        """Tiene en cuenta algo que pasará en él."""
        if suceso.tipo == "send":
            self.por_enviar += suceso.cuantos
            self.hilos.add(suceso.hilo)
        elif suceso.tipo == "recv":
            self.lee.anadir(suceso.datos, suceso.cuantos)
        elif suceso.tipo == "close":
            self.cerrara = self.dejara_de_enviar = True
        elif suceso.tipo == "shutdown":
            self.dejara_de_enviar |= corta_el_envio(suceso)
            if corta_la_lectura(suceso):
                self.cortan_la_lectura.add(suceso.hilo)

    def anotar(self, suceso: Suceso) -> None:
        """Algo ha pasado en él."""
        if self.caudal.en_curso:
            self._deja_de_esperar(suceso)
        match suceso.tipo:
            case "connect" | "accept":
                self.abierto = True
            case "hereda":
                self.compartir(suceso.pid)
            case "espera" if suceso.detalle == "send":
                self.caudal.empezar((suceso.pid, suceso.hilo), suceso.cuantos)
            case "send":
                self.contados += suceso.cuantos
                self.caudal.enviar(suceso.cuantos)
            case "recv":
                self.caudal.leer(suceso.cuantos)
                if self.otro is not None and (sobran := self.sobran(0)):
                    self.otro.caudal.deducir(sobran)
            case "close":
                self.soltar(suceso.pid)
            case "shutdown":
                self.sin_enviar |= corta_el_envio(suceso)
                self.sin_leer |= corta_la_lectura(suceso)

    def _deja_de_esperar(self, suceso: Suceso) -> None:
        hilo = (suceso.pid, suceso.hilo)
        if suceso.tipo == "fallo":
            self.caudal.fallar(hilo)
        else:
            self.caudal.en_curso.pop(hilo, None)

    def soltar(self, pid: int) -> None:
        """Lo cierra ese proceso, o el sistema cuando termina; si no lo tiene otro, se acaba."""
        self.duenos.discard(pid)
        if not self.duenos:
            self.sin_enviar = self.cerrado = True

    def compartir(self, pid: int) -> None:
        """Lo tiene también ese proceso bifurcado, aunque su padre lo haya cerrado ya."""
        self.duenos.add(pid)
        if self.cerrado:
            self.sin_enviar = self.cerrado = False

    # --- Si algo puede haber pasado ya ---

    def puede(self, suceso: Suceso) -> bool:
        """Si ya ha pasado lo que causó algo de este extremo."""
        match suceso.tipo:
            case "accept":
                return self.otro is None or self.otro.abierto
            case "recv":
                return self.abierto and self.puede_leer(suceso)
            case "fallo" if es_del_otro_lado(suceso) and not es_de_antes(suceso):
                return self.abierto and self.puede_romperse()
            case "close" | "shutdown":
                return self.abierto and self.puede_callar(suceso)
            case _:
                return self.abierto or es_de_antes(suceso)

    def conviene(self, suceso: Suceso) -> bool:
        """Si además va en el sitio más creíble."""
        if suceso.tipo == "send":
            return self.es_lo_siguiente(suceso)
        if suceso.tipo == "recv" and not suceso.cuantos:
            return self.conviene_enterarse()
        return not es_del_otro_lado(suceso) or self.conviene_romperse()

    def puede_leer(self, lectura: Suceso) -> bool:
        """Si ha llegado ya todo eso; con 0 bytes, si ha pasado lo que hace que no se lea más."""
        otro = self.otro
        if otro is None:
            return not self.tendra_otro
        if lectura.cuantos:
            # Quien muere nada más enviar no lo cuenta: lo que sobra es suyo.
            contado_todo = otro.contados >= otro.por_enviar and not otro.contara_mas
            return otro.abierto and (contado_todo or not self.sobran(lectura.cuantos))
        causas = otro.dejara_de_enviar or otro.contara_mas
        causas = causas or bool(self.cortan_la_lectura - {lectura.hilo})
        return self.sin_leer or otro.sin_enviar or not causas

    def sobran(self, cuantos: int) -> int:
        """Si lee esos bytes más, cuántos no ha contado el otro que los envíe ni que vaya a ello."""
        return 0 if self.otro is None else self.otro.caudal.faltan(self.caudal.leidos + cuantos)

    def puede_romperse(self) -> bool:
        """Si ha pasado lo que hace fallar a un envío o a una lectura."""
        return self.sin_enviar or self.conviene_romperse()

    def conviene_enterarse(self) -> bool:
        """Si el otro ha dejado de enviar, cuando se sabe que lo hace."""
        if self.otro is None:
            return not self.tendra_otro
        return self.otro.sin_enviar or not self.otro.dejara_de_enviar

    def conviene_romperse(self) -> bool:
        """Si el otro ha cerrado, cuando se sabe que lo hace."""
        otro = self.otro
        if otro is None:
            return not self.tendra_otro
        return otro.cerrado or not (otro.cerrara or otro.contara_mas)

    def puede_callar(self, cierre: Suceso) -> bool:
        """Si ya ha salido todo: después de cerrar no se envía, lo apunte quien lo apunte."""
        # Si lo tiene también un proceso bifurcado, él puede enviar después.
        compartido = cierre.tipo == "close" and len(self.duenos) > 1
        return compartido or self.contados >= self.por_enviar or not corta_el_envio(cierre)

    def es_lo_siguiente(self, envio: Suceso) -> bool:
        """Si ese envío es lo que el otro lee a continuación: lo dudoso es entre dos hilos."""
        if self.otro is None:
            return True
        return envio.datos.startswith(self.otro.lee.desde(self.caudal.enviados, len(envio.datos)))


def corta_el_envio(suceso: Suceso) -> bool:
    """Si ese `shutdown` dice al otro lado que no se enviará más."""
    return suceso.detalle != "leer"


def corta_la_lectura(suceso: Suceso) -> bool:
    """Si después de ese `shutdown`, `recv` da b"" sin que el otro lado haga nada."""
    return suceso.detalle != "escribir"


def es_del_otro_lado(suceso: Suceso) -> bool:
    """Si es un error que da un socket porque el otro lado ha cerrado."""
    return suceso.tipo == "fallo" and any(error in suceso.detalle for error in DEL_OTRO_LADO)


def es_de_antes(suceso: Suceso) -> bool:
    """Si le pasa a un socket que quizá aún no está conectado."""
    if suceso.tipo == "fallo":
        return not suceso.detalle.startswith(("send", "recv"))
    if suceso.tipo == "espera":
        return suceso.detalle not in ("send", "recv")
    return suceso.tipo not in ("send", "hereda")


def puertos_de(suceso: Suceso) -> tuple[int, int] | None:
    """Los dos puertos de un «connect» o un «accept», delante el de quien llama."""
    if not suceso.local or not suceso.remoto:
        return None
    puertos = (suceso.local[1], suceso.remoto[1])
    return puertos if suceso.tipo == "connect" else puertos[::-1]


def repartir(sucesos: Sequence[Suceso]) -> list[ExtremoVisto | None]:
    """El extremo en que pasa cada suceso, ya emparejado con el otro. Vienen por su instante."""
    actuales: dict[tuple[int, int | None], ExtremoVisto] = {}
    padres = {suceso.pid: suceso.cuantos for suceso in sucesos if suceso.tipo == "arranca"}
    #: Por los puertos de la conexión vistos desde quien llama: los que llaman y los que aceptan.
    parejas: dict[tuple[int, int], tuple[list[ExtremoVisto], list[ExtremoVisto]]] = {}
    de_cada_uno: list[ExtremoVisto | None] = []
    for suceso in sucesos:
        clave = (suceso.pid, suceso.conexion)
        if suceso.tipo in ("connect", "accept"):
            extremo = actuales[clave] = ExtremoVisto(suceso.pid)
            if (puertos := puertos_de(suceso)) is not None:
                llaman, aceptan = parejas.setdefault(puertos, ([], []))
                (llaman if suceso.tipo == "connect" else aceptan).append(extremo)
        elif suceso.tipo == "hereda":
            del_padre = actuales.get((padres.get(suceso.pid, 0), suceso.conexion))
            if del_padre is not None:
                actuales[clave] = del_padre
                del_padre.duenos.add(suceso.pid)
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
