"""En los diagramas de las páginas, nada pasa antes que lo que lo causó."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs.taller.guion import GRABACIONES
from tests.observador.causalidad import adelantadas

CONTADOS = sorted(ruta for ruta in GRABACIONES.rglob("*.md") if ruta.with_suffix(".svg").exists())


def test_hay_diagramas() -> None:
    assert len(CONTADOS) > 30


@pytest.mark.parametrize(
    "contado", CONTADOS, ids=lambda ruta: ruta.relative_to(GRABACIONES).as_posix()
)
def test_nada_se_recibe_antes_de_enviarse(contado: Path) -> None:
    lineas = contado.read_text(encoding="utf-8").splitlines()

    assert not adelantadas(re.sub(r"^\d+\. ", "", linea) for linea in lineas)
