"""Un mundo de juguete: programas con hilos y conexiones, que hacen cosas al azar.

Como la sonda, cada hilo hace algo y después lo apunta; mientras tanto, los demás siguen. Lo que
hizo cada cual y por qué se sabe de verdad: sirve para comprobar el orden en que se cuenta.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from chatlab.sonda import Suceso

SERVIDOR, ANA, CARLOS = 10, 11, 12
HILOS = {SERVIDOR: (1, 2, 3), ANA: (1, 2), CARLOS: (1,)}
NOMBRES = {SERVIDOR: "servidor", ANA: "Ana", CARLOS: "Carlos"}
PUERTO = 9000


@dataclass(eq=False, repr=False)
class Hecho:
    """Algo que pasó de verdad, y lo que tuvo que pasar antes."""

    tipo: str
    pid: int
    hilo: int
    extremo: Punta | None = None
    datos: bytes = b""
    detalle: str = ""
    causas: list[Hecho] = field(default_factory=list)

    def alguna_de(self) -> list[Hecho]:
        """Lo que también pudo causarlo: basta con que una vaya antes."""
        punta = self.extremo
        if punta is None or punta.otra is None:
            return []
        if self.tipo == "recv" and not self.datos:
            posibles = [punta.sorda, punta.otra.fin, punta.otra.cierre]
        elif self.tipo == "fallo":
            posibles = [punta.fin, punta.otra.cierre]
        else:
            return []
        return [hecho for hecho in posibles if hecho is not None]


@dataclass(eq=False, repr=False)
class Punta:
    """Un lado de una conexión: lo que le ha llegado, con el envío de cada byte."""

    pid: int
    numero: int
    local: tuple[str, int]
    remoto: tuple[str, int]
    abierta: Hecho | None = None
    llegado: list[tuple[int, Hecho]] = field(default_factory=list)
    fin: Hecho | None = None
    cierre: Hecho | None = None
    sorda: Hecho | None = None
    lector: int | None = None
    otra: Punta | None = None


class Mundo:
    """Un trozo de vida de los tres programas, según el azar que se le dé.

    Con `al_momento`, cada cosa se apunta en cuanto pasa.
    """

    def __init__(self, azar: random.Random, pasos: int, *, al_momento: bool = False) -> None:
        self._azar = azar
        self._al_momento = al_momento
        self._puntas: list[Punta] = []
        self._sin_aceptar: list[Punta] = []
        self._escucha: Hecho | None = None
        self._sin_apuntar: dict[tuple[int, int], Hecho] = {}
        self._muertos: set[int] = set()
        self._ultimo_de: dict[tuple[int, int], Hecho] = {}
        self._bytes = 0
        self.anotados: list[Hecho] = []
        for _ in range(pasos):
            self._paso()
        while self._sin_apuntar:
            self._anotar(azar.choice(sorted(self._sin_apuntar)))

    def sucesos(self) -> list[Suceso]:
        """Lo que contaría la sonda."""
        return [self._suceso(hecho, instante) for instante, hecho in enumerate(self.anotados)]

    def _suceso(self, hecho: Hecho, instante: int) -> Suceso:
        punta = hecho.extremo
        local = punta.local if punta else ("h", PUERTO) if hecho.tipo == "listen" else None
        return Suceso(
            hecho.tipo,
            hecho.pid,
            hecho.hilo,
            punta.numero if punta else 0,
            "x.py",
            float(instante),
            local,
            punta.remoto if punta else None,
            len(hecho.datos),
            hecho.datos,
            hecho.detalle,
        )

    # --- Un paso: alguien hace algo, o apunta lo que hizo ---

    def _paso(self) -> None:
        hacer = list(self._posibles())
        if hacer:
            self._azar.choice(hacer)()

    def _posibles(self) -> Iterator[Callable[[], None]]:
        for clave in self._sin_apuntar:
            yield partial(self._anotar, clave)
        for pid, hilos in HILOS.items():
            if pid in self._muertos:
                continue
            libres = [hilo for hilo in hilos if (pid, hilo) not in self._sin_apuntar]
            for hilo in libres:
                yield from self._de_hilo(pid, hilo)
            if len(libres) == len(hilos) and pid != SERVIDOR and self._azar.random() < 0.02:
                yield partial(self._termina, pid)

    def _de_hilo(self, pid: int, hilo: int) -> Iterator[Callable[[], None]]:
        if pid == SERVIDOR and hilo == 1:
            if self._escucha is None:
                yield lambda: self._escuchar()
            if self._sin_aceptar:
                yield lambda: self._aceptar()
        suyas = [punta for punta in self._puntas if punta.pid == pid]
        if pid != SERVIDOR and self._escucha and len(suyas) < 2:
            yield lambda: self._llamar(pid, hilo)
        for punta in suyas:
            if punta.abierta in self.anotados and punta.cierre is None:
                yield from self._de_punta(punta, hilo)

    def _de_punta(self, punta: Punta, hilo: int) -> Iterator[Callable[[], None]]:
        assert punta.otra is not None
        if punta.fin is None:
            yield lambda: self._enviar(punta, hilo)
        if punta.lector in (None, hilo) and (
            punta.llegado
            or punta.otra.fin
            or (punta.sorda in self.anotados and punta.otra.abierta in self.anotados)
        ):
            yield lambda: self._leer(punta, hilo)
        if self._azar.random() < 0.1 and (punta.fin is None or punta.fin in self.anotados):
            yield lambda: self._cerrar(punta, hilo, "close")
            if punta.fin is None:
                yield lambda: self._cerrar(punta, hilo, "shutdown")

    # --- Lo que se hace ---

    def _hecho(self, hecho: Hecho, *causas: Hecho | None) -> Hecho:
        clave = (hecho.pid, hecho.hilo)
        # Cada hilo hace sus cosas en orden, y una conexión no se usa antes de tenerla.
        abierta = hecho.extremo.abierta if hecho.extremo else None
        hecho.causas = [
            causa
            for causa in (*causas, self._ultimo_de.get(clave), abierta)
            if causa is not None and causa is not hecho
        ]
        self._ultimo_de[clave] = hecho
        self._sin_apuntar[clave] = hecho
        if self._al_momento:
            self._anotar(clave)
        return hecho

    def _anotar(self, clave: tuple[int, int]) -> None:
        self.anotados.append(self._sin_apuntar.pop(clave))

    def _escuchar(self) -> None:
        self._escucha = self._hecho(Hecho("listen", SERVIDOR, 1))

    def _llamar(self, pid: int, hilo: int) -> None:
        desde, hasta = ("h", 50000 + len(self._puntas)), ("h", PUERTO)
        suya = Punta(pid, len(self._puntas) + 1, desde, hasta)
        del_servidor = Punta(SERVIDOR, len(self._puntas) + 2, hasta, desde)
        suya.otra, del_servidor.otra = del_servidor, suya
        self._puntas += [suya, del_servidor]
        suya.abierta = self._hecho(Hecho("connect", pid, hilo, suya), self._escucha)
        self._sin_aceptar.append(del_servidor)

    def _aceptar(self) -> None:
        punta = self._sin_aceptar.pop(0)
        assert punta.otra is not None
        punta.abierta = self._hecho(Hecho("accept", SERVIDOR, 1, punta), punta.otra.abierta)

    def _enviar(self, punta: Punta, hilo: int) -> None:
        assert punta.otra is not None
        if punta.otra.cierre is not None:
            self._hecho(Hecho("fallo", punta.pid, hilo, punta, detalle="send: BrokenPipeError: x"))
            return
        cuantos = self._azar.randint(1, 5)
        datos = bytes((self._bytes + uno) % 251 for uno in range(cuantos))
        self._bytes += cuantos
        envio = self._hecho(Hecho("send", punta.pid, hilo, punta, datos))
        punta.otra.llegado += [(uno, envio) for uno in datos]

    def _leer(self, punta: Punta, hilo: int) -> None:
        assert punta.otra is not None
        punta.lector = hilo
        cuantos = self._azar.randint(1, 8)
        dados, punta.llegado = punta.llegado[:cuantos], punta.llegado[cuantos:]
        datos = bytes(uno for uno, _ in dados)
        lectura = Hecho("recv", punta.pid, hilo, punta, datos)
        self._hecho(lectura, *(envio for _, envio in dados))

    def _cerrar(self, punta: Punta, hilo: int, tipo: str) -> None:
        detalle = self._azar.choice(["escribir", "leer y escribir"])
        hecho = self._hecho(Hecho(tipo, punta.pid, hilo, punta, detalle=detalle))
        punta.fin = punta.fin or hecho
        if tipo == "shutdown" and detalle == "leer y escribir":
            punta.sorda = hecho
        if tipo == "close":
            punta.cierre = hecho

    def _termina(self, pid: int) -> None:
        self._muertos.add(pid)
        todos = [hecho for (suyo, _), hecho in self._ultimo_de.items() if suyo == pid]
        fin = self._hecho(Hecho("termina", pid, 0), *todos)
        if not self._al_momento:
            self._anotar((pid, 0))
        for punta in self._puntas:
            if punta.pid == pid:
                punta.fin, punta.cierre = punta.fin or fin, punta.cierre or fin
