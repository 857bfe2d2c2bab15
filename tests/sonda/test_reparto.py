"""El reparto de puertos es de quien escribe en él: el testigo no se fía de lo que encuentra."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from chatlab.sonda import Testigo
from chatlab.sonda.inyectado._sonda_de_chatlab.registro import Registro

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="se hacen trampas de Unix")


@pytest.fixture
def secreto(tmp_path: Path) -> Path:
    archivo = tmp_path / "notas.txt"
    archivo.write_text("secreto del profesor")
    return archivo


@pytest.mark.parametrize("trampa", ["enlace", "fifo", "carpeta", "hueco", "texto", "otro puerto"])
def test_un_reparto_que_no_es_un_numero_no_se_lee_ni_se_espera(secreto: Path, trampa: str) -> None:
    with Testigo() as testigo:
        archivo = testigo.carpeta / "puertos" / "escrito-9000"
        match trampa:
            case "enlace":
                archivo.symlink_to(secreto)
            case "fifo":
                os.mkfifo(archivo)
            case "carpeta":
                archivo.mkdir()
            case "hueco":
                archivo.touch()
                os.truncate(archivo, 10**9)
            case "texto":
                archivo.write_text("secreto")
            case "otro puerto":
                archivo.write_text("99999")

        assert testigo.puerto_real(9000) is None
        with pytest.raises(ValueError, match=r"^el puerto 9000 no se puede desviar$"):
            testigo.desviar(9000, hacia=9001)


def test_al_desviar_no_se_escribe_donde_escriben_los_programas(secreto: Path) -> None:
    with Testigo() as testigo:
        puertos = testigo.carpeta / "puertos"
        (puertos / "escrito-9000").write_text("20000")
        for borrador in ("borrador", "borrador-del-testigo"):
            (puertos / borrador).symlink_to(secreto)
        (testigo.carpeta / "desvios" / "borrador").symlink_to(secreto)
        antes = sorted(puertos.iterdir())

        assert testigo.desviar(9000, hacia=20001) == 20000

        assert testigo.puerto_real(9000) == 20001
        assert sorted(puertos.iterdir()) == antes
    assert secreto.read_text() == "secreto del profesor"


def test_aunque_cambien_la_carpeta_se_lee_la_de_siempre(tmp_path: Path, secreto: Path) -> None:
    (tmp_path / "otra").mkdir()
    (tmp_path / "otra" / "escrito-9000").write_text("22")
    with Testigo() as testigo:
        puertos = testigo.carpeta / "puertos"
        (puertos / "escrito-9000").write_text("20000")
        puertos.rename(testigo.carpeta / "quitada")
        puertos.symlink_to(tmp_path / "otra")

        assert testigo.puerto_real(9000) == 20000


def test_la_sonda_de_un_programa_tampoco_espera_a_un_fifo_de_otro(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "escrito-9000")
    registro = Registro(str(tmp_path), 20000, 20010)

    with pytest.raises(ValueError, match="invalid literal"):
        registro.real(9000)
