"""Los extremos de las conexiones según llegan sus sucesos, y con quién se empareja cada uno."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterator

from chatlab.observador.extremos import DE_SOBRA, ExtremoVisto, puertos_de
from chatlab.sonda import Suceso

#: Segundos que puede haber entre que alguien acepta y que quien llamó lo cuenta: si pasa más, quien
#: llamó no lleva la sonda, y el puerto lo usa ahora otro.
MEMORIA = 2.0
#: Llegadas sin pareja que se guardan antes de olvidar las que ya se han cerrado, y sockets cerrados
#: que se recuerdan.
BASTANTES = 1000

#: Un socket: el proceso, y el número que le da.
Socket = tuple[int, int | None]


class _SinPareja:
    """Los extremos a los que falta el otro, por sus puertos, con su instante."""

    def __init__(self) -> None:
        self._por_puertos: dict[tuple[int, int], deque[tuple[float, ExtremoVisto]]] = {}
        self._caben = BASTANTES

    def guardar(self, puertos: tuple[int, int], instante: float, extremo: ExtremoVisto) -> None:
        if len(self._por_puertos) > self._caben:
            self._olvidar_los_cerrados()
            # Si casi todos siguen abiertos, mirarlos con cada uno que llega costaría su cuadrado.
            self._caben = max(BASTANTES, 2 * len(self._por_puertos))
        self._por_puertos.setdefault(puertos, deque()).append((instante, extremo))

    def sacar(self, puertos: tuple[int, int], desde: float) -> ExtremoVisto | None:
        """El más antiguo de los que no son de antes de ese instante."""
        cola = self._por_puertos.get(puertos)
        while cola:
            instante, extremo = cola.popleft()
            if not cola:
                del self._por_puertos[puertos]
            if instante >= desde:
                return extremo
        return None

    def _olvidar_los_cerrados(self) -> None:
        self._por_puertos = {
            puertos: cola
            for puertos, cola in self._por_puertos.items()
            if not all(extremo.cerrado for _, extremo in cola)
        }


class Parejas:
    """Los extremos abiertos, por el socket de cada proceso."""

    def __init__(self) -> None:
        self._actuales: dict[Socket, ExtremoVisto] = {}
        self._cerrados: deque[Socket] = deque()
        #: Los procesos que aún pueden contar algo de cada extremo.
        self._cuentan: dict[ExtremoVisto, set[int]] = {}
        self._padres: dict[int, int] = {}
        self._llaman = _SinPareja()
        self._aceptan = _SinPareja()
        self._escuchan: set[int] = set()

    def de(self, suceso: Suceso) -> ExtremoVisto | None:
        """El extremo en que pasa; None si no es de una conexión que se conozca."""
        if suceso.conexion is None:
            return None
        extremo = self._actuales.get((suceso.pid, suceso.conexion))
        if extremo is None and suceso.tipo == "hereda":
            return self._heredar(suceso)
        return extremo

    def del_padre(self, hereda: Suceso) -> Hashable:
        """Lo que tiene que llegar para que se sepa qué ha heredado un proceso bifurcado."""
        return ("socket", self._padres.get(hereda.pid), hereda.conexion)

    # --- Lo que llega ---

    def preparar(self, suceso: Suceso) -> ExtremoVisto | None:
        """Tiene en cuenta algo que ha llegado, y que se contará; da el extremo en que pasa."""
        tipo = suceso.tipo
        if tipo == "connect" or tipo == "accept":
            return self._abrir(suceso)
        extremo = self.de(suceso)
        if extremo is not None:
            extremo.preparar(suceso)
            if tipo == "recv" and extremo.caudal.leidos > DE_SOBRA:
                otro = extremo.otro
                contados = extremo.caudal.leidos if otro is None else otro.caudal.enviados
                extremo.lee.olvidar(contados)
            elif tipo == "close":
                self._no_contara_mas(extremo, suceso.pid)
        elif tipo == "arranca":
            self._padres[suceso.pid] = suceso.cuantos
        elif tipo == "listen" and suceso.local:
            self._escuchan.add(suceso.local[1])
        return extremo

    def no_contara_mas(self, pid: int) -> list[ExtremoVisto]:
        """Ha llegado todo lo de ese proceso; da los extremos que tenía, y los de enfrente."""
        suyos = list(self._de_un_proceso(pid))
        for extremo in suyos:
            self._no_contara_mas(extremo, pid)
            if not extremo.contara_mas:
                extremo.cerrara = extremo.dejara_de_enviar = True
        return [*suyos, *(e.otro for e in suyos if e.otro is not None)]

    def no_contaran_mas(self) -> None:
        """Ha llegado todo lo de todos."""
        for extremo in self._cuentan:
            extremo.contara_mas = extremo.tendra_otro = False

    def _abrir(self, suceso: Suceso) -> ExtremoVisto:
        extremo = ExtremoVisto(suceso.pid, contara_mas=True)
        self._actuales[suceso.pid, suceso.conexion] = extremo
        self._cuentan[extremo] = {suceso.pid}
        if (puertos := puertos_de(suceso)) is None:
            return extremo
        llama = suceso.tipo == "connect"
        los_otros, los_suyos = self._aceptan, self._llaman
        if not llama:
            los_otros, los_suyos = los_suyos, los_otros
        desde = suceso.instante - MEMORIA if llama else float("-inf")
        otro = los_otros.sacar(puertos, desde)
        if otro is None:
            los_suyos.guardar(puertos, suceso.instante, extremo)
        else:
            extremo.otro, otro.otro = otro, extremo
        return extremo

    def _heredar(self, suceso: Suceso) -> ExtremoVisto | None:
        extremo = self._actuales.get((self._padres.get(suceso.pid, 0), suceso.conexion))
        if extremo is not None:
            self._actuales[suceso.pid, suceso.conexion] = extremo
            extremo.compartir(suceso.pid)
            self._cuentan.setdefault(extremo, set()).add(suceso.pid)
            extremo.contara_mas = True
        return extremo

    def _no_contara_mas(self, extremo: ExtremoVisto, pid: int) -> None:
        cuentan = self._cuentan.get(extremo, set())
        cuentan.discard(pid)
        if not cuentan:
            extremo.contara_mas = False
            self._cuentan.pop(extremo, None)

    # --- Lo que se cuenta ---

    def anotar(self, suceso: Suceso) -> ExtremoVisto | None:
        """Se ha contado; da el extremo en que ha pasado."""
        extremo = self.de(suceso)
        if extremo is not None:
            extremo.anotar(suceso)
            if suceso.tipo == "connect" and suceso.remoto:
                extremo.tendra_otro = suceso.remoto[1] in self._escuchan
            elif suceso.tipo == "close":
                self._olvidar_mas_tarde((suceso.pid, suceso.conexion))
        return extremo

    def _olvidar_mas_tarde(self, socket: Socket) -> None:
        """Otro hilo pudo usarlo justo antes de que lo cerrara este, y contarlo después."""
        self._cerrados.append(socket)
        if len(self._cerrados) > BASTANTES:
            self._actuales.pop(self._cerrados.popleft(), None)

    def terminar(self, pid: int) -> list[ExtremoVisto]:
        """Se ha contado que acaba: el sistema cierra lo suyo, que da."""
        suyos = list(self._de_un_proceso(pid))
        for clave in [clave for clave in self._actuales if clave[0] == pid]:
            del self._actuales[clave]
        for extremo in suyos:
            extremo.soltar(pid)
        return suyos

    def _de_un_proceso(self, pid: int) -> Iterator[ExtremoVisto]:
        return (extremo for clave, extremo in self._actuales.items() if clave[0] == pid)
