"""Los nombres de ChatLab/1: cuáles valen, y cuándo dos son el mismo."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatlab.chat.nombres import MAX_NOMBRE, NombreNoValido, clave_de_nombre, leer_nombre
from chatlab.chat.protocolo import limpiar


@pytest.mark.parametrize(
    ("texto", "nombre"),
    [
        ("A", "A"),
        ("x" * 20, "x" * 20),
        ("  Ana   María  ", "Ana María"),
        ("Ana\u00a0María", "Ana María"),
        ("A\u0301na", "Ána"),
        ("n\u0303" * 20, "ñ" * 20),  # 40 caracteres descompuestos son 20 letras
        ("Íñigo_2-b.", "Íñigo_2-b."),
        ("Иван", "Иван"),
        ("美咲", "美咲"),
        ("علي", "علي"),
        ("नमस्ते", "नमस्ते"),
        ("𠮷田", "𠮷田"),
        ("٣", "٣"),
    ],
)
def test_vale_un_nombre_de_1_a_20_letras_de_cualquier_escritura(texto: str, nombre: str) -> None:
    """«1 to 20 characters, letters of any script, digits, spaces inside, `_ - .`»"""
    assert leer_nombre(texto) == nombre


@pytest.mark.parametrize(
    ("texto", "porque"),
    [
        ("", "vacío"),
        ("   \t ", "vacío"),
        ("x" * 21, "21 caracteres; el máximo es 20"),
        ("x" * 300, "300 caracteres"),
        ("Ana: hola", "«:»"),
        ("/ayuda", "«/»"),
        ("* Ana", "«*»"),
        ("+", "«+»"),
        ("¡Ana!", "«¡»"),
        ("Ana@casa", "«@»"),
        ("Ana😀", "«😀»"),
        ("x²", "«²»"),
        ("A\u200bna", "«U+200B»"),
        ("Ana\ufe0f", "«U+FE0F»"),
        ("Ana\u3164", "«U+3164»"),
        ("Ana\u202e", "«U+202E»"),
        ("Ana\x1b[2J", "«U+001B»"),
    ],
)
def test_un_nombre_que_no_vale_se_rechaza_diciendo_por_que(texto: str, porque: str) -> None:
    with pytest.raises(NombreNoValido, match=re.escape(porque)):
        leer_nombre(texto)


@pytest.mark.parametrize("texto", ["Tú", "tú", "TÚ", " Tú ", "Tu\u0301"])
def test_nadie_puede_llamarse_como_cada_persona_ve_lo_suyo(texto: str) -> None:
    with pytest.raises(NombreNoValido, match="elige otro nombre"):
        leer_nombre(texto)


def test_tu_sin_tilde_es_un_nombre_como_otro() -> None:
    assert leer_nombre("Tu") == "Tu"


#: Los tramos de «Default_Ignorable_Code_Point» (Unicode, DerivedCoreProperties.txt).
IGNORABLES = [
    *(0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFEFF, 0xFFA0),
    *range(0x180B, 0x1810),
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    *range(0xFE00, 0xFE10),
    *range(0xFFF0, 0xFFF9),
    *range(0x1BCA0, 0x1BCA4),
    *range(0x1D173, 0x1D17B),
    *range(0xE0000, 0xE1000),
]


def test_ningun_caracter_invisible_cabe_en_un_nombre() -> None:
    """Con uno de ellos, dos personas distintas se leerían con el mismo nombre."""
    admitidos = [f"U+{codigo:04X}" for codigo in IGNORABLES if admite(f"Ana{chr(codigo)}")]

    assert not admitidos


def admite(texto: str) -> bool:
    try:
        leer_nombre(texto)
    except NombreNoValido:
        return False
    return True


@pytest.mark.parametrize(
    "texto",
    [
        pytest.param("\u0301Ana", id="al principio"),
        pytest.param("Ana \u0301", id="tras un espacio"),
        pytest.param("R2\u0301", id="sobre una cifra"),
        pytest.param("Jose\u0301\u0301", id="dos iguales: se vería uno"),
        pytest.param("Lui\u0307s", id="el punto que la i ya tiene"),
        pytest.param("Ana\u17d2", id="una unión del jemer en letras latinas"),
        pytest.param("ក្", id="una unión que no une nada"),
        pytest.param("ⴰ\u2d7fⴱ", id="una unión del tifinag: no se ve nunca"),
        pytest.param("A" + "\u0300\u0301\u0302\u0303\u0304", id="una torre de signos"),
    ],
)
def test_un_signo_suelto_o_que_no_se_distingue_no_cabe_en_un_nombre(texto: str) -> None:
    assert not admite(texto)


@pytest.mark.parametrize(
    "nombre",
    [
        *("José", "X\u0302", "Việt", "İpek", "नमस्ते", "ភាសាខ្មែរ", "မြန်မာ", "ไทย", "தமிழ்", "বাংলা"),
        *("שָׁלוֹם", "العَرَبِيَّة", "한국어", "తెలుగు", "ਪੰਜਾਬੀ", "አማርኛ"),
    ],
)
def test_los_signos_en_su_sitio_valen_en_cualquier_escritura(nombre: str) -> None:
    assert leer_nombre(nombre) == unicodedata.normalize("NFC", nombre)


#: Casi siempre valen; a veces son largos, o llevan algo que no cabe.
textos_de_nombres = st.text(
    st.characters(categories=("L", "M", "Nd")) | st.sampled_from("aAñÑß_-. \u0301\u0345:"),
    max_size=22,
)


@given(texto=textos_de_nombres)
def test_todo_nombre_admitido_cumple_las_reglas(texto: str) -> None:
    if not admite(texto):
        return
    nombre = leer_nombre(texto)

    assert 1 <= len(nombre) <= MAX_NOMBRE
    assert nombre == " ".join(nombre.split()), "un solo espacio, y solo por dentro"
    assert unicodedata.is_normalized("NFC", nombre)
    assert ":" not in nombre
    assert limpiar(nombre) == nombre
    assert leer_nombre(nombre) == nombre, "leerlo otra vez no lo cambia"


@given(texto=textos_de_nombres)
def test_componer_o_descomponer_un_nombre_no_hace_otro(texto: str) -> None:
    claves = {clave_de_nombre(unicodedata.normalize(forma, texto)) for forma in ("NFC", "NFD")} | {
        clave_de_nombre(texto)
    }

    assert len(claves) == 1


@pytest.mark.parametrize(
    ("uno", "otro"),
    [
        ("Ana", "ana"),
        ("ÑANDÚ", "ñandú"),
        ("Ána", "a\u0301na"),
        ("Straße", "STRASSE"),
        ("ΣΑΣ", "σας"),
    ],
)
def test_son_el_mismo_nombre(uno: str, otro: str) -> None:
    """«Compared after NFC and casefold.»"""
    assert clave_de_nombre(leer_nombre(uno)) == clave_de_nombre(leer_nombre(otro))


@pytest.mark.parametrize(("uno", "otro"), [("Ana", "Ána"), ("Ana", "Anna"), ("Ana", "Ana M")])
def test_no_son_el_mismo_nombre(uno: str, otro: str) -> None:
    assert clave_de_nombre(leer_nombre(uno)) != clave_de_nombre(leer_nombre(otro))
