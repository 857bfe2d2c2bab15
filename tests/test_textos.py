"""Las frases cuentan y enumeran como se hace en español."""

from __future__ import annotations

import pytest

from chatlab.textos import contar, enumerar


@pytest.mark.parametrize(
    ("cuantas", "frase"), [(0, "0 líneas"), (1, "1 línea"), (2, "2 líneas"), (21, "21 líneas")]
)
def test_contar_concuerda_con_el_numero(cuantas: int, frase: str) -> None:
    assert contar(cuantas, "línea") == frase


def test_contar_admite_un_plural_que_no_es_anadir_una_s() -> None:
    assert contar(1, "conexión", "conexiones") == "1 conexión"
    assert contar(3, "conexión", "conexiones") == "3 conexiones"


@pytest.mark.parametrize(
    ("cosas", "frase"),
    [
        ([], ""),
        (["Ana"], "Ana"),
        (["Ana", "Carlos"], "Ana y Carlos"),
        (["Ana", "Carlos", "Lucía"], "Ana, Carlos y Lucía"),
        (["Inés", "Ana"], "Inés y Ana"),
    ],
)
def test_enumerar_separa_con_comas_y_acaba_con_y(cosas: list[str], frase: str) -> None:
    assert enumerar(cosas) == frase


@pytest.mark.parametrize("ultima", ["Inés", "iker", "Íñigo", "Hilario"])
def test_enumerar_dice_e_delante_del_sonido_i(ultima: str) -> None:
    assert enumerar(["Ana", ultima]) == f"Ana e {ultima}"


@pytest.mark.parametrize("ultima", ["hielo", "Ian", "Yolanda", "Hugo"])
def test_enumerar_conserva_la_y_delante_de_un_diptongo_o_de_otra_letra(ultima: str) -> None:
    assert enumerar(["Ana", ultima]) == f"Ana y {ultima}"
