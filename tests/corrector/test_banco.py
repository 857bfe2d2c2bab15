"""El banco de pruebas está sano: sus variantes conversan y sus mutantes se pueden preparar.

Aquí no interviene el corrector. Que juzga bien a unas y a otros lo muestran otras pruebas.
"""

from __future__ import annotations

import ast
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from chatlab.sonda import Suceso, Testigo
from tests.apoyo.programa import Programa
from tests.apoyo.transcripcion import PLAZO
from tests.conftest import Lanzar
from tests.corrector.banco import (
    CLAVES,
    Cambio,
    ErrorDelBanco,
    Mutante,
    Variante,
    mutantes,
    variantes,
)

VARIANTES = variantes()
MUTANTES = mutantes()

DE_ANA = "Buenos días a todo el mundo"
DE_CARLOS = "Muy buenas tengas tú"

con_cada_variante = pytest.mark.parametrize("variante", VARIANTES, ids=lambda una: una.nombre)
con_cada_mutante = pytest.mark.parametrize(
    "mutante", MUTANTES, ids=lambda uno: f"{uno.leccion}: {uno.nombre}"
)


class Charla:
    """Los programas de una variante en marcha, con la sonda: sus puertos fijos no chocan."""

    def __init__(self, variante: Variante, testigo: Testigo, lanzar: Lanzar) -> None:
        self.variante = variante
        self._testigo = testigo
        self._lanzar = lanzar
        self._programas: list[Programa] = []

    def arrancar_servidor(self) -> Programa:
        servidor = self._arrancar(self.variante.servidor)
        self._contestar(servidor, self.variante.servidor_pide)
        assert self._testigo.esperar(alguien_escucha, PLAZO), servidor.transcripcion()
        return servidor

    def entra(self, nombre: str) -> Programa:
        cliente = self._arrancar(self.variante.cliente)
        self._contestar(cliente, self.variante.pide, nombre)
        self._esperar_calma()
        return cliente

    def _arrancar(self, archivo: str) -> Programa:
        entorno = self._testigo.entorno()
        self._programas.append(
            self._lanzar(archivo, carpeta=self.variante.carpeta, entorno=entorno)
        )
        return self._programas[-1]

    def _contestar(self, programa: Programa, preguntas: tuple[str, ...], nombre: str = "") -> None:
        respuestas = {"nombre": nombre, "host": "localhost", "puerto": "8000"}
        for pregunta in preguntas:
            self._esperar_calma(con_prisa=True)  # ha preguntado, y espera la respuesta
            programa.escribir(respuestas[pregunta])

    def _esperar_calma(self, *, con_prisa: bool = False) -> None:
        """Espera a que nadie tenga nada que hacer: lo siguiente no se pegará a lo anterior."""
        arrancados = [programa.proceso.pid for programa in self._programas]
        self._esperar(lambda: self._testigo.todo_quieto(arrancados, con_prisa=con_prisa))

    def _esperar(self, cumple: Callable[[], bool]) -> None:
        limite = time.monotonic() + PLAZO
        while not cumple():
            assert time.monotonic() < limite, self._transcripcion()
            self._testigo.esperar_cambio(0.02)

    def _transcripcion(self) -> str:
        return "\n".join(programa.transcripcion() for programa in self._programas)


def alguien_escucha(sucesos: list[Suceso]) -> bool:
    return any(suceso.tipo == "listen" for suceso in sucesos)


@pytest.fixture
def charla(variante: Variante, lanzar: Lanzar) -> Iterator[Charla]:
    if variante.solo_unix and sys.platform == "win32":
        pytest.skip("esta variante no funciona en Windows")
    with Testigo() as testigo:
        yield Charla(variante, testigo, lanzar)


@con_cada_variante
def test_en_cada_variante_dos_personas_conversan_y_se_van(
    variante: Variante, charla: Charla
) -> None:
    servidor = charla.arrancar_servidor()
    ana, carlos = charla.entra("Ana"), charla.entra("Carlos")

    ana.escribir(DE_ANA)
    pantalla = carlos.esperar(DE_ANA)
    lineas = [linea for linea in pantalla.split("\n") if DE_ANA in linea]
    assert any("Ana" in linea for linea in lineas) is ("con_nombre" not in variante.no_cumple)
    carlos.escribir(DE_CARLOS)
    ana.esperar(DE_CARLOS)

    if variante.salida:
        ana.escribir(variante.salida)
        assert ana.esperar_fin() == 0, ana.transcripcion()
    servidor.ctrl_c()
    servidor.esperar_fin()


@con_cada_variante
def test_lo_que_se_dice_de_cada_variante_cuadra(variante: Variante) -> None:
    assert variante.no_cumple <= set(CLAVES["03_difusion"])
    assert bool(variante.salida) is ("palabra_salida" not in variante.no_cumple)
    assert ("nombre" in variante.pide) is ("con_nombre" not in variante.no_cumple)


def test_cada_carpeta_de_variantes_esta_en_la_lista() -> None:
    carpetas = {una.parent.name for una in VARIANTES[0].carpeta.parent.glob("*/*.py")}
    assert carpetas == {variante.nombre for variante in VARIANTES}


@con_cada_mutante
def test_cada_mutante_se_puede_preparar(mutante: Mutante, tmp_path: Path) -> None:
    carpeta = mutante.preparar(tmp_path / "entrega")
    originales = {archivo.name for archivo in mutante.base.glob("*.py")}
    assert {archivo.name for archivo in carpeta.iterdir()} == originales
    assert mutante.caza in CLAVES[mutante.leccion]
    assert mutante.caza not in mutante.ya_falla
    if mutante.caza not in ("servidor_escucha", "cliente_conecta"):
        for cambio in mutante.cambios:  # los demás tienen que poder arrancar
            compila(carpeta / cambio.archivo)


def compila(programa: Path) -> None:
    """Lanza `SyntaxError` si no se puede ejecutar."""
    ast.parse(programa.read_bytes(), programa)


def test_los_nombres_de_los_mutantes_son_unicos() -> None:
    nombres = [(mutante.leccion, mutante.nombre) for mutante in MUTANTES]
    assert len(nombres) == len(set(nombres))


def test_se_sabe_la_causa_de_muchos_mutantes() -> None:
    assert len([mutante for mutante in MUTANTES if mutante.causa]) >= 30


def test_cada_comprobacion_tiene_un_mutante_que_cazar() -> None:
    cazadas = {(mutante.leccion, mutante.caza) for mutante in MUTANTES}
    assert cazadas == {(leccion, clave) for leccion, claves in CLAVES.items() for clave in claves}


def test_un_cambio_que_no_esta_lo_dice(tmp_path: Path) -> None:
    original = MUTANTES[0]
    cambio = Cambio(original.cambios[0].archivo, "esto no está", "")
    mutante = Mutante(
        "prueba", original.leccion, original.base, (cambio,), original.caza, frozenset()
    )
    with pytest.raises(ErrorDelBanco, match=r"«prueba», desde .*debe estar una vez, y está 0:"):
        mutante.preparar(tmp_path)
