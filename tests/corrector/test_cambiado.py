"""Se reconoce un mensaje que llega cambiado, y no se confunde con otro."""

from __future__ import annotations

import pytest

from chatlab.corrector.historias.cambiado import como_ha_llegado

FRASE = "Hola desde la primera mesa"

CAMBIADA = {
    "con dos puntos": "Ana: Hola: desde: la: primera: mesa",
    "en mayúsculas": "Ana: HOLA DESDE LA PRIMERA MESA",
    "sin espacios": "Ana: Holadesdelaprimeramesa",
    "del revés": "Ana: asem aremirp al edsed aloH",
    "cortada": "Ana: Hola desde la primera",
    "muy cortada": "Ana: Hola desde l",
    "sin su principio": "Ana: desde la primera mesa",
    "letra a letra": "H o l a   d e s d e   l a   p r i m e r a   m e s a",
    "como lista": "['Hola', 'desde', 'la', 'primera', 'mesa']",
    "con una letra por otra": "Ana: Hol@ desde l@ primer@ mes@",
}


@pytest.mark.parametrize("linea", CAMBIADA.values(), ids=CAMBIADA.keys())
def test_se_reconoce(linea: str) -> None:
    assert como_ha_llegado(FRASE, f"Bienvenido\n{linea}\n> ", [FRASE]) == linea


def test_las_tildes_estropeadas_tambien() -> None:
    frase = "¿Qué tal, señor Núñez? ¡Pingüino! 😀"
    mal = frase.encode().decode("latin-1")
    como_bytes = str(frase.encode())

    assert como_ha_llegado(frase, f"Ana: {mal}", [frase]) == f"Ana: {mal}".strip()
    assert como_ha_llegado(frase, como_bytes, [frase]) == como_bytes


@pytest.mark.parametrize(
    "pantalla", ["", "Bienvenida al chat", "Carlos ha entrado en la sala", "Mensaje: ", "b''"]
)
def test_otra_cosa_no_es_la_frase(pantalla: str) -> None:
    assert como_ha_llegado(FRASE, pantalla, [FRASE]) == ""


def test_otra_frase_parecida_que_si_se_dijo_no_es_esta() -> None:
    dichas = ["apunte 3 de veinte", "apunte 13 de veinte"]

    assert como_ha_llegado(dichas[1], f"> {dichas[0]}", dichas) == ""
