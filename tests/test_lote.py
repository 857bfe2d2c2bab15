"""Un lote solo se toma de una vez si leerlo línea a línea daría exactamente lo mismo."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chatlab.chat.lote import son_mensajes
from chatlab.chat.protocolo import MAX_LINEA, Decodificador, Mensaje, interpretar

#: Trozos de los que salen líneas de todas clases, cada una con sus vecinas.
TROZOS = st.sampled_from(
    [
        *("hola", "ñ á 😀", " ", "\t", "\r", "/", "//", "salir", "EXIT", "Quit", "/salir"),
        *("\x00", "\x1b[2J", "\x7f", "\x85", "\u2028", "\u202e", "\ufeff", "\u00a0", ":"),
        *("x" * (MAX_LINEA - 1), "x" * MAX_LINEA, "𠮷" * (MAX_LINEA // 4)),
    ]
)
LINEAS = (st.lists(TROZOS, max_size=3).map("".join).map(str.encode)) | st.binary(max_size=4).map(
    lambda datos: datos.replace(b"\n", b"")
)


@given(lineas=st.lists(LINEAS, min_size=1, max_size=6))
@example(lineas=["ſalir".encode()])  # «ſ» es una ese antigua: no es la despedida
@example(lineas=[b"salir\x0b"])
def test_si_es_un_lote_de_mensajes_leerlo_linea_a_linea_da_lo_mismo(lineas: list[bytes]) -> None:
    lote = b"".join(linea + b"\n" for linea in lineas)

    if son_mensajes(lote):
        for cruda, leida in zip(lineas, Decodificador().recibir(lote), strict=True):
            assert isinstance(leida, str), leida
            assert leida.strip(), "una línea vacía no es un mensaje"
            assert interpretar(leida) == Mensaje(cruda.decode())


@pytest.mark.parametrize(
    "linea",
    [
        pytest.param("hola", id="lo normal"),
        pytest.param("¿Qué tal, año 2026? 😀 你好", id="de cualquier escritura"),
        pytest.param("voy a salir", id="una palabra de salida en medio"),
        pytest.param("salir ya", id="una palabra de salida al principio"),
        pytest.param("y/o", id="una barra en medio"),
        pytest.param("x" * (MAX_LINEA - 1), id="la más larga"),
    ],
)
def test_lo_que_se_reenvia_tal_cual_va_en_lote(linea: str) -> None:
    assert son_mensajes(f"{linea}\n".encode() * 100)


@pytest.mark.parametrize(
    "linea",
    [
        pytest.param(b"", id="vacia"),
        pytest.param(b"   ", id="de espacios"),
        pytest.param(b"/usuarios", id="un comando"),
        pytest.param(b"//hola", id="una barra que se escribe con dos"),
        pytest.param(b"Salir", id="una despedida"),
        pytest.param(b"  quit  ", id="una despedida entre espacios"),
        pytest.param(b"hola\r", id="con final de Windows"),
        pytest.param(b"\x1b[2J", id="una orden para la terminal"),
        pytest.param("aloh\u202e".encode(), id="un cambio de sentido"),
        pytest.param("\x9b2J".encode(), id="un control de dos bytes"),
        pytest.param(b"ca\xf1a", id="latin-1"),
        pytest.param(b"x" * MAX_LINEA, id="demasiado larga"),
    ],
)
@pytest.mark.parametrize("antes", [0, 50])
@pytest.mark.parametrize("despues", [0, 50])
def test_con_una_sola_linea_que_no_lo_sea_el_lote_se_mira_despacio(
    linea: bytes, antes: int, despues: int
) -> None:
    normal = b"un mensaje como otro cualquiera\n"

    assert not son_mensajes(normal * antes + linea + b"\n" + normal * despues)
