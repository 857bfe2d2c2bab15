"""Lo que no se puede escribir se explica en español, con la causa que da el sistema."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from chatlab.errores import ErrorDeArchivo
from chatlab.programa.archivos import guardar, no_se_puede_escribir
from chatlab.programa.causas import por_que


@pytest.mark.parametrize(
    ("ruta", "causa"),
    [
        ("no_existe/notas.csv", "no existe su carpeta"),
        ("un_archivo/notas.csv", "no existe su carpeta"),
        pytest.param(
            "carpeta",
            "es una carpeta",
            marks=pytest.mark.skipif(sys.platform == "win32", reason="Windows dice otra cosa"),
        ),
    ],
)
def test_no_poder_guardar_se_explica(tmp_path: Path, ruta: str, causa: str) -> None:
    (tmp_path / "un_archivo").touch()
    (tmp_path / "carpeta").mkdir()

    with pytest.raises(ErrorDeArchivo) as error:
        guardar(tmp_path / ruta, "hola")

    assert str(error.value) == f"No puedo escribir «{tmp_path / ruta}»: {causa}."


def test_el_permiso_que_falta_al_guardar_es_el_de_la_carpeta() -> None:
    sin_permiso = OSError(errno.EACCES, os.strerror(errno.EACCES))

    assert por_que(sin_permiso) == "no tienes permiso"
    assert str(no_se_puede_escribir(Path("notas.csv"), sin_permiso)) == (
        "No puedo escribir «notas.csv»: no tienes permiso en su carpeta."
    )


def test_una_causa_que_no_se_conoce_es_lo_que_dice_el_sistema() -> None:
    assert por_que(OSError(errno.EIO, "Input/output error")) == (
        "el sistema dice «Input/output error»"
    )
    assert por_que(OSError("sin número")) == "el sistema dice «sin número»"
