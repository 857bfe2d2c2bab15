"""`python -m chatlab` en la carpeta de otra persona no ejecuta nada de ella."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.apoyo.programa import RAIZ

#: Lo que Python mismo importa para entender «-m», antes de saber qué es chatlab: en una carpeta
#: con un archivo que se llame así hace falta `python -P -m chatlab`, o la orden `chatlab`.
DE_PYTHON = {
    *("_collections_abc", "_sitebuiltins", "abc", "codecs", "collections", "contextlib"),
    *("encodings", "functools", "genericpath", "importlib", "io", "keyword", "ntpath", "operator"),
    *("os", "pkgutil", "posixpath", "reprlib", "runpy", "site", "stat", "sys", "traceback"),
    *("types", "warnings", "zipimport"),
}
DE_FUERA = {"pytest", "rich", "jinja2", "pluggy", "hypothesis", "conftest", "sitecustomize"}


@pytest.fixture
def entrega(tmp_path: Path) -> Path:
    """Una entrega con un archivo por cada módulo que alguien podría importar."""
    carpeta = tmp_path / "Ana"
    carpeta.mkdir()
    chivato = f"open({str(tmp_path / 'huella')!r}, 'a').write(__name__ + '\\n')\n"
    for modulo in (set(sys.stdlib_module_names) | DE_FUERA) - DE_PYTHON:
        (carpeta / f"{modulo}.py").write_text(chivato, encoding="utf-8")
    return carpeta


@pytest.mark.parametrize(
    "orden",
    [
        ["--version"],
        ["lecciones"],
        ["corregir", "03"],
        ["corregir", "03", "--clase", ".", "--csv", "notas.csv"],
        ["pista", "03", "mensaje_llega"],
        ["demo", "turnos"],
    ],
    ids=" ".join,
)
def test_no_se_importa_nada_de_ella(entrega: Path, orden: list[str]) -> None:
    (entrega / "de alguien").mkdir()

    ejecucion = en_la_carpeta(entrega, ["-m", "chatlab", *orden])

    assert "Traceback" not in ejecucion.stderr
    assert not (entrega.parent / "huella").exists(), (entrega.parent / "huella").read_text()


def test_con_p_tampoco_lo_que_importa_python_mismo(entrega: Path) -> None:
    for modulo in ("warnings", "types", "functools"):
        (entrega / f"{modulo}.py").write_text("raise SystemExit('de Ana')", encoding="utf-8")

    assert en_la_carpeta(entrega, ["-P", "-m", "chatlab", "lecciones"]).returncode == 0


def test_su_socket_py_tiene_la_frase_que_se_merece(tmp_path: Path) -> None:
    for programa in ("servidor.py", "cliente.py"):
        codigo = "import socket\nenchufe = socket.socket()\n"
        (tmp_path / programa).write_text(codigo, encoding="utf-8")
    (tmp_path / "socket.py").write_text("saludo = 'hola'\n", encoding="utf-8")

    ejecucion = en_la_carpeta(tmp_path, ["-m", "chatlab", "corregir", "03"])

    assert "Cambia de nombre tu archivo `socket.py`" in ejecucion.stdout
    assert ejecucion.returncode == 1


def en_la_carpeta(carpeta: Path, orden: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *orden],
        cwd=carpeta,
        env={**os.environ, "PYTHONPATH": str(RAIZ), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
