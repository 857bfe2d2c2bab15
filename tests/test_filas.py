"""Lo que llega se parte en filas que no se pueden tomar por una línea nueva."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from chatlab.terminal.filas import CONTINUA, MINIMO_DE_COLUMNAS, columnas_que_ocupa, en_filas

textos = st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp"]), max_size=300)
anchos = st.integers(MINIMO_DE_COLUMNAS, 200)


def test_lo_que_cabe_se_queda_como_esta() -> None:
    assert en_filas("Ana: hola", 80) == "Ana: hola"
    assert en_filas("", 80) == ""


def test_se_parte_entre_palabras_y_lo_que_sigue_lleva_su_senal() -> None:
    assert en_filas("Ana: uno dos tres cuatro cinco", 20) == "Ana: uno dos tres\n↳ cuatro cinco"


def test_una_palabra_que_no_cabe_se_parte_por_donde_toque() -> None:
    assert en_filas("x" * 40, 20) == "x" * 19 + "\n↳ " + "x" * 17 + "\n↳ " + "x" * 4


def test_los_saltos_de_linea_del_texto_son_lineas_nuevas() -> None:
    assert en_filas("una\ndos\n", 80) == "una\ndos\n"


def test_en_una_terminal_minima_no_se_parte_nada() -> None:
    assert en_filas("x" * 30, MINIMO_DE_COLUMNAS - 1) == "x" * 30


@given(textos, anchos)
def test_ninguna_fila_pasa_del_ancho_y_solo_la_primera_va_sin_senal(texto: str, ancho: int) -> None:
    primera, *siguientes = en_filas(texto, ancho).split("\n")

    assert all(fila.startswith(CONTINUA) for fila in siguientes)
    for fila in (primera, *siguientes):
        assert sum(map(columnas_que_ocupa, fila)) < ancho


@given(textos, anchos)
def test_no_se_pierde_ni_una_letra(texto: str, ancho: int) -> None:
    vuelto_a_juntar = en_filas(texto, ancho).replace(f"\n{CONTINUA}", "")

    assert sin_espacios(vuelto_a_juntar) == sin_espacios(texto)


def sin_espacios(texto: str) -> str:
    return "".join(letra for letra in texto if unicodedata.category(letra) != "Zs")
