"""De los sucesos que vio la sonda, la secuencia: quién llamó a quién, qué envió y qué le llegó.

Un envío es una flecha. TCP lleva un flujo de bytes y `recv` los da cortados por cualquier sitio: si
lo que da no es justo un envío, se apunta aparte cuántos bytes dio y de cuántos envíos eran.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from chatlab.observador.actores import DESCONOCIDO, con_articulo, de
from chatlab.observador.conexiones import ConexionVista, emparejar
from chatlab.observador.esperas import Cronista, Espera, intercalar
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
    """Los actores, de izquierda a derecha, lo que pasó, en orden, y quién esperaba entretanto."""

    actores: Sequence[str]
    pasos: Sequence[Paso]
    esperas: Sequence[Espera] = ()


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
    conexiones = emparejar(por_reloj, nombres, list(otros))
    escriba = _Escriba(nombres, conexiones)
    en_orden = list(en_orden_causal(por_reloj, list(nombres), cortes))
    cronista = Cronista()
    for suceso in intercalar(en_orden, por_reloj, cortes):
        antes = len(escriba.pasos)
        escriba.anotar(suceso)
        if suceso.pid in nombres:
            cronista.mirar(suceso, nombres[suceso.pid], antes, escriba.despierta)
    pasos = escriba.pasos
    que_salen = {
        quien
        for paso in pasos
        for quien in ((paso.origen, paso.destino) if isinstance(paso, Flecha) else (paso.actor,))
    }
    actores = dict.fromkeys([*nombres.values(), *otros, DESCONOCIDO])
    esperas = [una for una in cronista.esperas(len(pasos)) if una.actor in que_salen]
    return Secuencia([actor for actor in actores if actor in que_salen], pasos, esperas)


class _Escriba:
    """Convierte cada suceso en los pasos que se dibujan, sabiendo lo que pasó antes."""

    def __init__(self, nombres: Mapping[int, str], conexiones: Mapping[int, ConexionVista]) -> None:
        self._nombres = nombres
        self._conexiones = conexiones
        self._abiertas: dict[tuple[int, int | None], ConexionVista] = {}
        self.pasos: list[Paso] = []
        #: El paso que causó lo último que se ha apuntado, si fue uno de otro programa.
        self.despierta: int | None = None

    def anotar(self, suceso: Suceso) -> None:
        """Añade los pasos de ese suceso."""
        self.despierta = None
        # Uno a uno: mientras se hace un paso, su número es los que ya hay.
        for paso in self._pasos_de(suceso):
            self.pasos.append(paso)

    def _pasos_de(self, suceso: Suceso) -> Iterator[Paso]:
        nombre = self._nombres.get(suceso.pid)
        if nombre is None:
            return
        if suceso.tipo == "listen" and suceso.local:
            yield Nota(nombre, f"escucha en el puerto {suceso.local[1]}")
        elif suceso.tipo == "termina":
            yield from self._termina(suceso, nombre)
        elif (conexion := self._conexion_de(suceso)) is not None:
            yield from self._de_conexion(suceso, nombre, conexion)

    def _conexion_de(self, suceso: Suceso) -> ConexionVista | None:
        clave = (suceso.pid, suceso.conexion)
        de_quien_llama = {"connect": suceso.local, "accept": suceso.remoto}.get(suceso.tipo)
        if de_quien_llama is not None and de_quien_llama[1] in self._conexiones:
            self._abiertas[clave] = self._conexiones[de_quien_llama[1]]
        return self._abiertas.get(clave)

    def _de_conexion(self, suceso: Suceso, nombre: str, conexion: ConexionVista) -> Iterator[Paso]:
        otra = conexion.otra(nombre)
        match suceso.tipo:
            case "connect":
                conexion.llamada = len(self.pasos)
                puerto = f"al puerto {suceso.remoto[1]}" if suceso.remoto else ""
                yield Flecha("connect", nombre, otra, puerto)
            case "accept":
                if conexion.llama not in self._nombres.values():
                    conexion.llamada = len(self.pasos)
                    yield Flecha("connect", otra, nombre)
                self.despierta = conexion.llamada
                yield Nota(nombre, "accept")
            case "send" if suceso.cuantos == 0:
                yield Nota(nombre, "send de 0 bytes: no viaja nada")
            case "send":
                conexion.sentido(nombre).enviar(suceso.cuantos, len(self.pasos))
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

    def _recibe(self, suceso: Suceso, nombre: str, conexion: ConexionVista) -> Iterator[Paso]:
        otra = conexion.otra(nombre)
        # Quien no lleva la sonda, o muere nada más enviar, no lo cuenta: se sabe cuando llega.
        sin_contar = conexion.sentido(otra).faltan_para(suceso.cuantos)
        if sin_contar:
            conexion.sentido(otra).enviar(sin_contar, len(self.pasos))
            yield Flecha("send", otra, nombre, "", sin_contar, suceso.datos[-sin_contar:])
        self.despierta = conexion.sentido(otra).el_que_toca()
        if rareza := conexion.sentido(otra).leer(suceso.cuantos):
            bytes_ = contar(suceso.cuantos, "byte")
            yield Nota(nombre, f"recv: {bytes_} {de(otra)}, {rareza}")

    def _corta(self, suceso: Suceso, nombre: str, conexion: ConexionVista) -> Iterator[Paso]:
        if corta_la_lectura(suceso):
            conexion.sordos.add(nombre)
        if corta_el_envio(suceso) and nombre not in conexion.callaron:
            conexion.callaron.add(nombre)
            conexion.despedidas.setdefault(nombre, len(self.pasos))
            yield Flecha("shutdown", nombre, conexion.otra(nombre))

    def _se_entera(self, nombre: str, conexion: ConexionVista) -> Iterator[Paso]:
        """`recv` da b"": el otro no enviará más, o él mismo lo cortó con `shutdown`."""
        otra = conexion.otra(nombre)
        conexion.enterados.add(nombre)
        sin_sonda = otra not in self._nombres.values()
        if sin_sonda and otra not in conexion.cerraron and nombre not in conexion.sordos:
            conexion.callaron.add(otra)
            conexion.despedidas.setdefault(otra, len(self.pasos))
            yield Flecha("fin", otra, nombre)
        self.despierta = conexion.despedidas.get(otra)
        if otra in conexion.cerraron:
            motivo = f"{con_articulo(otra)} ha cerrado"
        elif otra in conexion.callaron or nombre not in conexion.sordos:
            motivo = f"{con_articulo(otra)} no envía más"
        else:
            motivo = "por su propio shutdown"
        yield Nota(nombre, f'recv: b"", {motivo}')

    def _cierra(self, nombre: str, conexion: ConexionVista) -> Iterator[Paso]:
        if nombre not in conexion.cerraron:
            conexion.cerraron.add(nombre)
            conexion.despedidas.setdefault(nombre, len(self.pasos))
            yield Flecha("close", nombre, conexion.otra(nombre))

    def _termina(self, suceso: Suceso, nombre: str) -> Iterator[Paso]:
        """El programa acaba: el sistema cierra lo que dejó abierto."""
        suyas = [clave for clave in self._abiertas if clave[0] == suceso.pid]
        for clave in suyas:
            conexion = self._abiertas.pop(clave)
            if nombre not in conexion.cerraron:
                conexion.cerraron.add(nombre)
                conexion.despedidas.setdefault(nombre, len(self.pasos))
                yield Flecha("close", nombre, conexion.otra(nombre), "el programa termina")
