"""«El Python que usarás» dice la verdad, y cada paso lleva a lo que necesita por primera vez."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from docs.taller.python_nuevo import RASGOS, pythones, rasgos_de
from tests.apoyo.programa import RAIZ
from tests.docs.paginas import inclusiones

PAGINA = RAIZ / "docs" / "guias" / "python.md"
EJEMPLOS = sorted((RAIZ / "docs" / "ejemplos" / "python").glob("*.py"))
PASOS = sorted(RAIZ.glob("lessons/*/paso*"))


@pytest.mark.parametrize("ejemplo", EJEMPLOS, ids=lambda ruta: ruta.stem)
def test_cada_ejemplo_escribe_lo_que_dice_al_lado(ejemplo: Path) -> None:
    codigo = ejemplo.read_text(encoding="utf-8")
    ejecucion = subprocess.run(
        [sys.executable, "-X", "utf8", ejemplo],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )

    assert ejecucion.stdout.splitlines() == re.findall(r"# → (.*)", codigo)
    assert len([linea for linea in codigo.splitlines() if linea.strip()]) <= 9


def test_cada_apartado_lo_trae_algun_paso_y_tiene_su_ejemplo() -> None:
    texto = PAGINA.read_text(encoding="utf-8")
    apartados = re.findall(r"^### .* \{ #([\w-]+) \}$", texto, re.MULTILINE)

    assert apartados == [rasgo.ancla for rasgo in RASGOS]
    enlazados = re.findall(r"python\.md#([\w-]+)", "".join(pythones().values()))
    assert sorted(enlazados) == sorted(apartados)
    assert texto.count("--8<--") == len(EJEMPLOS) == len(apartados)


def test_cada_paso_lleva_a_lo_que_usa_por_primera_vez() -> None:
    frases = pythones()
    vistos: set[str] = set()
    for paso in PASOS:
        nuevos = {rasgo.ancla for rasgo in rasgos_de(paso)} - vistos
        vistos |= nuevos
        pagina = RAIZ / "docs" / "lecciones" / paso.parent.name / f"{paso.name}.md"
        incluidos = [RAIZ / uno.archivo for uno in inclusiones(pagina)]
        dicho = "".join(frases.get(incluido, "") for incluido in incluidos)
        assert set(re.findall(r"python\.md#([\w-]+)", dicho)) == nuevos, pagina
