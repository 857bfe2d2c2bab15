"""El juguete del candado da lo que dan dos hilos de Python, los lleve quien los lleve."""

from __future__ import annotations

import queue
import sys
import threading
from types import FrameType
from typing import Any

import pytest

from tests.docs.juguete import Juguete
from tests.docs.visita import Pestana

pytestmark = pytest.mark.lento  # abre el navegador para cada una

PAGINA = "conceptos/carreras-y-candados.html"
PLAZO = 10.0

#: Todos los órdenes posibles de un caso, con los datos que quedan al final de cada uno.
ORDENES = """(candado, [caso, conCandado]) => {
  const finales = [];
  const repetir = (orden) => {
    const carrera = new candado.Carrera(caso, conCandado);
    for (const hilo of orden) carrera.sigue(hilo);
    return carrera;
  };
  const seguir = (orden) => {
    const carrera = repetir(orden);
    if (carrera.acabada) finales.push([orden, carrera.datos, carrera.caso.bien(carrera.datos)]);
    for (const hilo of [0, 1]) if (carrera.puede(hilo)) seguir([...orden, hilo]);
  };
  seguir([]);
  return finales;
}"""


@pytest.fixture
def juguete(pestanas: tuple[Pestana, Pestana]) -> Juguete:
    return Juguete(pestanas[0], PAGINA, "candado")


class Candado:
    """Un candado de verdad, que avisa cuando hay que esperarlo."""

    def __init__(self, avisar: dict[int, queue.Queue[str]]) -> None:
        self._de_verdad = threading.Lock()
        self._avisar = avisar

    def __enter__(self) -> None:
        if not self._de_verdad.acquire(blocking=False):
            self._avisar[threading.get_ident()].put("espera")
            self._de_verdad.acquire()

    def __exit__(self, *_error: object) -> None:
        self._de_verdad.release()


class HiloDePython:
    """Un hilo que se para delante de cada línea de su programa, hasta que se le deja seguir."""

    def __init__(self, codigo: list[str], datos: dict[str, Any], avisar: dict[int, Any]) -> None:
        lineas = [f"    {linea}" for linea in codigo]
        comunes = ", ".join(nombre for nombre in datos if nombre != "candado")
        programa = "\n".join(["def hilo():", f"    global {comunes}", *lineas])
        espacio: dict[str, Any] = datos
        exec(compile(programa, "juguete", "exec"), espacio)
        self._funcion = espacio.pop("hilo")
        self._dejar: queue.Queue[None] = queue.Queue()
        self._pasa: queue.Queue[str] = queue.Queue()
        self._avisar = avisar
        self._vistas: set[int] = set()
        self._esperando = False
        threading.Thread(target=self._correr, daemon=True).start()
        assert self._pasa.get(timeout=PLAZO) == "línea"

    def sigue(self) -> None:
        """Ejecuta una línea, o espera el candado; vuelve cuando está delante de la siguiente."""
        if not self._esperando:
            self._dejar.put(None)
        self._esperando = self._pasa.get(timeout=PLAZO) == "espera"

    def _correr(self) -> None:
        self._avisar[threading.get_ident()] = self._pasa
        sys.settrace(self._al_llamar)
        self._funcion()
        sys.settrace(None)
        self._pasa.put("fin")

    def _al_llamar(self, marco: FrameType, suceso: str, _valor: object) -> Any:
        return self._al_pasar if marco.f_code is self._funcion.__code__ else None

    def _al_pasar(self, marco: FrameType, suceso: str, _valor: object) -> Any:
        es_el_with = marco.f_lineno == 3 and "candado" in marco.f_code.co_names
        # Al salir de un `with`, Python vuelve a pasar por su línea.
        if suceso == "line" and not (es_el_with and 3 in self._vistas):
            self._vistas.add(marco.f_lineno)
            self._pasa.put("línea")
            self._dejar.get(timeout=PLAZO)
        return self._al_pasar


def con_python(programas: list[list[str]], datos: dict[str, Any], orden: list[int]) -> Any:
    """Los datos que quedan cuando esos dos hilos avanzan en ese orden."""
    avisar: dict[int, queue.Queue[str]] = {}
    espacio = datos | {"candado": Candado(avisar)}
    hilos = [HiloDePython(programa, espacio, avisar) for programa in programas]
    for hilo in orden:
        hilos[hilo].sigue()
    return {nombre: espacio[nombre] for nombre in datos}


@pytest.mark.parametrize("con_candado", [False, True], ids=["sin candado", "con candado"])
@pytest.mark.parametrize("caso", ["contador", "nombre", "recorrer"])
def test_en_cualquier_orden_acaba_como_en_python(
    juguete: Juguete, caso: str, con_candado: bool
) -> None:
    lee = "(candado, [caso, con]) => [0, 1].map((hilo) => candado.codigo(caso, hilo, con))"
    programas = juguete.calcular(lee, [caso, con_candado])
    ordenes = juguete.calcular(ORDENES, [caso, con_candado])

    assert len(ordenes) >= 6 if not con_candado else ordenes
    for orden, datos, _ in ordenes:
        al_empezar = juguete.calcular("(candado, caso) => candado.CASOS[caso].datos", caso)
        assert con_python(programas, al_empezar, orden) == datos, orden


@pytest.mark.parametrize("caso", ["contador", "nombre", "recorrer"])
def test_sin_candado_se_puede_romper_y_con_candado_no(juguete: Juguete, caso: str) -> None:
    sin_candado = [bien for *_, bien in juguete.calcular(ORDENES, [caso, False])]
    con_candado = [bien for *_, bien in juguete.calcular(ORDENES, [caso, True])]

    assert set(sin_candado) == {True, False}
    assert set(con_candado) == {True}


def test_con_el_teclado_se_pierde_una_suma_y_el_candado_lo_impide(juguete: Juguete) -> None:
    uno, otro = "Sigue el hilo 1", "Sigue el hilo 2"
    juguete.pulsar(uno, otro, uno, otro)
    assert juguete.dice.startswith("Roto. Los dos han acabado: contador = 1.")

    juguete.pulsar("Con candado")
    juguete.pulsar(uno, otro)
    assert juguete.dice == "El hilo 2 espera: el candado lo tiene el hilo 1."
    juguete.pulsar(otro, uno, uno)
    assert juguete.dice == "El hilo 1 ha acabado, y suelta el candado."
    juguete.pulsar(otro, otro, otro)
    assert juguete.dice == "Bien. Los dos han acabado: contador = 2."
    assert juguete.faltas() == []
