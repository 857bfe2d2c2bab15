"""Las cifras del informe: percentiles, medianas y lo que no se sabe."""

from __future__ import annotations

import json
import os
import socket
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatlab.medidor import informe
from chatlab.medidor.encargo import Encargo
from chatlab.medidor.resultado import Medida, Medido, a_json, mediana, percentil
from chatlab.medidor.resultado import resumir_latencias as resumir
from chatlab.sistema import consumo

UNO = Medida(
    segundos=2.0,
    entregas=1_000_000,
    entregas_por_segundo=500_000.0,
    latencias=resumir([1_000_000, 2_000_000, 3_500_000]),
    muestras=3,
    atraso_maximo=200,
    servidor_cpu=1.5,
    servidor_memoria=20 * 1024 * 1024,
    medidor_cpu=1.0,
    medidor_de_un_nucleo=0.5,
)

valores = st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1).map(sorted)


@given(valores, st.floats(0, 100))
def test_un_percentil_es_uno_de_los_valores_y_no_deja_demasiados_por_encima(
    ordenados: list[float], cual: float
) -> None:
    valor = percentil(ordenados, cual)

    assert valor in ordenados
    hasta_el = sum(otro <= valor for otro in ordenados)
    assert hasta_el * 100 >= cual * len(ordenados) * (1 - 1e-9)
    menores = sum(otro < valor for otro in ordenados)
    assert menores * 100 <= cual * len(ordenados) * (1 + 1e-9)


@given(valores, st.floats(0, 100), st.floats(0, 100))
def test_un_percentil_mayor_no_es_un_valor_menor(
    ordenados: list[float], uno: float, otro: float
) -> None:
    assert percentil(ordenados, min(uno, otro)) <= percentil(ordenados, max(uno, otro))


def test_los_percentiles_de_cien_valores_son_los_que_se_esperan() -> None:
    cien = range(1, 101)

    assert [percentil(cien, cual) for cual in (0, 50, 90, 99, 100)] == [1, 50, 90, 99, 100]


@pytest.mark.parametrize(("de", "cual"), [([], 50), ([1.0], -1), ([1.0], 101)])
def test_no_hay_percentil_de_nada_ni_fuera_de_cero_a_cien(de: list[float], cual: float) -> None:
    with pytest.raises(ValueError, match="no hay percentil"):
        percentil(de, cual)


def test_la_mediana_es_de_cada_cifra_y_solo_de_lo_que_se_sabe() -> None:
    rondas = [
        replace(UNO, entregas_por_segundo=1.0, servidor_cpu=None),
        replace(UNO, entregas_por_segundo=9.0, servidor_cpu=3.0, atraso_maximo=900),
        replace(UNO, entregas_por_segundo=5.0, servidor_cpu=1.0),
    ]

    una = mediana(rondas)

    assert (una.entregas_por_segundo, una.servidor_cpu, una.atraso_maximo) == (5.0, 2.0, 900)
    assert una.latencias == UNO.latencias


def test_el_informe_nombra_la_ventana_y_dice_cada_cifra() -> None:
    texto = informe.de_uno(Encargo(), Medido("eventos", (UNO,)))

    assert "eventos: 100 receptores, 1 emisor, 100 000 mensajes de 64 bytes" in texto
    assert "ventana 20 000" in texto
    assert "500 000" in texto
    assert "p50 2,00 · p90 3,50 · p99 3,50 · máxima 3,50 ms (3 muestras)" in texto
    assert "1,50 s" in texto
    assert "20,0 MiB" in texto
    assert "50 % de un núcleo" in texto
    assert "el límite" not in texto


def test_lo_que_no_se_sabe_se_dice() -> None:
    sin_saber = replace(UNO, servidor_cpu=None, servidor_memoria=None, latencias=None)

    texto = informe.de_uno(Encargo(), Medido("eventos", (sin_saber,)))

    assert texto.count("no se sabe") == 3
    datos = json.loads(json.dumps(a_json(Encargo(), [Medido("eventos", (sin_saber,))])))
    suyo = datos["servidores"][0]["mediana"]
    assert suyo["servidor"] == {"cpu_s": None, "memoria_bytes": None}
    assert suyo["latencia_ms"] is None


@pytest.mark.parametrize(("parte", "lo_dice"), [(0.90, False), (0.91, True)])
def test_dice_si_el_limite_pudo_ser_el_medidor(parte: float, lo_dice: bool) -> None:
    medido = Medido("eventos", (replace(UNO, medidor_de_un_nucleo=parte),))

    for texto in (
        informe.de_uno(Encargo(), medido),
        informe.de_varios(Encargo(), [Medido("difusion", (UNO,)), medido]),
    ):
        assert ("Con eventos, el medidor ha gastado casi un núcleo" in texto) is lo_dice
    assert medido.mediana.medidor_fue_el_limite is lo_dice


def test_al_comparar_hay_una_fila_por_servidor() -> None:
    texto = informe.de_varios(Encargo(), [Medido("difusion", (UNO,)), Medido("eventos", (UNO,))])

    assert [linea.split()[0] for linea in texto.split("\n")[2:5]] == [
        "servidor",
        "difusion",
        "eventos",
    ]


def test_sabe_lo_que_gasta_este_proceso_de_las_dos_maneras() -> None:
    for gastado in (consumo.consumo(os.getpid()), consumo._consumo_con_psutil(os.getpid())):
        assert gastado.cpu is not None
        assert gastado.cpu > 0
        assert gastado.memoria is not None
        assert gastado.memoria > 1_000_000


def test_de_un_proceso_que_no_existe_no_se_sabe_nada() -> None:
    assert consumo.consumo(None) == consumo.Consumo()
    assert consumo.consumo(2**22 + 1) == consumo.Consumo()
    assert consumo._consumo_con_psutil(2**22 + 1) == consumo.Consumo()


def test_sabe_quien_escucha_en_un_puerto() -> None:
    with socket.create_server(("127.0.0.1", 0)) as escucha:
        puerto = escucha.getsockname()[1]
        assert consumo.quien_escucha(puerto) == os.getpid()
        assert consumo._quien_escucha_con_psutil(puerto) == os.getpid()
    assert consumo.quien_escucha(puerto) is None
