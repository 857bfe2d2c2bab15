"""La copia de la sonda se puede hacer mientras otro corrector la está compilando."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from chatlab.sonda import copia_de_la_sonda
from chatlab.sonda.copia_de_la_sonda import INYECTADO, CopiaDeLaSonda


@pytest.mark.skipif(sys.platform == "win32", reason="se hace con un enlace")
def test_lo_que_otro_esta_compilando_no_estorba(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inyectado = tmp_path / "inyectado"
    shutil.copytree(INYECTADO, inyectado, ignore=shutil.ignore_patterns("__pycache__"))
    (inyectado / "__pycache__").mkdir()
    # Un borrador que está al mirar la carpeta y ya no al abrirlo, como un enlace a ninguna parte.
    borrador = inyectado / "__pycache__" / "sitecustomize.cpython-311.pyc.140713953875120"
    borrador.symlink_to(tmp_path / "nada")
    monkeypatch.setattr(copia_de_la_sonda, "INYECTADO", inyectado)

    copia = CopiaDeLaSonda(tmp_path / "copia")

    assert (tmp_path / "copia" / "sitecustomize.py").is_file()
    assert not [*(tmp_path / "copia").rglob("*.pyc.*")]
    assert copia.cambiado() is None
