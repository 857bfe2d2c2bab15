"""Un bloque para todos da lo mismo que una lista por cliente: cada uno lee lo suyo, y en orden."""

from __future__ import annotations

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from chatlab.motor.reparto import Reparto

LECTORES = st.sampled_from(["Ana", "Carlos", "Lucía", "Eva"])
SUCESOS = st.one_of(
    st.tuples(st.sampled_from(["entra", "sale", "olvidar", "a_uno", "a_todos"]), LECTORES),
    st.tuples(st.sampled_from(["entregar", "a_todos_sin_excepcion"]), st.just("")),
)


@given(sucesos=st.lists(SUCESOS, max_size=40))
def test_cada_uno_recibe_lo_suyo_y_en_orden(sucesos: list[tuple[str, str]]) -> None:
    reparto: Reparto[str] = Reparto()
    esperado: dict[str, bytes] = defaultdict(bytes)
    recibido: dict[str, bytes] = defaultdict(bytes)
    sin_entregar: dict[str, bytes] = defaultdict(bytes)
    dentro: list[str] = []

    def entregar() -> None:
        for lector, trozos in reparto.entregar():
            recibido[lector] += b"".join(trozos)
        for lector, datos in sin_entregar.items():
            esperado[lector] += datos
        sin_entregar.clear()
        assert reparto.bytes == 0

    for numero, (suceso, lector) in enumerate(sucesos):
        datos = f"{numero} {suceso}\n".encode()
        match suceso:
            case "entra" if lector not in dentro:
                dentro.append(lector)
                reparto.entra(lector)
            case "sale":
                dentro = [otro for otro in dentro if otro != lector]
                reparto.sale(lector)
            case "olvidar":
                dentro = [otro for otro in dentro if otro != lector]
                sin_entregar.pop(lector, None)
                reparto.olvidar(lector)
            case "a_uno":
                sin_entregar[lector] += datos
                reparto.a_uno(lector, datos)
            case "a_todos" | "a_todos_sin_excepcion":
                for otro in dentro:
                    if otro != lector:
                        sin_entregar[otro] += datos
                reparto.a_todos(datos, menos=lector or None)
            case "entregar":
                entregar()
    entregar()

    assert recibido == {lector: datos for lector, datos in esperado.items() if datos}


def test_a_todos_se_les_entregan_los_mismos_bytes_sin_copiarlos() -> None:
    reparto: Reparto[str] = Reparto()
    for lector in ("Ana", "Carlos", "Lucía"):
        reparto.entra(lector)
    list(reparto.entregar())

    reparto.a_todos(b"Ana: hola\n", menos="Ana")
    reparto.a_todos(b"* aviso\n")
    trozos = dict(reparto.entregar())

    [de_carlos], [de_lucia], [de_ana] = (trozos[nombre] for nombre in ("Carlos", "Lucía", "Ana"))
    assert de_carlos is de_lucia
    assert isinstance(de_ana, memoryview)
    assert de_ana.obj is de_carlos, "lo de Ana es una parte del mismo bloque"
    assert bytes(de_ana) == b"* aviso\n"


def test_lo_de_uno_solo_sale_despues_de_lo_de_todos() -> None:
    """«A message acknowledged to its sender reached every connected client's socket.»"""
    reparto: Reparto[str] = Reparto()
    for lector in ("Ana", "Carlos", "Lucía"):
        reparto.entra(lector)
    list(reparto.entregar())

    reparto.a_todos(b"Ana: hola\n", menos="Ana")
    reparto.a_uno("Ana", b"+ entregado a 2\n")

    assert [lector for lector, _ in reparto.entregar()] == ["Carlos", "Lucía", "Ana"]
