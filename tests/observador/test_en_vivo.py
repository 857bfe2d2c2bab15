"""Mientras pasa, nada se escribe antes que su causa, llegue cuando llegue por cada canal."""

from __future__ import annotations

import random
from collections import deque
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatlab.observador.grabacion.causas import MARGEN, PACIENCIA, POCA_PACIENCIA
from chatlab.observador.grabacion.colas import PANTALLA
from chatlab.observador.grabacion.en_vivo import EnVivo
from chatlab.observador.grabacion.parejas import BASTANTES, Parejas, _SinPareja
from chatlab.sonda import Suceso
from tests.observador.mundo import NOMBRES, Mundo

AZAR = st.integers(0, 2**32).map(random.Random)
#: Segundos que pasan, en el mundo de juguete, entre dos cosas que se apuntan.
PASO = 0.00005
#: Segundos que tarda en llegar, como mucho, lo que cuenta un proceso: los que va por detrás su
#: canal, y los que lo para a ratos. Si lo para más que el margen, entre dos hilos suyos que envían
#: por el mismo socket ya no se sabría quién fue antes.
RETRASO, ATASCO = 0.08, MARGEN / 4


def segun_llegan(sucesos: list[Suceso], azar: random.Random) -> list[tuple[float, Suceso]]:
    """Cuándo llega cada suceso: lo de un proceso, por su canal."""
    llegadas: list[tuple[float, Suceso]] = []
    por_canal: dict[int, float] = {}
    retrasos = {pid: azar.random() * RETRASO for pid in NOMBRES}
    for suceso in sucesos:
        antes = por_canal.get(suceso.pid, 0.0)
        atasco = azar.random() * ATASCO if azar.random() < 0.1 else 0.0
        tarda = retrasos[suceso.pid] + atasco
        llegada = por_canal[suceso.pid] = max(antes, suceso.instante + tarda)
        llegadas.append((llegada, suceso))
    return sorted(llegadas, key=lambda una: una[0])


def en_vivo(llegadas: list[tuple[float, Suceso]]) -> tuple[list[Suceso], float]:
    """Lo que da, y lo más que ha tardado en dar algo que ya había llegado."""
    orden, dados, tardanza = EnVivo(), [], 0.0
    faltan = deque(llegadas)
    cuando = {id(suceso): llegada for llegada, suceso in llegadas}
    ahora = 0.0
    while faltan or orden.pendiente:
        ahora += 0.01
        while faltan and faltan[0][0] <= ahora:
            orden.llega(faltan.popleft()[1])
        for suceso in orden.listos(ahora):
            dados.append(suceso)
            tardanza = max(tardanza, ahora - cuando[id(suceso)])
    return dados, tardanza


def con_lo_demas(sucesos: list[Suceso], azar: random.Random) -> list[Suceso]:
    """Con lo que un hilo cuenta además: que va a esperar, y lo que su programa escribe después."""
    todos: list[Suceso] = []
    for suceso in sucesos:
        if suceso.tipo in ("connect", "recv", "accept"):
            antes = suceso.instante - PASO / 4
            # De quien escucha, el número es el de su socket, no el de la conexión.
            numero = 0 if suceso.tipo == "accept" else suceso.conexion
            espera = suceso._replace(tipo="espera", detalle=suceso.tipo, cuantos=0, datos=b"")
            todos.append(espera._replace(instante=antes, conexion=numero))
        todos.append(suceso)
        if azar.random() < 0.2:
            pantalla = Suceso(
                "pantalla", suceso.pid, PANTALLA, None, "", suceso.instante + PASO / 4
            )
            todos.append(pantalla)
    return todos


@settings(max_examples=300, deadline=None)
@given(AZAR, st.integers(5, 200))
def test_nadie_se_espera_a_si_mismo_ni_escribe_antes_de_hacer(
    azar: random.Random, pasos: int
) -> None:
    del_mundo = [s._replace(instante=s.instante * PASO) for s in Mundo(azar, pasos).sucesos()]
    sucesos = con_lo_demas(del_mundo, azar)

    dados, tardanza = en_vivo(segun_llegan(sucesos, azar))

    assert sorted(s.instante for s in dados) == sorted(s.instante for s in sucesos)
    # Todo llega, y enseguida: nadie gasta su paciencia.
    assert tardanza < RETRASO + ATASCO + POCA_PACIENCIA + 2 * MARGEN
    for lugar, suceso in enumerate(dados):
        if suceso.tipo == "pantalla":
            suyos = [s for s in dados[lugar:] if s.pid == suceso.pid and s.tipo != "termina"]
            assert min(s.instante for s in suyos) == suceso.instante


