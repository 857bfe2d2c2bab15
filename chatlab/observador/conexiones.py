"""Las conexiones de una secuencia: quién es cada punta, y qué bytes van en cada sentido."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from chatlab.observador.actores import DESCONOCIDO
from chatlab.sonda import Suceso


@dataclass(slots=True)
class SentidoVisto:
    """Los bytes de una conexión en un sentido: dónde acaba cada envío, y cuántos se han leído.

    `contados` son todos los que contó quien los envía, de principio a fin. `pasos` son los números
    de paso de los envíos.
    """

    finales: list[int] = field(default_factory=list)
    pasos: list[int] = field(default_factory=list)
    leidos: int = 0
    contados: int = 0

    def enviar(self, cuantos: int, paso: int) -> None:
        """Apunta un envío de esos bytes, y en qué paso se cuenta."""
        self.finales.append((self.finales[-1] if self.finales else 0) + cuantos)
        self.pasos.append(paso)

    def el_que_toca(self) -> int | None:
        """El paso en que se envió el primer byte que queda por leer."""
        posicion = bisect_right(self.finales, self.leidos)
        return self.pasos[posicion] if posicion < len(self.pasos) else None

    def faltan_para(self, cuantos: int) -> int:
        """Los bytes que se leen ahora y que quien los envió nunca llegó a contar."""
        enviados = self.finales[-1] if self.finales else 0
        return max(0, self.leidos + cuantos - max(self.contados, enviados))

    def leer(self, cuantos: int) -> str:
        """Lee esos bytes; si no son justo un envío, dice cuánto."""
        desde, hasta = self.leidos, self.leidos + cuantos
        self.leidos = hasta
        principios = [0, *self.finales[:-1]]
        tocados = [
            (principio, final)
            for principio, final in zip(principios, self.finales, strict=False)
            if principio < hasta and desde < final
        ]
        if tocados == [(desde, hasta)]:
            return ""
        return f"{len(tocados)} envíos juntos" if len(tocados) > 1 else "un trozo del envío"


@dataclass(slots=True)
class ConexionVista:
    """Una conexión, con los nombres de sus dos puntas: la que llamó y la que aceptó."""

    llama: str = DESCONOCIDO
    acepta: str = DESCONOCIDO
    #: Por el nombre de quien envía.
    sentidos: dict[str, SentidoVisto] = field(default_factory=dict)
    #: Quién ha dejado de enviar, o de leer; quién ha cerrado, y quién sabe que el otro lo ha hecho.
    callaron: set[str] = field(default_factory=set)
    sordos: set[str] = field(default_factory=set)
    cerraron: set[str] = field(default_factory=set)
    enterados: set[str] = field(default_factory=set)
    #: El paso en que llamó quien llama, y aquel en que cada cual dejó de enviar.
    llamada: int | None = None
    despedidas: dict[str, int] = field(default_factory=dict)

    def otra(self, punta: str) -> str:
        """El nombre de la otra punta."""
        return self.acepta if punta == self.llama else self.llama

    def sentido(self, envia: str) -> SentidoVisto:
        """El sentido en que envía esa punta."""
        return self.sentidos.setdefault(envia, SentidoVisto())


def emparejar(
    sucesos: Sequence[Suceso], nombres: Mapping[int, str], otros: list[str]
) -> dict[int, ConexionVista]:
    """Las conexiones, por el puerto de quien llamó: es el mismo visto desde las dos puntas."""
    conexiones: dict[int, ConexionVista] = {}
    # Quien escucha lo apunta después de empezar: puede que ya le hayan llamado.
    escuchan = {
        suceso.local[1]: nombres.get(suceso.pid, DESCONOCIDO)
        for suceso in reversed(sucesos)
        if suceso.tipo == "listen" and suceso.local
    }
    for suceso in sucesos:
        nombre = nombres.get(suceso.pid, DESCONOCIDO)
        if suceso.tipo == "listen" and suceso.local:
            escuchan[suceso.local[1]] = nombre
        elif suceso.tipo == "connect" and suceso.local and suceso.remoto:
            conexion = conexiones.setdefault(suceso.local[1], ConexionVista())
            conexion.llama = nombre
            if conexion.acepta == DESCONOCIDO:
                conexion.acepta = escuchan.get(suceso.remoto[1], DESCONOCIDO)
        elif suceso.tipo == "accept" and suceso.remoto:
            conexiones.setdefault(suceso.remoto[1], ConexionVista()).acepta = nombre
    for suceso in sucesos:
        if suceso.tipo == "send" and suceso.pid in nombres and suceso.local and suceso.remoto:
            por_puerto = conexiones.get(suceso.local[1]) or conexiones.get(suceso.remoto[1])
            if por_puerto is not None:
                por_puerto.sentido(nombres[suceso.pid]).contados += suceso.cuantos
    for conexion in conexiones.values():
        if conexion.llama == DESCONOCIDO and otros:
            conexion.llama = otros.pop(0)
    return conexiones
