"""De los sucesos que vio la sonda, la secuencia: quién llamó a quién, qué envió y qué le llegó.

Un envío es una flecha. TCP lleva un flujo de bytes y `recv` los da cortados por cualquier sitio: si
lo que da no es justo un envío, se apunta aparte cuántos bytes dio y de cuántos envíos eran.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from chatlab.observador.actores import DESCONOCIDO, con_articulo, de
from chatlab.observador.extremos import corta_el_envio, corta_la_lectura
from chatlab.observador.orden import en_orden_causal
from chatlab.sonda import Suceso
from chatlab.textos import contar


@dataclass(frozen=True, slots=True)
class Flecha:
    """Algo que va de un actor a otro.

    `que` es «connect», «send», «shutdown» o «close»; o «fin», si quien deja de enviar no lleva la
    sonda y no se sabe con cuál de las dos. `datos` son los primeros bytes de un envío de `cuantos`.
    """

    que: str
    origen: str
    destino: str
    detalle: str = ""
    cuantos: int = 0
    datos: bytes = b""


@dataclass(frozen=True, slots=True)
class Nota:
    """Algo que le pasa a un actor sin que viaje nada."""

    actor: str
    texto: str


Paso = Flecha | Nota


@dataclass(frozen=True, slots=True)
class Secuencia:
    """Los actores, de izquierda a derecha, y lo que pasó, en orden."""

    actores: Sequence[str]
    pasos: Sequence[Paso]


@dataclass(slots=True)
class _Sentido:
    """Los bytes de una conexión en un sentido: dónde acaba cada envío, y cuántos se han leído.

    `contados` son todos los que contó quien los envía, de principio a fin.
    """

    finales: list[int] = field(default_factory=list)
    leidos: int = 0
    contados: int = 0

    def enviar(self, cuantos: int) -> None:
        self.finales.append((self.finales[-1] if self.finales else 0) + cuantos)

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
class _Conexion:
    """Una conexión, con los nombres de sus dos puntas: la que llamó y la que aceptó."""

    llama: str = DESCONOCIDO
    acepta: str = DESCONOCIDO
    #: Por el nombre de quien envía.
    sentidos: dict[str, _Sentido] = field(default_factory=dict)
    #: Quién ha dejado de enviar, o de leer; quién ha cerrado, y quién sabe que el otro lo ha hecho.
    callaron: set[str] = field(default_factory=set)
    sordos: set[str] = field(default_factory=set)
    cerraron: set[str] = field(default_factory=set)
    enterados: set[str] = field(default_factory=set)

    def otra(self, punta: str) -> str:
        return self.acepta if punta == self.llama else self.llama

    def sentido(self, envia: str) -> _Sentido:
        return self.sentidos.setdefault(envia, _Sentido())


def leer_secuencia(
    sucesos: Iterable[Suceso],
    nombres: Mapping[int, str],
    otros: Sequence[str] = (),
    cortes: Sequence[float] = (),
) -> Secuencia:
    """La secuencia de esos sucesos.

    `nombres` dice cómo se llama quien usa cada programa, por su PID, en el orden en que salen.
    `otros` son los que hablan sin sonda, en el orden en que los acepta alguien. `cortes` son los
    instantes (segundos de `time.monotonic`) en que se sabe que no se movía nada: lo que pasa entre
    dos se cuenta en un orden posible que no depende de quién corrió más.
    """
    por_reloj = sorted(sucesos, key=lambda suceso: suceso.instante)
    conexiones = _emparejar(por_reloj, nombres, list(otros))
    escriba = _Escriba(nombres, conexiones)
    en_orden = en_orden_causal(por_reloj, list(nombres), cortes)
    pasos = [paso for suceso in en_orden for paso in escriba.pasos_de(suceso)]
    que_salen = {
        quien
        for paso in pasos
        for quien in ((paso.origen, paso.destino) if isinstance(paso, Flecha) else (paso.actor,))
    }
    actores = dict.fromkeys([*nombres.values(), *otros, DESCONOCIDO])
    return Secuencia([actor for actor in actores if actor in que_salen], pasos)


def _emparejar(
    sucesos: Sequence[Suceso], nombres: Mapping[int, str], otros: list[str]
) -> dict[int, _Conexion]:
    """Las conexiones, por el puerto de quien llamó: es el mismo visto desde las dos puntas."""
    conexiones: dict[int, _Conexion] = {}
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
            conexion = conexiones.setdefault(suceso.local[1], _Conexion())
            conexion.llama = nombre
            if conexion.acepta == DESCONOCIDO:
                conexion.acepta = escuchan.get(suceso.remoto[1], DESCONOCIDO)
        elif suceso.tipo == "accept" and suceso.remoto:
            conexiones.setdefault(suceso.remoto[1], _Conexion()).acepta = nombre
    for suceso in sucesos:
        if suceso.tipo == "send" and suceso.pid in nombres and suceso.local and suceso.remoto:
            por_puerto = conexiones.get(suceso.local[1]) or conexiones.get(suceso.remoto[1])
            if por_puerto is not None:
                por_puerto.sentido(nombres[suceso.pid]).contados += suceso.cuantos
    for conexion in conexiones.values():
        if conexion.llama == DESCONOCIDO and otros:
            conexion.llama = otros.pop(0)
    return conexiones


class _Escriba:
    """Convierte cada suceso en los pasos que se dibujan, sabiendo lo que pasó antes."""

    def __init__(self, nombres: Mapping[int, str], conexiones: Mapping[int, _Conexion]) -> None:
        self._nombres = nombres
        self._conexiones = conexiones
        self._abiertas: dict[tuple[int, int | None], _Conexion] = {}

    def pasos_de(self, suceso: Suceso) -> Iterator[Paso]:
        nombre = self._nombres.get(suceso.pid)
        if nombre is None:
            return
        if suceso.tipo == "listen" and suceso.local:
            yield Nota(nombre, f"escucha en el puerto {suceso.local[1]}")
        elif suceso.tipo == "termina":
            yield from self._termina(suceso, nombre)
        elif (conexion := self._conexion_de(suceso)) is not None:
            yield from self._de_conexion(suceso, nombre, conexion)

    def _conexion_de(self, suceso: Suceso) -> _Conexion | None:
        clave = (suceso.pid, suceso.conexion)
        de_quien_llama = {"connect": suceso.local, "accept": suceso.remoto}.get(suceso.tipo)
        if de_quien_llama is not None and de_quien_llama[1] in self._conexiones:
            self._abiertas[clave] = self._conexiones[de_quien_llama[1]]
        return self._abiertas.get(clave)

    def _de_conexion(self, suceso: Suceso, nombre: str, conexion: _Conexion) -> Iterator[Paso]:
        otra = conexion.otra(nombre)
        match suceso.tipo:
            case "connect":
                puerto = f"al puerto {suceso.remoto[1]}" if suceso.remoto else ""
                yield Flecha("connect", nombre, otra, puerto)
            case "accept":
                if conexion.llama not in self._nombres.values():
                    yield Flecha("connect", otra, nombre)
                yield Nota(nombre, "accept")
            case "send" if suceso.cuantos == 0:
                yield Nota(nombre, "send de 0 bytes: no viaja nada")
            case "send":
                conexion.sentido(nombre).enviar(suceso.cuantos)
                yield Flecha("send", nombre, otra, "", suceso.cuantos, suceso.datos)
            case "recv" if suceso.cuantos:
                yield from self._recibe(suceso, nombre, conexion)
            case "recv" if nombre not in conexion.enterados:
                yield from self._se_entera(nombre, conexion)
            case "shutdown":
                yield from self._corta(suceso, nombre, conexion)
            case "fallo":
                operacion, _, error = suceso.detalle.partition(": ")
                yield Nota(nombre, f"{operacion}: {error.partition(':')[0]}")
            case "close":
                yield from self._cierra(nombre, conexion)

    def _recibe(self, suceso: Suceso, nombre: str, conexion: _Conexion) -> Iterator[Paso]:
        otra = conexion.otra(nombre)
        # Quien no lleva la sonda, o muere nada más enviar, no lo cuenta: se sabe cuando llega.
        sin_contar = conexion.sentido(otra).faltan_para(suceso.cuantos)
        if sin_contar:
            conexion.sentido(otra).enviar(sin_contar)
            yield Flecha("send", otra, nombre, "", sin_contar, suceso.datos[-sin_contar:])
        if rareza := conexion.sentido(otra).leer(suceso.cuantos):
            bytes_ = contar(suceso.cuantos, "byte")
            yield Nota(nombre, f"recv: {bytes_} {de(otra)}, {rareza}")

    def _corta(self, suceso: Suceso, nombre: str, conexion: _Conexion) -> Iterator[Paso]:
        if corta_la_lectura(suceso):
            conexion.sordos.add(nombre)
        if corta_el_envio(suceso) and nombre not in conexion.callaron:
            conexion.callaron.add(nombre)
            yield Flecha("shutdown", nombre, conexion.otra(nombre))

    def _se_entera(self, nombre: str, conexion: _Conexion) -> Iterator[Paso]:
        """`recv` da b"": el otro no enviará más, o él mismo lo cortó con `shutdown`."""
        otra = conexion.otra(nombre)
        conexion.enterados.add(nombre)
        sin_sonda = otra not in self._nombres.values()
        if sin_sonda and otra not in conexion.cerraron and nombre not in conexion.sordos:
            conexion.callaron.add(otra)
            yield Flecha("fin", otra, nombre)
        if otra in conexion.cerraron:
            motivo = f"{con_articulo(otra)} ha cerrado"
        elif otra in conexion.callaron or nombre not in conexion.sordos:
            motivo = f"{con_articulo(otra)} no envía más"
        else:
            motivo = "por su propio shutdown"
        yield Nota(nombre, f'recv: b"", {motivo}')

    def _cierra(self, nombre: str, conexion: _Conexion) -> Iterator[Paso]:
        if nombre not in conexion.cerraron:
            conexion.cerraron.add(nombre)
            yield Flecha("close", nombre, conexion.otra(nombre))

    def _termina(self, suceso: Suceso, nombre: str) -> Iterator[Paso]:
        """El programa acaba: el sistema cierra lo que dejó abierto."""
        suyas = [clave for clave in self._abiertas if clave[0] == suceso.pid]
        for clave in suyas:
            conexion = self._abiertas.pop(clave)
            if nombre not in conexion.cerraron:
                conexion.cerraron.add(nombre)
                yield Flecha("close", nombre, conexion.otra(nombre), "el programa termina")
