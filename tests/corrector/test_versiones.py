"""Lo que escribe cada Python se explica bien, sea cual sea el que ejecuta chatlab."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatlab.corrector.diagnostico.error import explicar_error
from tests.corrector.apoyo import explicado
from tests.corrector.versiones.leer import NADA, PROGRAMAS, Programa

VERSIONES = {"3.11", "3.12", "3.13", "3.13.18", "3.14", "3.15"}
#: Lo que se dice cuando no se sabe más: de ninguno de estos programas se debe decir.
VAGAS = ("lo que dice Python", "Comprueba qué guarda")


@pytest.mark.parametrize("programa", PROGRAMAS, ids=lambda programa: programa.nombre)
def test_lo_que_escribe_cada_version_se_explica(programa: Programa, tmp_path: Path) -> None:
    programa.guardar(tmp_path)
    for version, pantalla in programa.pantallas.items():
        esperado = programa.se_espera(version)
        if esperado == [NADA]:
            assert explicar_error(pantalla, tmp_path) is None, f"{version}:\n{pantalla}"
            continue
        dicho = explicado(pantalla, tmp_path).redactar()
        visto = f"Con {version}:\n{pantalla}\n{dicho}"
        for trozo in esperado:
            assert trozo in dicho, visto
        assert not any(vaga in dicho for vaga in VAGAS), visto
        # Las sugerencias de Python llevan un punto, y dos nombres, desde 3.15.
        assert ".." not in dicho and "instead of" not in dicho, visto


def test_de_cada_programa_hay_lo_que_escribieron_todas_las_versiones() -> None:
    assert all(set(programa.pantallas) == VERSIONES for programa in PROGRAMAS)
    assert len({programa.nombre for programa in PROGRAMAS}) == len(PROGRAMAS)
