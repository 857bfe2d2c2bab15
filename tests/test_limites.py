"""Los límites son los de ChatLab/1, y el ritmo reparte en el tiempo sin perder mensajes."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatlab.chat.limites import Limites
from chatlab.chat.ritmo import Ritmo

#: Segundos que puede desviarse una cuenta con decimales.
DESVIACION = 1e-6


def test_los_limites_normales_son_los_que_dice_chatlab_1() -> None:
    """«5 tries, 60 s»; «default 2000»; «256 KiB»; «nothing at all for 3 s»; «4 MiB»."""
    limites = Limites()

    assert limites.intentos_de_nombre == 5
    assert limites.segundos_para_el_nombre == 60
    assert limites.mensajes_por_segundo == 2000
    assert limites.bytes_para_frenar == 256 * 1024
    assert limites.segundos_sin_leer == 3
    assert limites.bytes_para_desconectar == 4 * 1024 * 1024


def test_los_limites_no_cambian_con_el_servidor_en_marcha() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Limites().personas = 2  # type: ignore[misc]


def test_una_rafaga_de_un_segundo_no_espera_y_el_siguiente_mensaje_si() -> None:
    ritmo = Ritmo(10, ahora=0)

    esperas = [ritmo.gastar(0) for _ in range(12)]

    assert esperas == pytest.approx([0] * 10 + [0.1, 0.2])


def test_un_largo_silencio_no_ahorra_mas_que_un_segundo() -> None:
    ritmo = Ritmo(10, ahora=0)

    esperas = [ritmo.gastar(3600) for _ in range(11)]

    assert esperas == pytest.approx([0] * 10 + [0.1])


def test_gastar_varios_de_una_vez_es_gastarlos_uno_a_uno() -> None:
    de_una_vez, uno_a_uno = Ritmo(10, ahora=0), Ritmo(10, ahora=0)

    for ahora, mensajes in ((0, 4), (0.1, 12), (2, 1), (2.5, 30)):
        esperas = [uno_a_uno.gastar(ahora) for _ in range(mensajes)]
        assert de_una_vez.gastar(ahora, mensajes) == pytest.approx(esperas[-1])


def test_los_que_caben_no_esperan_y_uno_mas_si() -> None:
    ritmo = Ritmo(10, ahora=0)

    assert ritmo.caben(0) == 10
    assert ritmo.gastar(0, 10) == 0
    assert ritmo.caben(0.5) == 5
    assert ritmo.gastar(0.5, 6) == pytest.approx(0.1)
    assert ritmo.caben(0.5) == 1, "siempre se puede uno, aunque haya que esperar después"


def test_a_quien_lleva_un_segundo_yendo_deprisa_se_le_dice_una_vez_hasta_que_descansa() -> None:
    ritmo = Ritmo(10, ahora=0)

    def va_a_quince_por_segundo(desde: float, hasta: float) -> list[float]:
        dichas = []
        for decima in range(round(desde * 10), round(hasta * 10)):
            ritmo.gastar(decima / 10, 15 if decima % 10 == 0 else 0)
            if ritmo.hay_que_decirlo(decima / 10):
                dichas.append(decima / 10)
        return dichas

    assert va_a_quince_por_segundo(0, 5) == [1.0]
    assert va_a_quince_por_segundo(60, 65) == [61.0]


def test_con_0_no_hay_tope() -> None:
    ritmo = Ritmo(0, ahora=0)

    assert not any(ritmo.gastar(0) for _ in range(10_000))


@given(por_segundo=st.integers(1, 5000), cuantos=st.integers(1, 300))
def test_quien_no_pasa_del_ritmo_nunca_espera(por_segundo: int, cuantos: int) -> None:
    ritmo = Ritmo(por_segundo, ahora=0)

    esperas = [ritmo.gastar(mensaje / por_segundo) for mensaje in range(cuantos)]

    assert max(esperas) < DESVIACION


@given(
    por_segundo=st.integers(1, 100),
    pausas=st.lists(st.just(0.0) | st.floats(0, 3), min_size=1, max_size=300),
)
def test_quien_respeta_las_esperas_no_pasa_del_ritmo(por_segundo: int, pausas: list[float]) -> None:
    ritmo = Ritmo(por_segundo, ahora=0)
    ahora = 0.0

    for mensajes, pausa in enumerate(pausas, start=1):
        ahora += pausa
        # La ráfaga con que se empieza, lo que repone el tiempo pasado, y el mensaje que se debe.
        assert mensajes <= por_segundo + ahora * por_segundo + 1 + DESVIACION
        ahora += ritmo.gastar(ahora)


@given(por_segundo=st.integers(1, 100), cuantos=st.integers(1, 300))
def test_nadie_espera_mas_de_lo_que_debe(por_segundo: int, cuantos: int) -> None:
    """Quien envía sin parar va exactamente al ritmo: se le frena, no se le castiga."""
    ritmo = Ritmo(por_segundo, ahora=0)
    ahora = 0.0
    for _ in range(cuantos):
        ahora += ritmo.gastar(ahora)

    assert ahora == pytest.approx(max(0, cuantos - por_segundo) / por_segundo, abs=DESVIACION)


def test_sin_tope_caben_siempre_todos() -> None:
    ritmo = Ritmo(0, 0.0)
    assert ritmo.gastar(0.0, 1_000_000) == 0
    assert ritmo.caben(0.0) > 1_000_000
