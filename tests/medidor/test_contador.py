"""Se cuenta lo mismo venga cortado como venga, y solo se cuentan mensajes."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from chatlab.medidor.contador import Contador

PRINCIPIO, DELANTE = b"e1f2.", len(b"e1f2.0: ")
AHORA = 5_000


def mensaje(sello: int = AHORA, relleno: int = 10) -> bytes:
    return b"e1f2.0: %016x" % sello + b"." * relleno + b"\n"


LARGO = len(mensaje())
OTRAS = (
    b"* Ana se ha unido al chat\n",
    b"! Demasiado deprisa.\n",
    b"Ana: hola\n",
    b"x" * (LARGO - 1) + b"x" * LARGO + b"\n",
    b"\n",
)


def contador(paso: int = 1, primera: int = 0) -> Contador:
    return Contador(PRINCIPIO, DELANTE, LARGO, paso=paso, primera=primera, reloj=lambda: AHORA)


def contar(uno: Contador, flujo: bytes, cortes: list[int]) -> Contador:
    """Le da el flujo cortado por esos sitios, siempre en el mismo buffer, con restos de antes."""
    buffer = bytearray(b"\n" * (len(flujo) + 1))
    bordes = sorted({0, len(flujo), *(corte % (len(flujo) + 1) for corte in cortes)})
    for inicio, fin in pairwise(bordes):
        buffer[: fin - inicio] = flujo[inicio:fin]
        uno.contar(buffer, fin - inicio)
    return uno


@given(st.integers(0, 60), st.lists(st.integers(0, 10_000)), st.integers(1, 7))
def test_cuenta_lo_mismo_venga_cortado_como_venga(
    cuantos: int, cortes: list[int], paso: int
) -> None:
    uno = contar(contador(paso), mensaje() * cuantos, cortes)

    assert uno.contados == cuantos
    assert uno.cola == b""
    assert len(uno.muestras) <= -(-cuantos // paso)
    assert set(uno.muestras) <= {0}


@given(
    st.lists(st.sampled_from([mensaje(), mensaje(), mensaje(), *OTRAS])),
    st.lists(st.integers(0, 10_000)),
)
def test_solo_cuenta_los_mensajes_de_los_emisores(lineas: list[bytes], cortes: list[int]) -> None:
    uno = contar(contador(), b"".join(lineas), cortes)
    uno.contar(bytearray(mensaje()), LARGO)
    uno.contar(bytearray(OTRAS[0]), len(OTRAS[0]))
    # Con un aviso entero a medio camino se sabe que estaba de más al llegar lo siguiente.
    uno.contar(bytearray(mensaje()), LARGO)

    assert uno.contados == lineas.count(mensaje()) + 2


def test_la_latencia_es_lo_que_va_del_sello_al_reloj() -> None:
    flujo = b"".join(mensaje(AHORA - tardanza) for tardanza in range(10))

    uno = contar(contador(paso=3, primera=1), flujo, [])

    assert uno.muestras == [1, 4, 7]


def test_un_mensaje_sin_sello_se_cuenta_y_no_da_latencia() -> None:
    raro = mensaje().replace(b"0000", b"hola")

    uno = contar(contador(), raro, [])

    assert uno.contados == 1
    assert uno.muestras == []


def test_recuerda_la_ultima_queja_del_servidor() -> None:
    uno = contar(contador(), OTRAS[1] + mensaje() * 3, [])

    assert uno.queja == b"! Demasiado deprisa."
    assert uno.contados == 3
