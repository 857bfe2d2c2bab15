"""Donde se graban programas de verdad, escritos en la prueba."""

from __future__ import annotations

import textwrap
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from chatlab.observador.grabacion import (
    Grabacion,
    Grabadora,
    ProgramaGrabado,
    grabar_sucesos,
)
from chatlab.sonda import Suceso, Testigo
from tests.apoyo.programa import Programa
from tests.apoyo.transcripcion import PLAZO
from tests.conftest import Lanzar
from tests.observador.revision import fallos


class Plato:
    """Donde se graba: programas escritos en la prueba, y lo que se ha grabado de ellos."""

    def __init__(self, lanzar: Lanzar, carpeta: Path) -> None:
        self._lanzar = lanzar
        self.carpeta = carpeta
        self._lineas: list[str] = []
        self._cambio = threading.Condition()
        self._cerrado = False
        self.grabadora = Grabadora(self._llega)
        self.testigo = Testigo(con_lugares=True, con_candados=True, oidor=self._oye)
        self._sucesos: list[Suceso] = []
        self._programas: list[ProgramaGrabado] = []
        self.en_marcha: list[tuple[int, Programa]] = []

    def _oye(self, sucesos: list[Suceso]) -> None:
        self._sucesos += sucesos
        self.grabadora.sucesos(sucesos)

    def _llega(self, linea: str) -> None:
        with self._cambio:
            self._lineas.append(linea)
            self._cambio.notify_all()

    def arrancar(self, nombre: str, codigo: str, entorno: dict[str, str] | None = None) -> Programa:
        """Escribe un programa, lo arranca y lo presenta. Sin `entorno`, lleva la sonda."""
        archivo = self.carpeta / f"{nombre}.py"
        archivo.write_text(textwrap.dedent(codigo), encoding="utf-8")
        programa = self._lanzar(
            archivo.name, carpeta=self.carpeta, entorno=entorno or self.testigo.entorno()
        )
        papel = "servidor" if nombre == "servidor" else "cliente"
        p = self.grabadora.programa(
            nombre, papel, ["python", archivo.name], archivo=archivo, pid=programa.proceso.pid
        )
        self.en_marcha.append((p, programa))
        self._programas.append(
            ProgramaGrabado(nombre, papel, [], archivo, pid=programa.proceso.pid, codigo=0)
        )
        return programa

    def esperar(self, cumple: Callable[[dict[str, Any]], bool], veces: int = 1) -> None:
        """Espera a que se hayan grabado esas líneas."""
        limite = time.monotonic() + PLAZO
        with self._cambio:
            while sum(cumple(uno) for uno in self._leida().lineas) < veces:
                queda = limite - time.monotonic()
                assert queda > 0, "\n".join(self._lineas)
                self._cambio.wait(queda)

    def _leida(self) -> Grabacion:
        return Grabacion.leer(self._lineas)

    def cortar(self) -> Grabacion:
        """Espera a que acaben todos, y da lo grabado, que debe cuadrar."""
        for p, programa in self.en_marcha:
            self.grabadora.termina(p, programa.esperar_fin())
        self.cerrar()
        grabacion = self._leida()
        assert fallos(grabacion.lineas) == []
        # Lo mismo, contado cuando ya ha pasado todo, también cuadra.
        despues = grabar_sucesos(self._sucesos, self._programas)
        assert fallos(despues.lineas) == []
        for que in ("send", "recv", "close", "hereda", "termina"):
            assert len(de(despues, que)) == len(de(grabacion, que)), que
        return grabacion

    def cerrar(self) -> None:
        if not self._cerrado:
            self._cerrado = True
            self.testigo.cerrar()
            self.grabadora.cerrar()


def de(grabacion: Grabacion, que: str, **campos: object) -> list[dict[str, Any]]:
    """Las líneas de esa clase con esos campos."""
    return [
        linea
        for linea in grabacion.lineas
        if linea["que"] == que and all(linea.get(c) == valor for c, valor in campos.items())
    ]
