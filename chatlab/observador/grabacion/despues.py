"""Una grabación hecha cuando todo ha terminado, con los sucesos que guardó un testigo."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from chatlab.observador.grabacion.cinta import Cinta, cabecera
from chatlab.observador.grabacion.colas import FINAL, PANTALLA, TECLADO
from chatlab.observador.grabacion.formato import TOPE, Linea
from chatlab.observador.grabacion.lectura import Grabacion
from chatlab.observador.grabacion.traductor import Traductor
from chatlab.observador.orden import en_orden_causal
from chatlab.sonda import Suceso


@dataclass(frozen=True, slots=True)
class ProgramaGrabado:
    """Uno de los programas de una grabación, como en `Grabadora.programa`.

    `empieza` y `acaba` son instantes de `time.monotonic`; sin ellos, los de sus sucesos.
    """

    nombre: str
    papel: str
    orden: Sequence[str]
    archivo: Path | None = None
    pid: int | None = None
    terminal: str | None = None
    filas: int = 24
    columnas: int = 80
    codigo: int | None = None
    empieza: float | None = None
    acaba: float | None = None


@dataclass(frozen=True, slots=True)
class DePantalla:
    """Bytes que salieron en la terminal de un programa, o que se teclearon en ella.

    `programa` es su lugar en la lista de programas, desde 0.
    """

    programa: int
    instante: float
    datos: bytes
    tecleado: bool = False


def grabar_sucesos(
    sucesos: Iterable[Suceso],
    programas: Sequence[ProgramaGrabado],
    pantallas: Iterable[DePantalla] = (),
    *,
    titulo: str = "",
    marcas: Iterable[tuple[float, Linea]] = (),
    desde: float | None = None,
    creada: datetime | None = None,
) -> Grabacion:
    """La grabación de unos programas que ya acabaron, con todo en orden causal.

    `marcas` son líneas «marca», sin su `t`, y su instante. `desde` es el instante en que `t` es 0;
    sin él, el primero.
    """
    return _Despues(programas).grabar(
        sucesos, pantallas, marcas, titulo=titulo, desde=desde, creada=creada
    )


class _Despues:
    """Lo que se sabe de los programas mientras se cuenta lo que hicieron."""

    def __init__(self, programas: Sequence[ProgramaGrabado]) -> None:
        self._programas = programas
        self._traductor = Traductor()
        self._claves: list[int] = []
        self._con_sonda: set[int] = set()
        self._por_poner: dict[int, list[Linea]] = {}
        for programa in programas:
            uno, lineas = self._traductor.programa(
                programa.pid,
                programa.nombre,
                programa.papel,
                programa.orden,
                archivo=programa.archivo,
                terminal=programa.terminal,
                filas=programa.filas,
                columnas=programa.columnas,
            )
            clave = programa.pid if programa.pid is not None else -uno.p
            self._claves.append(clave)
            self._por_poner[clave] = lineas

    def grabar(
        self,
        sucesos: Iterable[Suceso],
        pantallas: Iterable[DePantalla],
        marcas: Iterable[tuple[float, Linea]],
        *,
        titulo: str,
        desde: float | None,
        creada: datetime | None,
    ) -> Grabacion:
        todos = [self._con_su_clave(s) for s in sucesos if self._traductor.es_de_la_sonda(s)]
        self._con_sonda = {suceso.pid for suceso in todos if suceso.tipo == "arranca"}
        todos += [self._de_pantalla(una) for una in pantallas]
        por_marcar = sorted(marcas, key=lambda una: una[0])
        # La de un suceso va detrás de él, y no donde diga su reloj.
        de_quien = {suceso.instante: (suceso.pid, suceso.hilo) for suceso in todos}
        todos += [
            Suceso("marca", *de_quien.get(cuando, (0, -1)), None, "", cuando, cuantos=n)
            for n, (cuando, _) in enumerate(por_marcar)
        ]
        todos += self._finales(todos)
        inicio = min((s.instante for s in todos), default=0.0) if desde is None else desde
        escritas: list[str] = []
        cinta = Cinta(escritas.extend, cabecera(titulo, TOPE, creada), inicio)
        ultimo = inicio
        for suceso in en_orden_causal(todos, solo_lo_que_viaja=False):
            ultimo = max(ultimo, suceso.instante)
            for linea in self._lineas_de(suceso, por_marcar):
                cinta.poner(linea, suceso.instante)
        cinta.cerrar(ultimo)
        return Grabacion.leer(escritas)

    def _lineas_de(self, suceso: Suceso, marcas: Sequence[tuple[float, Linea]]) -> list[Linea]:
        if suceso.tipo == "marca":
            return [{"que": "marca", **marcas[suceso.cuantos][1]}]
        lineas = self._por_poner.pop(suceso.pid, [])
        if self._traductor.conoce(suceso.pid) is None:
            lineas += self._aparece(suceso)
        if suceso.tipo == "codigo":
            uno = self._traductor.conoce(suceso.pid)
            assert uno is not None
            return [*lineas, *self._traductor.fin(uno, self._programas[suceso.cuantos].codigo)]
        return [*lineas, *self._traductor.traducir(suceso)]

    def _aparece(self, suceso: Suceso) -> list[Linea]:
        padre = suceso.cuantos
        del_padre = self._por_poner.pop(padre, [])
        if self._traductor.conoce(padre) is not None and padre not in self._con_sonda:
            self._con_sonda.add(padre)
            self._traductor.es_el_mismo(suceso.pid, padre)
            return del_padre
        return [*del_padre, *self._traductor.aparece(suceso)[1]]

    def _con_su_clave(self, suceso: Suceso) -> Suceso:
        if suceso.pid_fuera and suceso.pid_fuera in self._claves:
            return suceso._replace(pid=suceso.pid_fuera)
        return suceso

    def _de_pantalla(self, una: DePantalla) -> Suceso:
        tipo, hilo = ("tecla", TECLADO) if una.tecleado else ("pantalla", PANTALLA)
        clave = self._claves[una.programa]
        return Suceso(tipo, clave, hilo, None, "", una.instante, datos=una.datos)

    def _finales(self, todos: Sequence[Suceso]) -> list[Suceso]:
        """Cuándo acaba cada programa: detrás de todo lo suyo."""
        finales = []
        ultimo = max((s.instante for s in todos), default=0.0)
        for posicion, (programa, clave) in enumerate(
            zip(self._programas, self._claves, strict=True)
        ):
            suyos = [s.instante for s in todos if s.pid == clave]
            acaba = [programa.acaba] if programa.acaba is not None else []
            acabo = any(s.pid == clave and s.tipo == "termina" for s in todos)
            if acabo or programa.codigo is not None or acaba:
                cuando = max([*suyos, *acaba], default=ultimo)
                finales.append(Suceso("codigo", clave, FINAL, None, "", cuando, cuantos=posicion))
        return finales
