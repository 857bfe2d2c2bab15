"""Nada se cuenta antes que su causa, se apunte cuando se apunte."""

from __future__ import annotations

import random

from hypothesis import example, given, settings
from hypothesis import strategies as st

from chatlab.observador.orden import en_orden_causal
from chatlab.observador.palabras import contar_secuencia
from chatlab.observador.secuencia import leer_secuencia
from chatlab.sonda import Suceso
from tests.observador.causalidad import adelantadas
from tests.observador.mundo import ANA, NOMBRES, PUERTO, SERVIDOR, Mundo

AZAR = st.integers(0, 2**32).map(random.Random)


@settings(max_examples=150, deadline=None)
@given(AZAR, st.integers(5, 150), st.lists(st.floats(0, 150), max_size=3).map(sorted))
def test_todo_va_detras_de_lo_que_lo_causo(
    azar: random.Random, pasos: int, cortes: list[float]
) -> None:
    mundo = Mundo(azar, pasos)
    sucesos = mundo.sucesos()
    de = {suceso.instante: hecho for suceso, hecho in zip(sucesos, mundo.anotados, strict=True)}

    # Los instantes no se repiten: dicen de qué hecho es cada suceso.
    desordenados = azar.sample(sucesos, len(sucesos))
    contados = [de[s.instante] for s in en_orden_causal(desordenados, list(NOMBRES), cortes)]

    lugar = {id(hecho): posicion for posicion, hecho in enumerate(contados)}
    assert len(lugar) == len(sucesos)
    for hecho in contados:
        for causa in hecho.causas:
            assert lugar[id(causa)] < lugar[id(hecho)], hecho.tipo
        if posibles := hecho.alguna_de():
            assert min(lugar[id(una)] for una in posibles) < lugar[id(hecho)], hecho.tipo


@settings(max_examples=100, deadline=None)
@given(AZAR, st.integers(5, 150), st.lists(st.floats(0, 150), max_size=3).map(sorted))
def test_si_todo_se_apunta_al_momento_cada_programa_cuenta_lo_suyo_en_ese_orden(
    azar: random.Random, pasos: int, cortes: list[float]
) -> None:
    """Un hilo puede haber hecho lo suyo porque otro se lo dijo, y eso no se ve."""
    sucesos = Mundo(azar, pasos, al_momento=True).sucesos()

    contados = list(en_orden_causal(sucesos, list(NOMBRES), cortes))

    for pid in NOMBRES:
        suyos = [suceso.instante for suceso in contados if suceso.pid == pid]
        assert suyos == sorted(suyos)


@settings(max_examples=100, deadline=None)
@given(AZAR, st.integers(5, 150))
# Quien cierra y, desde otro hilo, se entera después de que también ha cerrado el servidor.
@example(random.Random(358160), 87)
def test_el_diagrama_tampoco_cuenta_nada_antes_que_su_causa(
    azar: random.Random, pasos: int
) -> None:
    secuencia = leer_secuencia(Mundo(azar, pasos).sucesos(), NOMBRES)

    assert not adelantadas(contar_secuencia(secuencia))


def suceso(tipo: str, pid: int, hilo: int, datos: bytes = b"", instante: float = 0) -> Suceso:
    puntas = (("h", 50001), ("h", PUERTO))
    local, remoto = puntas if pid == ANA else puntas[::-1]
    return Suceso(tipo, pid, hilo, 1, "x.py", instante, local, remoto, len(datos), datos)


def test_un_envio_apuntado_despues_de_lo_que_vio_otro_hilo_va_en_su_sitio() -> None:
    """Ana envía; el servidor lo lee y cierra; otro hilo de Ana lo ve antes de que se apunte."""
    anotados = [
        suceso("connect", ANA, 1, instante=1),
        suceso("accept", SERVIDOR, 1, instante=2),
        suceso("recv", SERVIDOR, 1, b"adios", instante=3),
        suceso("close", SERVIDOR, 1, instante=4),
        suceso("recv", ANA, 2, instante=5),
        suceso("send", ANA, 1, b"adios", instante=6),
    ]

    orden = [s.tipo for s in en_orden_causal(anotados)]

    assert orden == ["connect", "accept", "send", "recv", "close", "recv"]


def test_entre_dos_hilos_que_envian_va_antes_lo_que_se_lee_antes() -> None:
    anotados = [
        suceso("connect", ANA, 1, instante=1),
        suceso("accept", SERVIDOR, 1, instante=2),
        suceso("send", SERVIDOR, 2, b"dos", instante=3),
        suceso("recv", ANA, 1, b"uno", instante=4),
        suceso("send", SERVIDOR, 3, b"uno", instante=5),
    ]

    orden = [s.datos for s in en_orden_causal(anotados) if s.datos]

    assert orden.index(b"uno") < orden.index(b"dos")


def test_lo_que_hace_un_hilo_porque_otro_se_lo_dijo_va_detras() -> None:
    """Un hilo del servidor lee el nombre, y otro da la bienvenida; lo de Ana se apunta tarde."""
    anotados = [
        suceso("connect", ANA, 1, instante=1),
        suceso("accept", SERVIDOR, 1, instante=2),
        suceso("recv", SERVIDOR, 2, b"Ana", instante=3),
        suceso("send", SERVIDOR, 3, b"Hola, Ana", instante=4),
        suceso("send", ANA, 1, b"Ana", instante=5),
    ]

    orden = [s.datos for s in en_orden_causal(anotados, [SERVIDOR, ANA], [0.0]) if s.datos]

    assert orden == [b"Ana", b"Ana", b"Hola, Ana"]
