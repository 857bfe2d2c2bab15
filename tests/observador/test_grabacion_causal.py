"""Lo que se graba cuadra siempre: al momento o después, entero, cortado o recortado."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from chatlab.observador.grabacion import (
    Grabacion,
    Grabadora,
    ProgramaGrabado,
    grabar_sucesos,
)
from chatlab.observador.grabacion.cinta import maximo
from chatlab.sonda import Suceso
from tests.observador.mundo import NOMBRES, Mundo
from tests.observador.revision import fallos

AZAR = st.integers(0, 2**32).map(random.Random)
PROGRAMAS = [
    ProgramaGrabado(nombre, "servidor" if nombre == "servidor" else "cliente", [], pid=pid)
    for pid, nombre in NOMBRES.items()
]


def sucesos_de(azar: random.Random, pasos: int) -> list[Suceso]:
    """Los de un mundo de juguete, cada uno una décima de milisegundo después del anterior."""
    return [s._replace(instante=s.instante * 0.0001) for s in Mundo(azar, pasos).sucesos()]


def al_momento(sucesos: list[Suceso], tope: int = 1 << 20) -> tuple[Grabacion, str]:
    """La grabación de una grabadora a la que se le cuenta todo, y lo que escribió."""
    escrito: list[str] = []
    grabadora = Grabadora(escrito.append, tope=tope, reloj=lambda: 0.0)
    for programa in PROGRAMAS:
        grabadora.programa(
            programa.nombre, programa.papel, programa.orden, archivo=None, pid=programa.pid
        )
    grabadora.sucesos(sucesos)
    grabadora.cerrar()
    texto = "".join(f"{linea}\n" for linea in escrito)
    return Grabacion.leer(texto), texto


def por_hilo(sucesos: list[Suceso]) -> dict[tuple[int, int], list[tuple[str, int]]]:
    """Lo que envió y leyó cada hilo, en su orden: el programa, por su lugar desde 1."""
    lugares = {pid: lugar for lugar, pid in enumerate(NOMBRES, 1)}
    suyos: dict[tuple[int, int], list[tuple[str, int]]] = {}
    for uno in sucesos:
        if uno.tipo in ("send", "recv"):
            suyos.setdefault((lugares[uno.pid], uno.hilo), []).append((uno.tipo, uno.cuantos))
    return suyos


@settings(max_examples=100, deadline=None)
@given(AZAR, st.integers(5, 200))
def test_lo_que_se_escribe_al_momento_cuadra(azar: random.Random, pasos: int) -> None:
    sucesos = sucesos_de(azar, pasos)
    grabacion, texto = al_momento(sucesos)

    assert fallos(grabacion.lineas) == []
    assert grabacion.texto() == texto
    contados: dict[tuple[int, int], list[tuple[str, int]]] = {}
    for linea in grabacion.lineas:
        if linea["que"] in ("send", "recv") and "deducido" not in linea:
            hilo = (linea["p"], linea["h"])
            contados.setdefault(hilo, []).append((linea["que"], linea["cuantos"]))
    assert sorted(contados.values()) == sorted(por_hilo(sucesos).values())


@settings(max_examples=100, deadline=None)
@given(AZAR, st.integers(5, 200))
def test_lo_que_se_escribe_despues_tambien(azar: random.Random, pasos: int) -> None:
    assert fallos(grabar_sucesos(sucesos_de(azar, pasos), PROGRAMAS).lineas) == []


@settings(max_examples=100, deadline=None)
@given(AZAR, st.floats(0, 0.02), st.floats(0, 0.02))
def test_un_trozo_se_ve_solo(azar: random.Random, uno: float, otro: float) -> None:
    grabacion, _ = al_momento(sucesos_de(azar, 200))
    desde, hasta = sorted((uno, otro))

    trozo = grabacion.recortar(desde, hasta)

    assert fallos(trozo.lineas) == []
    assert trozo.completa
    assert Grabacion.leer(trozo.texto()).lineas == trozo.lineas
    dentro = [sin_t(x) for x in grabacion.lineas if desde <= x["t"] <= hasta and x["que"] != "fin"]
    assert [sin_t(x) for x in trozo.lineas[-len(dentro) - 1 : -1]] == dentro


def sin_t(linea: dict[str, object]) -> dict[str, object]:
    return {campo: valor for campo, valor in linea.items() if campo != "t"}


@settings(max_examples=50, deadline=None)
@given(AZAR, st.data())
def test_cortada_por_cualquier_byte_se_lee(azar: random.Random, datos: st.DataObject) -> None:
    grabacion, texto = al_momento(sucesos_de(azar, 60))
    entero = texto.encode()
    corte = datos.draw(st.integers(texto.index("\n") + 1, len(entero)))

    leida = Grabacion.leer(entero[:corte].decode("utf-8", "replace"))

    assert leida.lineas == grabacion.lineas[: len(leida.lineas)]
    assert len(leida.lineas) == entero[:corte].count(b"\n") - 1
    assert fallos(leida.lineas) == []


@settings(max_examples=100, deadline=None)
@given(AZAR, st.integers(0, 8000))
def test_pasado_el_tope_sigue_cuadrando_y_las_cuentas_son_las_de_verdad(
    azar: random.Random, tope: int
) -> None:
    sucesos = sucesos_de(azar, 200)
    entera, _ = al_momento(sucesos)
    con_tope, texto = al_momento(sucesos, tope)

    assert fallos(con_tope.lineas) == []
    assert len(texto.encode()) <= maximo(tope)
    assert con_tope.lineas[-1]["cuentas"] == entera.lineas[-1]["cuentas"]


TIPOS = [
    *["arranca", "bind", "listen", "accept", "connect", "udp", "hereda", "send", "recv"],
    *["shutdown", "close", "espera", "sigue", "candado", "hilo_creado", "hilo_arrancado"],
    *["hilo_terminado", "paradero", "fallo", "prohibido", "termina"],
    *["pantalla", "tecla", "codigo", "apartado", "marca", "otro"],
]
#: Cualquier cosa, también lo que no diría una sonda: en su canal puede escribir el programa.
CUALQUIERA = st.builds(
    Suceso,
    tipo=st.sampled_from(TIPOS),
    pid=st.sampled_from([*NOMBRES, 99]),
    hilo=st.integers(0, 3),
    conexion=st.none() | st.integers(0, 2),
    programa=st.just("x.py"),
    instante=st.floats(0, 2),
    local=st.none() | st.sampled_from([("h", 1), ("::1", 2)]),
    remoto=st.none() | st.sampled_from([("h", 1), ("::1", 2)]),
    cuantos=st.integers(0, 12),
    datos=st.binary(max_size=9),
    detalle=st.sampled_from(["", "recv: OSError: x", "send", "connect", "recv", "toma", "\udcff"]),
    plazo=st.none() | st.floats(0, 1),
    lugar=st.sampled_from(["", "x.py:3", "/etc/passwd:1", "../x.py:1", ":", "x"]),
    veces=st.integers(0, 3),
    candado=st.integers(0, 2),
    dueno=st.integers(0, 3),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(CUALQUIERA, max_size=40), st.integers(0, 4000))
def test_nada_que_diga_un_programa_estropea_la_grabacion(sucesos: list[Suceso], tope: int) -> None:
    al_vuelo, texto = al_momento(sucesos, tope)
    despues = grabar_sucesos(sucesos, PROGRAMAS)

    assert al_vuelo.completa
    assert despues.completa
    assert len(texto.encode()) <= maximo(tope)
    for grabacion in (al_vuelo, despues, despues.recortar(0.5, 1.5)):
        assert Grabacion.leer(grabacion.texto()).lineas == grabacion.lineas
        assert "root:" not in grabacion.texto()
