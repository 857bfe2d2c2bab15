"""El compás de las películas: cada cosa ocupa lo suyo, y en el orden en que pasó."""

from __future__ import annotations

from docs.taller.compas import ESCENA, ESPERA_LARGA, PAUSA, SE_MIRA, Linea, a_compas


def grabadas(*sucesos: tuple[float, str]) -> list[Linea]:
    return [{"que": que, "t": instante} for instante, que in sucesos]


def tiempos(lineas: list[Linea]) -> list[float]:
    return [linea["t"] for linea in lineas]


def test_dos_grabaciones_de_lo_mismo_acaban_con_los_mismos_tiempos() -> None:
    una = grabadas((0.01, "tecla"), (0.0213, "send"), (0.0214, "recv"), (3.1, "tecla"))
    otra = grabadas((0.02, "tecla"), (0.1, "send"), (0.3, "recv"), (2.2, "tecla"))

    assert a_compas(una, [0.0, 3.0]) == a_compas(otra, [0.0, 2.0])


def test_lo_que_se_mira_dura_y_lo_demas_no_y_entre_escenas_hay_una_pausa() -> None:
    lineas = a_compas(
        grabadas((0.0, "send"), (0.1, "hilo"), (0.2, "recv"), (5.1, "send")), [0.0, 5.0]
    )

    primero, hilo, recv, segundo = tiempos(lineas)
    assert hilo - primero >= SE_MIRA["send"]
    assert recv - hilo < 0.1
    assert segundo - recv >= PAUSA


def test_el_orden_no_cambia_y_cada_tiempo_es_mayor_que_el_anterior() -> None:
    desordenados = grabadas((0.3, "send"), (0.1, "recv"), (0.2, "hilo"), (0.2, "hilo"))

    lineas = a_compas(desordenados, [0.0])

    assert [linea["que"] for linea in lineas] == ["send", "recv", "hilo", "hilo"]
    assert sorted(set(tiempos(lineas))) == tiempos(lineas)


def test_un_plazo_que_vence_se_nota_y_una_hora_no_aburre() -> None:
    vence = a_compas(grabadas((0.0, "espera"), (2.0, "sigue")), [0.0])
    aburre = a_compas(grabadas((0.0, "espera"), (3600.0, "sigue")), [0.0])

    assert tiempos(vence)[1] - tiempos(vence)[0] == 2.0
    assert tiempos(aburre)[1] - tiempos(aburre)[0] == ESPERA_LARGA


def test_mil_sucesos_seguidos_van_mas_deprisa() -> None:
    lineas = a_compas(grabadas(*((n / 1000, "send") for n in range(1000))), [0.0])

    assert tiempos(lineas)[-1] - tiempos(lineas)[0] <= ESCENA + 0.1
