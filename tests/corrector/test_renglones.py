"""Un mensaje largo, partido en renglones por el programa o cortado por la red."""

from __future__ import annotations

import textwrap

import pytest

from chatlab.corrector.historias.renglones import cuanto_se_ve, en_renglones

LARGO = " ".join(f"palabra{numero:04}" for numero in range(250))


@pytest.mark.parametrize("ancho", [20, 60, 79, 120, 200])
@pytest.mark.parametrize("margen", ["", "    ", "       Ana | "])
def test_un_mensaje_partido_entre_palabras_esta_entero(ancho: int, margen: str) -> None:
    renglones = textwrap.fill(LARGO, ancho + len(margen), subsequent_indent=margen)

    assert en_renglones(LARGO, f"Ana: {renglones}\nTú: ")


@pytest.mark.parametrize("corte", [64, 100, 128, 500, 512, 1000, 1024, 1200, 2048])
def test_lo_que_corta_un_recv_no_son_renglones(corte: int) -> None:
    trozos = [LARGO[desde : desde + corte] for desde in range(0, len(LARGO), corte)]

    assert not en_renglones(LARGO, "".join(f"Ana: {trozo}\n" for trozo in trozos))


def test_si_falta_una_palabra_no_esta_entero() -> None:
    sin_una = LARGO.replace("palabra0100 ", "")

    assert not en_renglones(LARGO, textwrap.fill(sin_una, 60))


def test_una_frase_corta_no_se_parte() -> None:
    assert not en_renglones("Hola desde la primera mesa", "Hola desde\nla primera mesa")


def test_se_sabe_cuanto_lleva_escrito_quien_escribe_letra_a_letra() -> None:
    pantalla = f"Carlos: hola\nAna: {LARGO[:700]}"

    assert cuanto_se_ve(LARGO, pantalla) == 700
    assert cuanto_se_ve(LARGO, f"{pantalla[:-10]}\nTú: ") == 0
    assert cuanto_se_ve(LARGO, "Tú: ") == 0
