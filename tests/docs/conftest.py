"""El sitio construido, que comparten todas las pruebas, y un navegador de verdad."""

from __future__ import annotations

import fcntl
import functools
import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.apoyo.programa import RAIZ
from tests.docs.paginas import PAGINAS, nombre, una_de_cada_clase
from tests.docs.visita import Pestana, Visita, visitar

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def construir(raiz: Path, destino: Path) -> subprocess.CompletedProcess[str]:
    """Construye el sitio del proyecto que está en esa carpeta, sin admitir ningún aviso."""
    orden = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-d", str(destino)]
    return subprocess.run(
        orden,
        cwd=raiz,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )


@pytest.fixture(scope="session")
def sitio(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """El sitio ya construido. Lo construye el primero que lo pide; los demás lo esperan."""
    base = tmp_path_factory.getbasetemp()
    comun = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    destino = comun / "sitio"
    with (comun / "sitio.turno").open("w", encoding="utf-8") as turno:
        fcntl.flock(turno, fcntl.LOCK_EX)
        if not destino.exists():
            construccion = construir(RAIZ, destino)
            assert construccion.returncode == 0, construccion.stdout + construccion.stderr
    return destino


@pytest.fixture(scope="session")
def servido(sitio: Path) -> Iterator[str]:
    """La dirección del sitio en un servidor web de este ordenador."""
    manejador = functools.partial(_Callado, directory=str(sitio))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), manejador) as servidor:
        hilo = threading.Thread(target=servidor.serve_forever, daemon=True)
        hilo.start()
        yield f"http://127.0.0.1:{servidor.server_port}"
        servidor.shutdown()
        hilo.join()


class _Callado(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="session")
def pestanas(navegador: Browser, sitio: Path, servido: str) -> Iterator[tuple[Pestana, Pestana]]:
    """El sitio desde el disco, en claro, y desde un servidor, en oscuro."""
    with navegador.new_context() as contexto:
        yield Pestana(contexto, sitio.as_uri(), "light"), Pestana(contexto, servido, "dark")


def _visitables() -> Iterator[object]:
    """Todas las páginas. Sin las lentas queda una de cada clase, que muestra casi toda falta."""
    de_muestra = una_de_cada_clase()
    for pagina in PAGINAS:
        yield pytest.param(pagina, marks=() if pagina in de_muestra else pytest.mark.lento)


@pytest.fixture(scope="session", params=_visitables(), ids=nombre)
def visita(request: pytest.FixtureRequest, pestanas: tuple[Pestana, Pestana]) -> Visita:
    """La visita a cada página, que comparten sus pruebas: pytest las ejecuta seguidas."""
    return visitar(nombre(request.param).removesuffix(".md") + ".html", *pestanas)
