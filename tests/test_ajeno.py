"""Leer y borrar donde escribe otro: ni se siguen enlaces, ni se espera, ni queda nada."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest

from chatlab.sistema import ajeno

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="se hacen trampas de Unix")

#: Abrir por descriptores, como en Linux y macOS, o por rutas, como en Windows.
de_las_dos_formas = pytest.mark.parametrize("con_carpetas", [True, False])


@pytest.fixture
def secreto(tmp_path: Path) -> Path:
    archivo = tmp_path / "del-profesor" / "notas.txt"
    archivo.parent.mkdir()
    archivo.write_text("secreto")
    return archivo


@de_las_dos_formas
def test_se_lee_un_archivo_normal_hasta_el_tope(
    tmp_path: Path, con_carpetas: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ajeno, "CON_CARPETAS", con_carpetas)
    (tmp_path / "chat").mkdir()
    (tmp_path / "chat" / "servidor.py").write_bytes(b"0123456789")

    assert ajeno.leer(tmp_path, "chat/servidor.py", 4) == b"0123"
    assert ajeno.leer(tmp_path, "chat/servidor.py", 100) == b"0123456789"
    assert ajeno.leer(tmp_path, "no-existe.py", 100) is None


@de_las_dos_formas
def test_lo_que_no_es_un_archivo_de_la_carpeta_no_se_lee_ni_se_espera(
    tmp_path: Path, secreto: Path, con_carpetas: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ajeno, "CON_CARPETAS", con_carpetas)
    carpeta = tmp_path / "entrega"
    (carpeta / "dentro").mkdir(parents=True)
    (carpeta / "enlace").symlink_to(secreto)
    (carpeta / "carpeta").symlink_to(secreto.parent)
    os.mkfifo(carpeta / "fifo")
    with socket.socket(socket.AF_UNIX) as oyente:
        oyente.bind(str(carpeta / "socket"))
    raros = ["enlace", "carpeta/notas.txt", "fifo", "socket", "dentro", "a\0b"]
    raros += ["../del-profesor/notas.txt", str(secreto), ""]

    assert {raro: ajeno.leer(carpeta, raro, 100) for raro in raros} == dict.fromkeys(raros)


def test_una_carpeta_abierta_sigue_siendo_la_misma_aunque_la_cambien(
    tmp_path: Path, secreto: Path
) -> None:
    puertos = tmp_path / "puertos"
    puertos.mkdir()
    (puertos / "notas.txt").write_text("20000")

    with ajeno.CarpetaAjena(puertos) as abierta:
        puertos.rename(tmp_path / "otra")
        puertos.symlink_to(secreto.parent)

        assert abierta.leer("notas.txt", maximo=100) == b"20000"


def test_se_borra_lo_mas_hondo_y_lo_que_no_tiene_permisos(tmp_path: Path) -> None:
    carpeta = tmp_path / "entrega"
    carpeta.mkdir()
    donde = os.getcwd()  # noqa: PTH109
    try:
        os.chdir(carpeta)
        for _ in range(3000):
            os.mkdir("una carpeta")  # noqa: PTH102
            os.chdir("una carpeta")
        Path("archivo").touch()
    finally:
        os.chdir(donde)
    (carpeta / "a" / "b").mkdir(parents=True)
    (carpeta / "a" / "b" / "archivo").touch()
    (carpeta / "a" / "b").chmod(0)
    (carpeta / "a").chmod(0)

    ajeno.borrar(carpeta)

    assert not carpeta.exists()


def test_al_borrar_no_se_toca_lo_que_hay_al_otro_lado_de_un_enlace(
    tmp_path: Path, secreto: Path
) -> None:
    secreto.parent.chmod(0o500)
    carpeta = tmp_path / "entrega"
    (carpeta / "dentro").mkdir(parents=True)
    (carpeta / "enlace").symlink_to(secreto.parent)
    (carpeta / "dentro" / "enlace").symlink_to(secreto)
    (carpeta / os.fsdecode(b"caf\xe9")).touch()

    ajeno.borrar(carpeta)

    assert not carpeta.exists()
    assert secreto.read_text() == "secreto"
    assert secreto.parent.stat().st_mode & 0o777 == 0o500
    secreto.parent.chmod(0o700)


def test_lo_que_no_se_puede_borrar_no_da_error(tmp_path: Path) -> None:
    ajeno.borrar(tmp_path / "no-existe")
