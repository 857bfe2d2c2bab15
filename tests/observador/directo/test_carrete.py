"""El archivo de la película: lo que se escribe en él se puede leer, quepa o no todo."""

from __future__ import annotations

import errno
import io
from pathlib import Path
from typing import Any

import pytest

from chatlab.observador.directo.carrete import Carrete


class DiscoCasiLleno(io.FileIO):
    """Escribe a trozos, como hace el sistema si queda poco sitio; y un día, nada."""

    caben = 30

    def write(self, datos: Any, /) -> int:
        trozo = bytes(datos[: min(7, self.caben)])
        if not trozo:
            raise OSError(errno.ENOSPC, "lleno")
        self.caben -= len(trozo)
        return super().write(trozo)


def test_un_disco_que_escribe_a_trozos_no_parte_las_lineas(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "open", lambda ruta, modo, **_: DiscoCasiLleno(ruta, modo))
    carrete = Carrete(tmp_path / "x.chatlab")

    for linea in ("una línea entera", "otra, a medias", "ni empezada"):
        carrete.anadir(linea)
    carrete.cerrar()
    monkeypatch.undo()

    assert carrete.archivo.read_bytes().decode() == "una línea entera\notra, a medi"
    assert carrete.error is not None
    assert len(carrete.avisos(0)) == 1
