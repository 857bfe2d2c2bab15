"""El juguete de los bytes dice de cada texto lo que dice Python."""

from __future__ import annotations

import pytest

from tests.docs.juguete import Juguete
from tests.docs.visita import Pestana

PAGINA = "conceptos/bytes-y-utf8.html"
TEXTOS = ["", "mañana", "¡Olé!", "10 €", "🙂", "cafe\u0301", "a\tb\\c\"d'e", "\u00a0\ufeff\x7f"]


@pytest.fixture
def juguete(pestanas: tuple[Pestana, Pestana]) -> Juguete:
    return Juguete(pestanas[0], PAGINA, "bytes")


def test_de_cada_letra_dice_su_numero_y_sus_bytes(juguete: Juguete) -> None:
    for texto in TEXTOS:
        esperadas = [[uno, f"U+{ord(uno):04X}", list(uno.encode())] for uno in texto]
        assert juguete.calcular("(bytes, texto) => bytes.filas(texto)", texto) == esperadas

        largos = juguete.calcular("(bytes, texto) => bytes.largos(texto)", texto)
        assert largos == {"letras": len(texto), "bytes": len(texto.encode())}

        comun = "(_, texto) => juguetes.repr(juguetes.aBytes(texto))"
        assert juguete.calcular(comun, texto) == repr(texto.encode())


def test_con_el_teclado_se_escribe_y_se_ve(juguete: Juguete) -> None:
    juguete.escribir("Escribe un texto", "año")
    assert juguete.dice.startswith("len(texto) es 3, y len(texto.encode()) es 4:")
    assert "U+00F1" in juguete.texto
    assert "195 177" in juguete.texto
    assert r"b'a\xc3\xb1o'" in juguete.texto

    juguete.pulsar("Probar 🙂")
    assert juguete.dice.endswith("1 letra y 4 bytes.")
    assert juguete.faltas() == []
