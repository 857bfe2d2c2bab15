"""De los sucesos de la sonda a quién habló con quién: una conversación por cada conexión."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from chatlab.corrector.diagnostico.de_quien import SERVIDOR

Direccion = tuple[str, int]


class SucesoVisto(Protocol):
    """Lo que se mira de un suceso: es una parte de `chatlab.sonda.Suceso`."""

    @property
    def tipo(self) -> str:
        """Qué pasó: «connect», «send», «recv»…"""

    @property
    def pid(self) -> int:
        """El proceso al que le pasó, con el número que él ve."""

    @property
    def conexion(self) -> int | None:
        """El número del socket, único en su proceso; `None` si no es de un socket."""

    @property
    def instante(self) -> float:
        """Segundos de `time.monotonic()`, comparables entre procesos."""

    @property
    def local(self) -> Direccion | None:
        """El host y el puerto de este lado, según el programa."""

    @property
    def remoto(self) -> Direccion | None:
        """El host y el puerto del otro lado, según el programa."""

    @property
    def cuantos(self) -> int:
        """Los bytes de un envío o de una lectura; 0 al leer es el fin."""

    @property
    def datos(self) -> bytes:
        """Los primeros de esos bytes."""

    @property
    def detalle(self) -> str:
        """Lo demás, con palabras: qué se espera, o qué error hubo."""


@dataclass(slots=True)
class Lado:
    """Una punta de una conexión: lo que envió y lo que leyó, en orden.

    Están todos los envíos, para saber por qué byte va cada uno; se cuentan los que ocurrieron a
    partir de `desde`.
    """

    desde: float
    enviado: list[SucesoVisto] = field(default_factory=list)
    leido: list[SucesoVisto] = field(default_factory=list)
    #: Cuántos procesos la tienen abierta: los hijos de un servidor heredan las suyas.
    duenos: int = 1
    #: El suceso con el que la cerró el último que la tenía.
    cierre: SucesoVisto | None = None

    @property
    def cerrado(self) -> bool:
        """Si nadie la tiene ya abierta: la cerraron, o su programa terminó."""
        return self.duenos <= 0

    def cuenta(self, suceso: SucesoVisto) -> bool:
        """Dice si un suceso es de los que se cuentan."""
        return suceso.instante >= self.desde

    @property
    def bytes_enviados(self) -> int:
        """Los bytes que envió desde que se cuenta."""
        return sum(suceso.cuantos for suceso in self.enviado if self.cuenta(suceso))

    @property
    def lo_enviado(self) -> bytes:
        """Los bytes que envió desde que se cuenta, todos seguidos."""
        return b"".join(suceso.datos for suceso in self.enviado if self.cuenta(suceso))

    @property
    def bytes_leidos(self) -> int:
        """Los bytes que leyó desde que se cuenta."""
        return sum(suceso.cuantos for suceso in self.leido if self.cuenta(suceso))

    @property
    def veces_vacio(self) -> int:
        """Las veces que leyó después de que el otro se fuera."""
        return sum(suceso.cuantos == 0 for suceso in self.leido if self.cuenta(suceso))


@dataclass(slots=True)
class Dialogo:
    """Una conexión: la persona, lo que hizo su cliente y lo que hizo el servidor."""

    cliente: Lado
    servidor: Lado
    #: Vacío si su programa no tiene nombre, o no se le vio llamar.
    persona: str = ""
    #: Cuándo llamó el cliente; `None` si no se le vio llamar.
    llamo: SucesoVisto | None = None
    #: El servidor lo aceptó.
    aceptada: bool = False
    #: Una de las dos puntas se cerró antes de que se empezara a contar.
    acabada: bool = False

    @property
    def llamada(self) -> bool:
        """Si el cliente llamó."""
        return self.llamo is not None

    @property
    def quien(self) -> str:
        """La persona; «un cliente» si no se sabe cuál es."""
        return self.persona or "un cliente"

    def de(self, lado: Lado) -> str:
        """De quién es el programa de ese lado, «servidor» o la persona; vacío si no se sabe."""
        return SERVIDOR if lado is self.servidor else self.persona


@dataclass(slots=True)
class LoVisto:
    """Todo lo que hicieron los sockets, ya ordenado."""

    sucesos: Sequence[SucesoVisto]
    servidores: frozenset[int]
    conversaciones: list[Dialogo]

    def de_servidor(self, tipo: str, detalle: str = "") -> list[SucesoVisto]:
        """Los sucesos de un tipo en los servidores; con `detalle`, los que empiezan así."""
        return [
            suceso
            for suceso in self.sucesos
            if suceso.tipo == tipo
            and suceso.pid in self.servidores
            and suceso.detalle.startswith(detalle)
        ]

    def de_clientes(self, tipo: str) -> list[SucesoVisto]:
        """Los sucesos de un tipo en los programas que no escuchan."""
        return [s for s in self.sucesos if s.tipo == tipo and s.pid not in self.servidores]


def leer_escena(
    sucesos: Iterable[SucesoVisto], nombres: Mapping[int, str], desde: float
) -> LoVisto:
    """Junta los sucesos en conversaciones; los mensajes se cuentan a partir de `desde`."""
    todos = list(sucesos)
    servidores = _los_servidores(todos)
    mesa = _Mesa(nombres, desde)
    for suceso in todos:
        if suceso.tipo in ("connect", "accept"):
            mesa.sentar(suceso)
        elif suceso.tipo == "hereda":
            mesa.heredar(suceso, del_servidor=suceso.pid in servidores)
        else:
            mesa.anotar(suceso, del_servidor=suceso.pid in servidores)
    return LoVisto(todos, servidores, mesa.conversaciones)


def _los_servidores(sucesos: Sequence[SucesoVisto]) -> frozenset[int]:
    """Los procesos que escuchan o aceptan, y sus hijos: los que heredan algo de un puerto suyo.

    Un cliente puede llamar a `bind`: si después llama a alguien, no es un servidor.
    """
    llaman = {s.pid for s in sucesos if s.tipo == "connect"}
    suyos = {s.pid for s in sucesos if s.tipo in ("listen", "accept")}
    suyos |= {s.pid for s in sucesos if s.tipo == "bind" and s.pid not in llaman}
    puertos = {s.local[1] for s in sucesos if s.tipo == "listen" and s.local}
    hijos = {
        s.pid
        for s in sucesos
        if s.tipo == "hereda" and s.local is not None and s.local[1] in puertos
    }
    return frozenset(suyos | hijos)


class _Mesa:
    """Reparte los sucesos entre las conversaciones."""

    def __init__(self, nombres: Mapping[int, str], desde: float) -> None:
        self.conversaciones: list[Dialogo] = []
        self._nombres = nombres
        self._desde = desde
        self._por_puerto: dict[int, Dialogo] = {}
        self._por_socket: dict[tuple[int, int | None], Dialogo] = {}

    def sentar(self, suceso: SucesoVisto) -> None:
        """Da su conversación a un «connect» o a su «accept», que llegan en cualquier orden.

        Los une el puerto del cliente. El sistema puede dárselo a otro más tarde: si ya se había
        llamado (o aceptado) por él, es otra conversación.
        """
        llama = suceso.tipo == "connect"
        direccion = suceso.local if llama else suceso.remoto
        puerto = direccion[1] if direccion else 0
        conversacion = self._por_puerto.get(puerto)
        if conversacion is None or (conversacion.llamada if llama else conversacion.aceptada):
            conversacion = Dialogo(Lado(self._desde), Lado(self._desde))
            self._por_puerto[puerto] = conversacion
            self.conversaciones.append(conversacion)
        if llama:
            conversacion.llamo = suceso
            conversacion.persona = self._nombres.get(suceso.pid, "")
        else:
            conversacion.aceptada = True
        self._por_socket[suceso.pid, suceso.conexion] = conversacion

    def heredar(self, suceso: SucesoVisto, *, del_servidor: bool) -> None:
        """Un proceso bifurcado recibe la conexión de su padre: es la misma conversación."""
        direccion = suceso.remoto if del_servidor else suceso.local
        conversacion = self._por_puerto.get(direccion[1] if direccion else 0)
        if conversacion is not None:
            self._por_socket[suceso.pid, suceso.conexion] = conversacion
            (conversacion.servidor if del_servidor else conversacion.cliente).duenos += 1

    def anotar(self, suceso: SucesoVisto, *, del_servidor: bool) -> None:
        """Apunta lo que hizo un socket en su conversación."""
        if suceso.tipo == "termina":
            for clave in [clave for clave in self._por_socket if clave[0] == suceso.pid]:
                self._cerrar(self._por_socket.pop(clave), suceso, del_servidor)
        hablada = self._por_socket.get((suceso.pid, suceso.conexion))
        if hablada is None:
            return
        extremo = hablada.servidor if del_servidor else hablada.cliente
        if suceso.tipo == "send":
            extremo.enviado.append(suceso)
        elif suceso.tipo == "recv":
            extremo.leido.append(suceso)
        elif suceso.tipo == "close":
            del self._por_socket[suceso.pid, suceso.conexion]
            self._cerrar(hablada, suceso, del_servidor)

    def _cerrar(self, conversacion: Dialogo, suceso: SucesoVisto, del_servidor: bool) -> None:
        extremo = conversacion.servidor if del_servidor else conversacion.cliente
        extremo.duenos -= 1
        if extremo.cerrado and extremo.cierre is None:
            extremo.cierre = suceso
        conversacion.acabada |= extremo.cerrado and suceso.instante < self._desde
