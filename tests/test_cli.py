"""La orden `chatlab`: elige el programa y le pasa el resto de la línea."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import chatlab
from chatlab.modos import MODOS
from chatlab.textos import sin_tildes
from tests.apoyo.programa import RAIZ
from tests.conftest import Lanzar


@pytest.mark.parametrize("modo", ["bitácora", "TURNOS", "difusión"])
def test_arranca_el_servidor_de_un_modo_aunque_se_escriba_con_tilde(
    lanzar: Lanzar, modo: str
) -> None:
    servidor = lanzar("-m", "chatlab", "servidor", modo, "--puerto", "0")

    assert servidor.puerto() > 0
    assert servidor.pantalla.startswith("Escuchando en 127.0.0.1:")


def test_el_catalogo_conoce_cada_modo_por_su_nombre_sin_tildes() -> None:
    for nombre, modo in MODOS.items():
        assert sin_tildes(modo.titulo) == nombre
        for papel in ("servidor", "cliente"):
            assert (RAIZ / f"{modo.modulo(papel).replace('.', '/')}.py").is_file()


def test_un_servidor_no_carga_lo_que_solo_usan_otras_ordenes() -> None:
    """Lo que tarda en arrancar se nota en cada clase, y en cada prueba."""
    codigo = "import sys, chatlab.cli, chatlab.difusion.servidor; print(*sys.modules)"

    cargados = subprocess.run(
        [sys.executable, "-c", codigo], cwd=RAIZ, capture_output=True, text=True, timeout=30
    ).stdout.split()

    assert "chatlab.difusion.servidor" in cargados
    assert not {"asyncio", "http.client", "importlib.metadata", "ssl"}.intersection(cargados)


def test_dice_su_version(lanzar: Lanzar) -> None:
    orden = lanzar("-m", "chatlab", "--version")

    assert orden.esperar_fin() == 0
    assert orden.pantalla.startswith(f"chatlab {chatlab.__version__} (chatlab-sockets), en ")
    assert Path(orden.pantalla.strip().partition(", en ")[2]) == RAIZ / "chatlab"


def test_la_ayuda_presenta_cada_orden(lanzar: Lanzar) -> None:
    orden = lanzar("-m", "chatlab", "--ayuda")

    assert orden.esperar_fin() == 0
    for nombre in ("servidor", "cliente", "demo"):
        assert f"    {nombre} " in orden.pantalla


def test_la_ayuda_de_un_modo_llega_a_su_programa(lanzar: Lanzar) -> None:
    orden = lanzar("-m", "chatlab", "servidor", "bitacora", "--ayuda")

    assert orden.esperar_fin() == 0
    assert "--archivo RUTA" in orden.pantalla


def test_en_un_python_antiguo_lo_dice_en_una_frase() -> None:
    """Se finge la versión: lo primero que se ejecuta es `chatlab/__init__.py`."""
    fingir = "import sys; sys.version_info = (3, 9, 2, 'final', 0); import chatlab"

    ejecucion = subprocess.run(
        [sys.executable, "-c", fingir], cwd=RAIZ, capture_output=True, encoding="utf-8", timeout=20
    )

    assert ejecucion.returncode == 1
    assert ejecucion.stderr.startswith("chatlab necesita Python 3.11 o posterior, y este es 3.9.")


@pytest.mark.skipif(sys.platform == "win32", reason="se cierra con la sintaxis de sh")
@pytest.mark.parametrize("cerrada", ["<&-", ">&-", "2>&-"])
def test_un_programa_puede_nacer_con_la_entrada_o_la_salida_cerradas(cerrada: str) -> None:
    cliente = f'"{sys.executable}" -m chatlab.difusion.cliente --puerto 1 {cerrada}'

    ejecucion = subprocess.run(
        ["sh", "-c", cliente], cwd=RAIZ, capture_output=True, encoding="utf-8", timeout=20
    )

    assert ejecucion.returncode == 1
    assert "Traceback" not in ejecucion.stderr
