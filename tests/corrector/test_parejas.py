"""Que de cada pareja del banco se dice lo que es verdad, y lo primero es su causa.

Se piden aparte, con `pytest -m banco -n 3`.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from chatlab.corrector.modelo import Informe, Veredicto
from tests.apoyo.programa import RAIZ
from tests.corrector.banco.parejas import Pareja, parejas
from tests.corrector.corregir import como_se_lee, dos_primeras

pytestmark = pytest.mark.banco

#: Segundos que puede tardar una corrección entera en una máquina muy ocupada.
PLAZO = 190


@pytest.mark.parametrize("pareja", parejas(), ids=lambda pareja: pareja.nombre)
def test_se_dice_lo_que_es_verdad(pareja: Pareja, tmp_path: Path) -> None:
    informe = corregir(pareja, tmp_path)
    texto = como_se_lee(informe)
    primeras = dos_primeras(texto)

    if pareja.problema:
        assert _esta(pareja.problema, informe.problema), texto
    else:
        assert not informe.problema, texto
    assert _con(informe, Veredicto.FALLA) == pareja.falla, texto
    assert _con(informe, Veredicto.SIN_COMPROBAR) == pareja.sin_comprobar, texto
    for expresion in pareja.causa:
        assert _esta(expresion, primeras), texto
    for expresion in pareja.dice:
        assert _esta(expresion, texto), texto
    for expresion in pareja.no_dice:
        assert not _esta(expresion, texto), texto


def corregir(pareja: Pareja, tmp_path: Path) -> Informe:
    """Lo corrige como lo haría una persona, con la orden."""
    orden = [sys.executable, "-m", "chatlab", "corregir", pareja.leccion, str(pareja.carpeta)]
    ejecucion = subprocess.run(
        [*orden, "--json", *pareja.opciones],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(RAIZ), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=PLAZO,
    )
    assert ejecucion.returncode in (0, 1), ejecucion.stderr
    return Informe.de_json(json.loads(ejecucion.stdout))


def _con(informe: Informe, veredicto: Veredicto) -> set[str]:
    return {uno.comprobacion.clave for uno in informe.resultados if uno.veredicto is veredicto}


def _esta(expresion: str, texto: str) -> bool:
    return re.search(expresion, texto, re.IGNORECASE) is not None
