"""La película de un fallo: lo que pasó mientras se hacía la comprobación, para verlo paso a paso.

Todo lo que hace falta se guarda siempre, porque no cuesta: los sucesos de la sonda, y lo que salió
y se tecleó en cada terminal. La película solo se hace cuando algo falla, y si alguien la ha pedido.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from chatlab.corrector.diagnostico.de_quien import SERVIDOR
from chatlab.corrector.diagnostico.momento import Momento
from chatlab.corrector.historias.escena import Escena
from chatlab.corrector.informes.peliculas import OTRA, PRINCIPAL
from chatlab.corrector.jaula.terminal import Terminal
from chatlab.corrector.juicio.candados import esperas_de_candados
from chatlab.corrector.juicio.momentos import momentos_de
from chatlab.corrector.modelo import EXTENSION_DE_PELICULA, MAX_PELICULA, Resultado
from chatlab.observador.grabacion import (
    DePantalla,
    Grabacion,
    ProgramaGrabado,
    grabar_sucesos,
)
from chatlab.programa.archivos import guardar
from chatlab.sonda import Suceso

#: Sucesos desde que arrancaron los programas: de los que pasen, no se ve más que el principio.
MAX_SUCESOS = 20_000
#: Bytes de lo que salió en una pantalla: de antes de la comprobación, y de cada trozo de después.
DE_ANTES, DE_CADA_TROZO = 4096, 8192
#: Segundos que se ven antes de que empiece la comprobación.
ANTES = 0.2
#: Segundos a cada lado del momento en una película que no cabe: el primero de estos que quepa.
VENTANAS = (20.0, 10.0, 5.0, 2.0, 1.0, 0.5, 0.2, 0.05, 0.02, 0.005)


def rodar(
    carpeta: Path, escena: Escena, resultado: Resultado, error: Exception, hasta: float
) -> None:
    """Deja en la carpeta la película de un fallo, que acaba en `hasta` (`time.monotonic`).

    Si no hay manera de que quepa, no deja ninguna. Lanza `ErrorDeArchivo` si no puede escribir.
    """
    sucesos = [uno for uno in escena.testigo.sucesos() if uno.instante <= hasta]
    if len(sucesos) > MAX_SUCESOS:
        sucesos = sucesos[:MAX_SUCESOS]
        hasta = max(uno.instante for uno in sucesos)
    momentos = momentos_de(escena, resultado, error, hasta)
    sucesos += esperas_de_candados(escena, resultado.hallazgos, hasta)
    pelicula = _Rodaje(escena, sucesos, hasta).pelicula(resultado.comprobacion.titulo, momentos)
    if pelicula:
        guardar(carpeta / f"{resultado.comprobacion.clave}{EXTENSION_DE_PELICULA}", pelicula)


class _Rodaje:
    """Los programas de una escena, vistos hasta un instante."""

    def __init__(self, escena: Escena, sucesos: Sequence[Suceso], hasta: float) -> None:
        self._escena = escena
        self._sucesos = sucesos
        self._hasta = hasta
        self._terminales = [uno for uno in escena.jaula.terminales if uno.pid is not None]
        self._desde = escena.desde - ANTES

    def pelicula(self, titulo: str, momentos: Sequence[Momento]) -> str:
        """Sus líneas; vacío si no hay manera de que quepan."""
        pantallas = list(self._pantallas())
        marcas = [*self._marcas(momentos), *self._senales()]
        instantes = [
            *(uno.instante for uno in self._sucesos),
            *(una.instante for una in pantallas),
            *(instante for instante, _ in marcas),
        ]
        inicio = min(instantes, default=self._desde)
        entera = grabar_sucesos(
            self._sucesos,
            list(self._programas()),
            pantallas,
            titulo=titulo,
            marcas=marcas,
            desde=inicio,
        )
        _senalar(entera)
        momento = momentos[0].instante - inicio
        return _que_quepa(entera, self._desde - inicio, self._hasta - inicio, momento)

    # --- De qué se hace ---

    def _programas(self) -> Iterator[ProgramaGrabado]:
        veces: dict[str, int] = {}
        for terminal in self._terminales:
            veces[terminal.nombre] = vez = veces.get(terminal.nombre, 0) + 1
            nombre = terminal.nombre if vez == 1 else f"{terminal.nombre} ({vez})"
            fin = terminal.fin if terminal.fin is not None and terminal.fin <= self._hasta else None
            yield ProgramaGrabado(
                nombre,
                *self._papel(terminal),
                pid=terminal.pid,
                terminal="pty",
                codigo=terminal.codigo if fin is not None else None,
                acaba=fin,
            )

    def _papel(self, terminal: Terminal) -> tuple[str, list[str], Path | None]:
        """Su papel, la orden con que se arrancó y su archivo; los del corrector no lo enseñan."""
        if terminal not in self._escena.jaula.de_la_entrega:
            return "programa", ["(del corrector)"], None
        archivo = self._escena.programa_de(terminal.nombre)
        papel = "servidor" if terminal.nombre == SERVIDOR else "cliente"
        return papel, ["python", archivo.name], archivo

    def _pantallas(self) -> Iterator[DePantalla]:
        for lugar, terminal in enumerate(self._terminales):
            salidas = [uno for uno in terminal.rollo.salidas if uno.instante <= self._hasta]
            de_antes = b"".join(uno.datos for uno in salidas if uno.instante < self._desde)
            if de_antes:
                yield DePantalla(lugar, self._desde, de_antes[-DE_ANTES:])
            for trazo in salidas:
                if trazo.instante >= self._desde:
                    yield DePantalla(lugar, trazo.instante, trazo.datos[-DE_CADA_TROZO:])
            for trazo in terminal.rollo.teclas:
                if self._desde <= trazo.instante <= self._hasta:
                    yield DePantalla(lugar, trazo.instante, trazo.datos, tecleado=True)

    def _marcas(self, momentos: Sequence[Momento]) -> Iterator[tuple[float, dict[str, Any]]]:
        de_quien = {terminal.nombre: lugar for lugar, terminal in enumerate(self._terminales, 1)}
        for numero, momento in enumerate(momentos):
            marca: dict[str, Any] = {"texto": momento.frase, "clave": OTRA if numero else PRINCIPAL}
            if momento.de in de_quien:
                marca["p"] = de_quien[momento.de]
            yield momento.instante, marca

    def _senales(self) -> Iterator[tuple[float, dict[str, Any]]]:
        for lugar, terminal in enumerate(self._terminales, 1):
            for trazo in terminal.rollo.senales:
                if trazo.instante <= self._hasta:
                    senal = {"que": "senal", "p": lugar, "senal": trazo.datos.decode()}
                    yield trazo.instante, senal


def _senalar(grabacion: Grabacion) -> None:
    """A cada marca que va detrás de algo de su programa, su hilo y su línea: ahí se mira."""
    for suceso, marca in pairwise(grabacion.lineas):
        if marca["que"] == "marca" and "p" in marca and suceso.get("p") == marca["p"]:
            marca |= {campo: suceso[campo] for campo in ("h", "lugar") if campo in suceso}


def _que_quepa(entera: Grabacion, desde: float, hasta: float, momento: float) -> str:
    """El trozo más largo que quepa, alrededor del momento; vacío si no cabe ninguno."""
    desde = min(desde, momento)
    for ventana in (float("inf"), *VENTANAS):
        principio, final = max(desde, momento - ventana), min(hasta, momento + ventana)
        # Lo que se escribió en el mismo instante que el final también se ve.
        texto = entera.recortar(max(0.0, principio), final + 0.001).texto()
        if len(texto.encode()) <= MAX_PELICULA:
            return texto
    return ""