@settings(max_examples=300, deadline=None)
@given(AZAR, st.integers(5, 200))
def test_todo_va_detras_de_lo_que_lo_causo(azar: random.Random, pasos: int) -> None:
    con_cada_causa_delante(azar, pasos)


@pytest.mark.parametrize(("semilla", "pasos"), [(4897, 140), (1641930382, 113), (44354, 140)])
def test_un_envio_espera_al_de_otro_hilo_que_aun_no_ha_llegado(semilla: int, pasos: int) -> None:
    """Su canal va con tanto retraso que, al llegar, ya ha pasado el margen desde que se envió."""
    con_cada_causa_delante(random.Random(semilla), pasos)


def con_cada_causa_delante(azar: random.Random, pasos: int) -> None:
    """Comprueba que de un mundo al azar se cuenta todo, cada cosa detrás de sus causas."""
    mundo = Mundo(azar, pasos)
    sucesos = [s._replace(instante=s.instante * PASO) for s in mundo.sucesos()]
    de = {s.instante: hecho for s, hecho in zip(sucesos, mundo.anotados, strict=True)}

    dados, tardanza = en_vivo(segun_llegan(sucesos, azar))

    contados = [de[s.instante] for s in dados]
    lugar = {id(hecho): posicion for posicion, hecho in enumerate(contados)}
    assert len(lugar) == len(sucesos)
    assert tardanza <= PACIENCIA + 0.02
    for hecho in contados:
        for causa in hecho.causas:
            assert lugar[id(causa)] < lugar[id(hecho)], hecho.tipo
        if posibles := hecho.alguna_de():
            assert min(lugar[id(una)] for una in posibles) < lugar[id(hecho)], hecho.tipo


def test_el_fin_espera_al_hijo_bifurcado_aunque_su_padre_haya_cerrado_ya() -> None:
    """El canal del hijo se abre más tarde, y para entonces el padre y quien lee lo han contado."""
    padre, hijo, ana = 1, 2, 3
    suyo, de_ana = ("h", 9000), ("h", 50000)

    def suceso(tipo: str, pid: int, n: int, **campos: Any) -> Suceso:
        if tipo != "termina":
            campos |= {"local": de_ana if pid == ana else suyo}
            campos |= {"remoto": suyo if pid == ana else de_ana}
        return Suceso(tipo, pid, 1, 5, "x.py", n * PASO, **campos)

    listen = Suceso("listen", padre, 1, 0, "x.py", 0.0, local=suyo)
    conexion = [suceso("connect", ana, 1), suceso("accept", padre, 2)]
    del_hijo = [
        Suceso("arranca", hijo, 1, None, "x.py", 3 * PASO, cuantos=padre),
        suceso("hereda", hijo, 4),
    ]
    cierre, fin = suceso("close", padre, 5), suceso("recv", ana, 6)
    termina = suceso("termina", hijo, 7)
    antes = 3 * MARGEN  # todo llega tarde: ya ha pasado el margen desde que se hizo
    llegadas = [(antes, uno) for uno in (listen, *conexion, cierre, fin)]
    llegadas += [(antes + MARGEN / 2, uno) for uno in del_hijo]
    llegadas.append((antes + PACIENCIA / 2, termina))

    dados, _ = en_vivo(llegadas)

    assert dados[-2:] == [termina, fin]


def test_miles_de_conexiones_sin_aceptar_no_se_miran_todas_con_cada_una(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Un cliente que vuelve a llamar mil veces por segundo va por delante de lo que se acepta."""
    miradas = []
    monkeypatch.setattr(_SinPareja, "_olvidar_los_cerrados", lambda todas: miradas.append(todas))
    parejas, llamadas = Parejas(), 10 * BASTANTES
    for n in range(llamadas):
        local, remoto = ("127.0.0.1", 10_000 + n), ("127.0.0.1", 8000)
        parejas.preparar(Suceso("connect", 1, 1, n, "p.py:1", n * PASO, local=local, remoto=remoto))

    assert len(miradas) < 10
