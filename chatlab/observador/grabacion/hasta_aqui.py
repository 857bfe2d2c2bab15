"""Lo que hay en un momento de una grabación: lo que hace falta para verla desde ahí.

Las líneas se miran una a una; `prologo` da después otras, pocas, que dejan todo igual.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field

from chatlab.observador.grabacion.formato import (
    Linea,
    con_datos,
    datos_de,
    letras_enteras,
    veces_de,
)

#: Bytes de lo último de cada pantalla, y envíos por leer de cada sentido, que se repiten.
DE_PANTALLA = 16 * 1024
POR_LEER = 200

ABREN = frozenset({"connect", "accept", "hereda"})


@dataclass(slots=True)
class _Sentido:
    """Los bytes que ha enviado un lado: los que el otro ha leído ya, y los envíos que no."""

    por_leer: list[Linea] = field(default_factory=list)
    envios: int = 0
    hasta: int = 0
    lecturas: int = 0
    leidos: int = 0
    ultimo_envio: Linea | None = None
    ultima_lectura: Linea | None = None

    def enviar(self, linea: Linea) -> None:
        _final(linea)  # si no dice hasta dónde llega, se descarta antes de apuntar nada
        self.ultimo_envio = linea
        self.por_leer.append(linea)
        if len(self.por_leer) > POR_LEER:
            self._dar_por_sumado(self.por_leer.pop(0))

    def leer(self, linea: Linea) -> None:
        self.ultima_lectura = linea
        self.lecturas += veces_de(linea)
        self.leidos = max(self.leidos, linea["desde"] + linea["cuantos"])
        while self.por_leer and _final(self.por_leer[0]) <= self.leidos:
            self._dar_por_sumado(self.por_leer.pop(0))

    def _dar_por_sumado(self, envio: Linea) -> None:
        self.envios += veces_de(envio)
        self.hasta = _final(envio)

    def enviado(self) -> Iterator[Linea]:
        if self.ultimo_envio is not None and self.hasta:
            yield _suma(self.ultimo_envio, self.hasta, self.envios)
        yield from self.por_leer

    def leido(self) -> Iterator[Linea]:
        if self.ultima_lectura is not None and self.lecturas:
            yield _suma(self.ultima_lectura, self.leidos, self.lecturas)


@dataclass(slots=True)
class _Conexion:
    """Una conexión: sus lados, por el programa y el lado, y lo que ha pasado en ella."""

    abren: dict[tuple[int, str], Linea] = field(default_factory=dict)
    cierran: dict[tuple[int, str], Linea] = field(default_factory=dict)
    callan: list[Linea] = field(default_factory=list)
    sentidos: dict[str, _Sentido] = field(default_factory=dict)

    def mirar(self, linea: Linea) -> None:
        que, lado = linea["que"], linea["lado"]
        if que in ABREN:
            self.abren[linea["p"], lado] = linea
        elif que == "send":
            self._sentido(lado).enviar(linea)
        elif que == "recv":
            self._sentido("acepta" if lado == "llama" else "llama").leer(linea)
        elif que == "shutdown":
            self.callan.append(linea)
        elif que == "close":
            self.cierran[linea["p"], lado] = linea

    def _sentido(self, lado: str) -> _Sentido:
        return self.sentidos.setdefault(lado, _Sentido())

    @property
    def acabada(self) -> bool:
        """Si la ha cerrado todo el que la tenía."""
        return self.abren.keys() <= self.cierran.keys()

    def enviado(self) -> Iterator[Linea]:
        yield from self.abren.values()
        for sentido in self.sentidos.values():
            yield from sentido.enviado()

    def leido(self) -> Iterator[Linea]:
        for sentido in self.sentidos.values():
            yield from sentido.leido()
        yield from self.callan
        yield from self.cierran.values()


class HastaAqui:
    """Lo que hay después de las líneas que se le han enseñado."""

    def __init__(self) -> None:
        self._programas: dict[int, Linea] = {}
        self._hilos: dict[tuple[int, int], Linea] = {}
        self._hilos_acabados: dict[tuple[int, int], Linea] = {}
        self._escuchan: list[Linea] = []
        self._conexiones: dict[int, _Conexion] = {}
        self._candados: dict[tuple[int, int], Linea] = {}
        self._esperas: dict[tuple[int, int], Linea] = {}
        self._pantallas: dict[int, bytearray] = {}
        self._parados: dict[int, Linea] = {}
        self._terminados: dict[int, Linea] = {}
        self._muestreo: Linea | None = None

    def mirar(self, linea: Linea) -> None:
        """Tiene en cuenta una línea más; si le falta algo, no la cuenta."""
        try:
            self._mirar(linea)
        except (KeyError, TypeError, ValueError):
            return  # no es nuestra: puede faltarle cualquier cosa

    def _mirar(self, linea: Linea) -> None:
        que = linea["que"]
        hilo = (linea.get("p", 0), linea.get("h", 0))
        if que == "espera":
            self._esperas[hilo] = linea
        elif que != "hilo":
            self._esperas.pop(hilo, None)
        match que:
            case "programa":
                self._programas[linea["p"]] = linea
            case "tamano":
                nuevo = {"filas": linea["filas"], "columnas": linea["columnas"]}
                self._programas[linea["p"]] = {**self._programas[linea["p"]], **nuevo}
            case "termina":
                self._termina(linea)
            case "hilo":
                self._hilos[hilo] = linea
            case "hilo_termina":
                self._hilos_acabados[hilo] = linea
            case "listen":
                self._escuchan.append(linea)
            case "candado" if linea["que_hace"] == "toma":
                self._candados[linea["p"], linea["candado"]] = linea
            case "candado":
                self._candados.pop((linea["p"], linea["candado"]), None)
            case "pantalla":
                self._sale(linea)
            case "senal" if linea["senal"] in ("SIGSTOP", "SIGCONT"):
                self._parados[linea["p"]] = linea
            case "muestreo":
                self._muestreo = linea
            case _ if "lado" in linea:
                self._conexiones.setdefault(linea["c"], _Conexion()).mirar(linea)

    def _termina(self, linea: Linea) -> None:
        p = linea["p"]
        self._terminados[p] = linea
        self._escuchan = [una for una in self._escuchan if una["p"] != p]
        self._parados.pop(p, None)
        for cosas in (self._esperas, self._candados):
            for clave in [clave for clave in cosas if clave[0] == p]:
                del cosas[clave]

    def _sale(self, linea: Linea) -> None:
        pantalla = self._pantallas.setdefault(linea["p"], bytearray())
        pantalla += datos_de(linea)
        if len(pantalla) > 2 * DE_PANTALLA:
            del pantalla[:-DE_PANTALLA]

    # --- Lo que lo deja igual ---

    def prologo(self, trozo: Sequence[Linea]) -> Iterator[Linea]:
        """Líneas que llevan hasta aquí, donde empieza ese trozo; su `t` no vale.

        De los hilos y las conexiones que ya acabaron, solo están los que hacen falta.
        """
        conexiones = {linea.get("c") for linea in trozo}
        lo_demas = list(self._lo_que_hace_cada_hilo(conexiones))
        hacen_falta = {(linea.get("p"), linea.get("h")) for linea in (*lo_demas, *trozo)}
        if self._muestreo is not None:
            yield self._muestreo
        yield from self._programas.values()
        for hilo, linea in self._hilos.items():
            if hilo in hacen_falta or not self._acabado(hilo):
                yield linea
        yield from lo_demas
        for hilo, linea in self._hilos_acabados.items():
            if hilo in hacen_falta and hilo[0] not in self._terminados:
                yield linea
        for p, pantalla in self._pantallas.items():
            yield {"que": "pantalla", "p": p, **con_datos(_lo_ultimo(bytes(pantalla)))}
        yield from (linea for linea in self._parados.values() if linea["senal"] == "SIGSTOP")
        yield from self._terminados.values()

    def _lo_que_hace_cada_hilo(self, conexiones: Container[object]) -> Iterator[Linea]:
        yield from self._escuchan
        hacen_falta = [
            conexion
            for c, conexion in self._conexiones.items()
            if c in conexiones or not conexion.acabada
        ]
        for conexion in hacen_falta:
            yield from conexion.enviado()
        # Lo que se ha leído puede ser de lo que alguien está enviando aún.
        yield from (espera for espera in self._esperas.values() if espera.get("en") == "send")
        for conexion in hacen_falta:
            yield from conexion.leido()
        yield from self._candados.values()
        yield from self._esperas.values()

    def _acabado(self, hilo: tuple[int, int]) -> bool:
        return hilo in self._hilos_acabados or hilo[0] in self._terminados


def _lo_ultimo(pantalla: bytes) -> bytes:
    """Lo último de una pantalla, desde el principio de una línea."""
    if len(pantalla) <= DE_PANTALLA:
        return pantalla
    ultimo = pantalla[-DE_PANTALLA:]
    salto = ultimo.find(b"\n") + 1
    if salto:
        return ultimo[salto:]
    # Una línea larguísima: al menos, que no empiece por media letra.
    return letras_enteras(ultimo)


def _suma(linea: Linea, cuantos: int, veces: int) -> Linea:
    """Todo lo enviado, o lo leído, hasta ahora, en una línea."""
    if veces == 1 and linea["desde"] == 0:
        return linea
    suma = {campo: linea[campo] for campo in ("que", "t", "p", "h", "c", "lado")}
    return {**suma, "desde": 0, "cuantos": cuantos, "veces": veces}


def _final(envio: Linea) -> int:
    return int(envio["desde"]) + int(envio["cuantos"])
