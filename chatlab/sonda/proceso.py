"""Lo que el testigo sabe de cada proceso con sonda, suceso a suceso."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from chatlab.sistema import nucleo
from chatlab.sonda.suceso import Direccion, Suceso, direccion

#: Sucesos de los que no cambian nada por fuera: decir que se espera o que se sigue.
DE_ESPERA = frozenset({"espera", "sigue"})
#: A partir de aquí, el proceso es una inundación: sus sucesos ya no se guardan.
MAXIMO_DE_SUCESOS = 100_000
#: Hilos de los que se guarda por dónde van.
MAXIMO_DE_HILOS = 500
#: Bytes que se guardan de lo que envía y recibe un proceso; del resto, solo cuántos eran.
MAXIMO_GUARDADO = 32 * 1024 * 1024


@dataclass(slots=True)
class Extremo:
    """Una punta de una conexión: direcciones, y bytes que han pasado por ella."""

    local: Direccion | None = None
    remoto: Direccion | None = None
    #: Los puertos de verdad, local y remoto: la otra punta los tiene al revés.
    reales: tuple[int, int] = (0, 0)
    enviados: int = 0
    recibidos: int = 0
    #: Ya no enviará más, y ya sabe que no recibirá más.
    sin_enviar: bool = False
    vio_el_fin: bool = False
    #: Cuántos procesos la tienen abierta: un hijo bifurcado hereda las de su padre.
    duenos: int = 1

    @property
    def cerrado(self) -> bool:
        """Si ningún proceso la tiene ya abierta."""
        return self.duenos <= 0


@dataclass(slots=True)
class Hilo:
    """Qué hace un hilo, según lo último que contó.

    `penultima` y `ultima` son los instantes en que empezaron sus dos últimas vueltas: esperas
    iguales que vencieron sin que el hilo hiciera nada más.
    """

    espera: Suceso | None = None
    anterior: Suceso | None = None
    penultima: float = 0.0
    ultima: float = 0.0

    def esperar(self, suceso: Suceso) -> None:
        """Empieza a esperar; si no es la misma espera de antes, se olvidan sus vueltas."""
        if not _es_la_misma(self.anterior, suceso):
            self.penultima = self.ultima = 0.0
        self.espera = self.anterior = suceso

    def vencer(self) -> None:
        """Ha vencido el plazo de su espera: es una vuelta más."""
        if self.espera is not None:
            self.penultima, self.ultima = self.ultima, self.espera.instante
        self.espera = None

    def actuar(self) -> None:
        """Ha hecho algo que no es esperar: se olvidan sus vueltas."""
        self.espera = self.anterior = None
        self.penultima = self.ultima = 0.0

    def falta_mucho(self, segundos: float) -> bool:
        """Si espera, y a su plazo le quedan más de esos segundos."""
        espera = self.espera
        if espera is None or espera.plazo is None:
            return False
        return espera.instante + espera.plazo - time.monotonic() > segundos

    def da_vueltas(self, desde: float) -> bool:
        """Si espera con plazo y ya ha dado dos vueltas enteras desde ese instante."""
        return self.espera is not None and self.espera.plazo is not None and self.penultima > desde


@dataclass(slots=True)
class Proceso:
    """Un proceso con sonda. `pid_fuera` es su PID visto desde aquí; `pid`, el que él ve."""

    pid: int
    pid_fuera: int
    programa: str
    #: El PID de su padre, el que ve él; 0 si no lo ha dicho.
    padre: int = 0
    vivo: bool = True
    #: Lo que cuenta no se guarda: da igual cuánto sea.
    sin_tope: bool = False
    desbordado: bool = False
    cuantos_sucesos: int = 0
    guardado: int = 0
    hilos: dict[int, Hilo] = field(default_factory=dict)
    conexiones: dict[int, Extremo] = field(default_factory=dict)
    #: Por dónde iba cada hilo, y qué esperaba, la última vez que contestó; lo que lleva dicho de la
    #: siguiente respuesta; y cuántas ha dado.
    paraderos: list[tuple[Suceso, Suceso | None]] = field(default_factory=list)
    contestando: list[tuple[Suceso, Suceso | None]] = field(default_factory=list)
    respuestas: int = 0
    #: Lo dijo sin que se le preguntara: ha gastado todo el procesador que se le deja.
    agotado: bool = False

    def terminar(self) -> None:
        """Ha acabado: el sistema cierra todo lo suyo."""
        self.vivo = False
        self.hilos.clear()
        for extremo in self.conexiones.values():
            extremo.duenos -= 1
        self.conexiones.clear()

    def suceso(self, campos: dict[str, Any]) -> Suceso:
        """El suceso que describe una línea del canal, con lo que ya se sabía de la conexión."""
        numero = campos.get("conexion")
        extremo = self.conexiones.get(numero) if numero is not None else None
        datos = campos.get("datos", "").encode("latin-1")
        self.guardado += len(datos)
        return Suceso(
            tipo=campos["tipo"],
            pid=self.pid,
            hilo=campos["hilo"],
            conexion=numero,
            programa=self.programa,
            instante=campos["instante"],
            local=direccion(campos.get("local")) or (extremo.local if extremo else None),
            remoto=direccion(campos.get("remoto")) or (extremo.remoto if extremo else None),
            cuantos=campos.get("cuantos", campos.get("padre", 0)),
            datos=datos if self.sin_tope or self.guardado <= MAXIMO_GUARDADO else b"",
            detalle=str(campos.get("detalle", "")),
            plazo=campos.get("plazo"),
            lugar=str(campos.get("lugar", "")),
            pid_fuera=self.pid_fuera,
            daemon=campos.get("daemon") is True,
            pila=campos.get("pila", ()),
            veces=campos.get("veces", 1),
            candado=campos.get("candado", 0),
            dueno=campos.get("dueno", 0),
        )

    # --- Apuntar lo que cada suceso cambia ---

    def contesta(self, suceso: Suceso) -> bool:
        """Apunta una respuesta a «¿por dónde vas?»; dice si lo era, y entonces no es un suceso."""
        if suceso.tipo == "paradero":
            # Sin `threading` no hay más hilo que el principal, y su número es el del proceso.
            hilo = self.hilos.get(suceso.cuantos or self.pid)
            contestado = (suceso, hilo.espera if hilo is not None else None)
            self.contestando = [*self.contestando[-MAXIMO_DE_HILOS:], contestado]
        elif suceso.tipo == "paraderos":
            self.paraderos, self.contestando = self.contestando, []
            self.respuestas += 1
            self.agotado = suceso.detalle == "procesador"
        return suceso.tipo in ("paradero", "paraderos")

    @property
    def da_vueltas(self) -> bool:
        """Si alguno de sus hilos espera con plazo una y otra vez."""
        return any(hilo.penultima for hilo in self.hilos.values())

    def compartir(self, numero: int, extremo: Extremo) -> None:
        """Esta conexión es también de otro proceso: es la misma punta."""
        if self.conexiones.get(numero) is not extremo:
            extremo.duenos += 1
            self.conexiones[numero] = extremo

    def anotar(self, suceso: Suceso, reales: tuple[int, int] | None) -> None:
        """Pone al día hilos y conexiones con un suceso de este proceso."""
        self.cuantos_sucesos += 1
        self.desbordado |= not self.sin_tope and self.cuantos_sucesos > MAXIMO_DE_SUCESOS
        self._apuntar_hilo(suceso)
        if suceso.conexion is not None and suceso.tipo not in DE_ESPERA:
            self._apuntar_conexion(suceso, suceso.conexion, reales)

    def _apuntar_hilo(self, suceso: Suceso) -> None:
        if suceso.tipo == "hilo_terminado":
            self.hilos.pop(suceso.hilo, None)
            return
        hilo = self.hilos.setdefault(suceso.hilo, Hilo())
        if suceso.tipo == "espera":
            hilo.esperar(suceso)
        elif es_una_vuelta(suceso):
            hilo.vencer()
        else:
            hilo.actuar()

    def _apuntar_conexion(
        self, suceso: Suceso, numero: int, reales: tuple[int, int] | None
    ) -> None:
        extremo = self.conexiones.setdefault(numero, Extremo())
        extremo.local, extremo.remoto = suceso.local, suceso.remoto
        extremo.reales = reales or extremo.reales
        if suceso.tipo == "send":
            extremo.enviados += suceso.cuantos
        elif suceso.tipo == "recv":
            extremo.recibidos += suceso.cuantos
            extremo.vio_el_fin = suceso.cuantos == 0
        elif suceso.tipo == "shutdown":
            extremo.sin_enviar |= "escribir" in suceso.detalle
            extremo.vio_el_fin |= "leer" in suceso.detalle
        elif suceso.tipo == "close":
            extremo.duenos -= 1
            del self.conexiones[numero]
        elif suceso.tipo == "fallo" and "recv" in suceso.detalle:
            extremo.vio_el_fin = True  # cortada: tampoco llegará nada más


def hilo_de(vivos: list[Proceso], pid: int, tid: int) -> Hilo | None:
    """Lo que el hilo con ese PID y ese TID, vistos desde aquí, ha contado; None si nada."""
    proceso = next((proceso for proceso in vivos if proceso.pid_fuera == pid), None)
    return None if proceso is None else proceso.hilos.get(nucleo.tid_de_dentro(pid, tid))


def es_una_vuelta(suceso: Suceso) -> bool:
    """Si es una espera que venció: por sí sola no cambia nada."""
    return suceso.tipo == "sigue" and suceso.detalle == "vencido"


def _es_la_misma(anterior: Suceso | None, suceso: Suceso) -> bool:
    """Si dos esperas son la misma vuelta de un bucle."""
    return (
        anterior is not None
        and anterior.detalle == suceso.detalle
        and anterior.conexion == suceso.conexion
    )
