"""Da lo mismo cómo lleguen cortados los bytes y cuántas líneas se tomen: salen las mismas."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from chatlab.chat.protocolo import MAX_LINEA, Decodificador, LineaMala, Recibida
from chatlab.motor.entrada import Entrada

TROZOS = st.sampled_from(
    [b"\n", b"\n", b"hola", "ñ😀".encode(), b"\xff", b"\r\n"]
) | st.sampled_from([b"x" * (MAX_LINEA - 1), b"x" * MAX_LINEA, b"x" * 3 * MAX_LINEA])
FLUJOS = st.lists(TROZOS, max_size=8).map(b"".join)


def cortar(datos: bytes, cortes: list[int]) -> list[bytes]:
    limites = [0, *sorted(corte % (len(datos) + 1) for corte in cortes), len(datos)]
    return [datos[a:b] for a, b in pairwise(limites)]


@given(datos=FLUJOS, cortes=st.lists(st.integers(0, 20_000), max_size=6), maximo=st.integers(1, 5))
def test_salen_las_mismas_lineas_que_del_decodificador(
    datos: bytes, cortes: list[int], maximo: int
) -> None:
    esperadas, final = [], Decodificador()
    esperadas += final.recibir(datos)
    sobra = final.terminar()

    una_a_una, por_lotes = Entrada(), Entrada()
    tomadas: list[Recibida] = []
    en_lotes: list[Recibida] = []
    for trozo in cortar(datos, cortes):
        una_a_una.recibir(trozo)
        por_lotes.recibir(memoryview(trozo))
        while una_a_una.hay_lineas:
            tomadas.append(una_a_una.tomar_linea())
        while por_lotes.hay_lineas:
            lote = por_lotes.lote(maximo)
            assert lote.endswith(b"\n")
            assert lote.count(b"\n") >= 1
            assert lote.count(b"\n") <= maximo or len(lote) <= 2 * maximo
            por_lotes.quitar(len(lote))
            en_lotes += Decodificador().recibir(lote)

    assert tomadas == en_lotes == esperadas
    for entrada in (una_a_una, por_lotes):
        assert entrada.hay_linea_sin_final == (sobra is not None)


def test_de_una_linea_que_no_acaba_nunca_se_guarda_poco() -> None:
    entrada = Entrada()
    quejas: list[Recibida] = []
    for _ in range(100):
        entrada.recibir(b"x" * 10_000)
        while entrada.hay_lineas:
            quejas.append(entrada.tomar_linea())

    [queja] = quejas
    assert isinstance(queja, LineaMala)
    assert queja.motivo.startswith("La línea pasa de 4096 bytes")
    assert not entrada.vacia, "hay que recordar que lo que llegue es de esa línea"
    entrada.recibir(b"xxx\nhola\n")
    assert entrada.tomar_linea() == "hola"
    assert entrada.vacia
