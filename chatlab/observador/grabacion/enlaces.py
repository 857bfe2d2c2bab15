"""Las conexiones de una grabación: sus dos lados, y por qué byte va cada sentido."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from chatlab.observador.caudal import Caudal
from chatlab.sonda import Suceso

LLAMA, ACEPTA = "llama", "acepta"
#: Segundos que se recuerda una llegada de la que no se sabe quién llamó: quizá lo cuente tarde.
MEMORIA = 2.0
#: Sockets cerrados que se recuerdan.
BASTANTES = 1000


@dataclass(slots=True)
class Enlace:
    """Una conexión TCP, con su número `c`, y sus lados, si llevan sonda."""

    c: int
    lados: dict[str, Lateral] = field(default_factory=dict)


@dataclass(slots=True)
class Lateral:
    """Un lado de una conexión, desde un instante: quién lo tiene, y los bytes que ha movido."""

    enlace: Enlace
    lado: str
    desde: float
    #: El programa que lo abrió, y los que lo tienen.
    abrio: int
    duenos: set[int] = field(default_factory=set)
    caudal: Caudal = field(default_factory=Caudal)
    #: El programa y el hilo del último envío.
    ultimo: tuple[int, int] | None = None
    cerrado: bool = False

    @property
    def otro(self) -> Lateral | None:
        """El lado de enfrente; None si no lleva sonda."""
        return self.enlace.lados.get(ACEPTA if self.lado == LLAMA else LLAMA)


class Enlaces:
    """Todas, por cada socket de cada programa."""

    def __init__(self) -> None:
        self._cuantos = 0
        self._por_socket: dict[tuple[int, int], Lateral] = {}
        self._cerrados: deque[tuple[int, int]] = deque()
        #: Por los puertos, de quien llama a quien acepta: los lados a los que falta el otro.
        self._solos: dict[tuple[int, int, str], deque[Lateral]] = {}

    def abrir(self, clave: tuple[int, int], suceso: Suceso, p: int) -> Lateral:
        """El lado que nace con un «connect» o un «accept»; si el otro ya estaba, se juntan."""
        lado = LLAMA if suceso.tipo == "connect" else ACEPTA
        puertos = self._puertos(suceso, lado)
        otro = self._que_espera(puertos, lado, suceso.instante)
        if otro is not None:
            enlace = otro.enlace
        else:
            self._cuantos += 1
            enlace = Enlace(self._cuantos)
        nuevo = enlace.lados[lado] = Lateral(enlace, lado, suceso.instante, p, {p})
        self._por_socket[clave] = nuevo
        if otro is None and puertos is not None:
            self._solos.setdefault((*puertos, lado), deque()).append(nuevo)
        return nuevo

    def heredar(self, clave: tuple[int, int], suceso: Suceso, padre: int | None, p: int) -> Lateral:
        """El lado que un programa bifurcado recibe de su padre, cuyo socket tiene igual número."""
        del_padre = self._por_socket.get((padre, clave[1])) if padre is not None else None
        if del_padre is None:
            return self.abrir(clave, suceso._replace(tipo="connect"), p)
        del_padre.duenos.add(p)
        del_padre.cerrado = False
        self._por_socket[clave] = del_padre
        return del_padre

    def de(self, clave: tuple[int, int]) -> Lateral | None:
        """El lado de ese socket; None si no es de una conexión."""
        return self._por_socket.get(clave)

    def soltar(self, clave: tuple[int, int], p: int) -> Lateral | None:
        """Ese programa cierra ese socket; da su lado, si lo era de una conexión."""
        lateral = self._por_socket.get(clave)
        if lateral is None or p not in lateral.duenos:
            return None
        lateral.duenos.discard(p)
        lateral.cerrado = not lateral.duenos
        # Otro hilo pudo usarlo justo antes, y contarlo después: se olvida más tarde.
        self._cerrados.append(clave)
        if len(self._cerrados) > BASTANTES:
            self._por_socket.pop(self._cerrados.popleft(), None)
        return lateral

    def de_un_programa(self, pid: int) -> list[tuple[int, int]]:
        """Los sockets que tiene abiertos."""
        return [clave for clave in self._por_socket if clave[0] == pid]

    def _puertos(self, suceso: Suceso, lado: str) -> tuple[int, int] | None:
        if not suceso.local or not suceso.remoto:
            return None
        puertos = (suceso.local[1], suceso.remoto[1])
        return puertos if lado == LLAMA else puertos[::-1]

    def _que_espera(
        self, puertos: tuple[int, int] | None, lado: str, ahora: float
    ) -> Lateral | None:
        """El otro lado, si se contó antes: el que llamó primero."""
        if puertos is None:
            return None
        el_otro = ACEPTA if lado == LLAMA else LLAMA
        solos = self._solos.get((*puertos, el_otro))
        while solos:
            candidato = solos.popleft()
            # Quien aceptó a alguien sin sonda no debe casar con otro que use después ese puerto.
            if el_otro == LLAMA or ahora - candidato.desde < MEMORIA:
                return candidato
        return None
