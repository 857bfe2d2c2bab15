"""Lo que comparten todas las pruebas: programas y conexiones que se recogen al terminar."""

from __future__ import annotations

import compileall
import os
import shutil
import signal
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest
from hypothesis import HealthCheck, settings

from chatlab.corrector.taller import estado
from tests.apoyo.al_arrancar.sitecustomize import A_TROMPICONES
from tests.apoyo.conexion import Conexion
from tests.apoyo.programa import RAIZ, Programa, como_en_una_terminal

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.apoyo.terminal import Terminal

# Ninguna prueba mide tiempos finos: con la máquina ocupada, un ejemplo puede tardar.
settings.register_profile(
    "chatlab", deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("chatlab")

# Quien arranca las pruebas con «&» les deja en herencia un Ctrl+C sordo, y ellas a lo que arrancan.
# Con un manejador propio, cada programa vuelve a empezar con el de siempre (execve(2)).
signal.signal(signal.SIGINT, signal.default_int_handler)
# Lo mismo con `nohup` y el aviso de que se ha cerrado la terminal: las pruebas lo siguen sin oír.
if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
    signal.signal(signal.SIGHUP, lambda _senal, _marco: None)

# Que vayan así todos los programas, y no solo los que arranca `lanzar`.
if A_TROMPICONES in os.environ:
    os.environ["PYTHONPATH"] = como_en_una_terminal()["PYTHONPATH"]


def pytest_configure() -> None:
    """Compila chatlab una vez, y guarda también las pruebas compiladas aunque se pida que no.

    Las pruebas arrancan miles de programas, que sin eso compilan lo mismo cada uno; y a cada
    proceso de xdist le costaría el doble reunirlas.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    if "PYTEST_XDIST_WORKER" not in os.environ:
        compileall.compile_dir(RAIZ / "chatlab", quiet=2)


#: Las marcas que apartan una prueba de las rápidas (están en pyproject.toml).
APARTADAS = ("lento", "banco")


def apartadas_dos_veces(marcas: Mapping[str, set[str]]) -> list[str]:
    """Las pruebas que llevan más de una marca de apartar: se ejecutarían dos veces."""
    return [prueba for prueba, suyas in marcas.items() if len(suyas.intersection(APARTADAS)) > 1]


@pytest.hookimpl(tryfirst=True)  # antes de que `-m` deje fuera las que no tocan
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """No empieza si una prueba está en dos tandas."""
    dobles = apartadas_dos_veces(
        {prueba.nodeid: {marca.name for marca in prueba.iter_markers()} for prueba in items}
    )
    if dobles:
        raise pytest.UsageError(f"Lleva más de una marca de {APARTADAS}: {', '.join(dobles)}")


@pytest.fixture(autouse=True, scope="session")
def sin_tocar_lo_que_se_recuerda(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Lo que chatlab recuerda va a una carpeta de las pruebas, y no a la de quien prueba."""
    with pytest.MonkeyPatch.context() as parche:
        parche.setenv(estado.VARIABLE, str(tmp_path_factory.mktemp("estado")))
        yield


#: Para lo que depende de un plazo corto, o de ejecutar millones de llamadas.
a_su_ritmo = pytest.mark.skipif(A_TROMPICONES in os.environ, reason="a trompicones no da tiempo")


class Lanzar(Protocol):
    """Arranca un programa de Python: `lanzar("-m", "chatlab", "demo")`."""

    def __call__(
        self,
        *orden: str,
        carpeta: Path = RAIZ,
        entorno: dict[str, str] | None = None,
        ejecutable: str = sys.executable,
    ) -> Programa: ...


class LanzarNc(Protocol):
    """Arranca `nc` contra 127.0.0.1: `nc(puerto)`, o `nc(puerto, "-N")`."""

    def __call__(self, puerto: int, *opciones: str) -> Programa: ...


class AbrirTerminal(Protocol):
    """Arranca un programa de Python en una terminal: `abrir_terminal("-m", "chatlab", "demo")`."""

    def __call__(self, *orden: str) -> Terminal: ...


class Conectar(Protocol):
    """Abre una conexión con 127.0.0.1: `conectar(puerto)`."""

    def __call__(self, puerto: int, *, leer: bool = True) -> Conexion: ...


@pytest.fixture
def lanzar() -> Iterator[Lanzar]:
    programas: list[Programa] = []

    def lanzar_uno(
        *orden: str,
        carpeta: Path = RAIZ,
        entorno: dict[str, str] | None = None,
        ejecutable: str = sys.executable,
    ) -> Programa:
        programas.append(Programa(orden, carpeta=carpeta, entorno=entorno, ejecutable=ejecutable))
        return programas[-1]

    yield lanzar_uno
    for programa in programas:
        programa.cerrar()


@pytest.fixture
def lanzar_sin_poderes(lanzar: Lanzar) -> Lanzar:
    """Como `lanzar`, pero a root se le quitan los poderes que no tiene una persona cualquiera."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return lanzar
    if shutil.which("setpriv") is None:
        pytest.skip("root puede con todo, y no está setpriv para impedírselo")

    def lanzar_sin(
        *orden: str,
        carpeta: Path = RAIZ,
        entorno: dict[str, str] | None = None,
        ejecutable: str = sys.executable,
    ) -> Programa:
        quitar = "--bounding-set=-dac_override,-dac_read_search,-net_bind_service"
        return lanzar(
            quitar, ejecutable, *orden, carpeta=carpeta, entorno=entorno, ejecutable="setpriv"
        )

    return lanzar_sin


@pytest.fixture
def nc(lanzar: Lanzar) -> LanzarNc:
    if shutil.which("nc") is None and "CHATLAB_SIN_SALTOS" not in os.environ:
        pytest.skip("no está instalado nc (en Debian, el paquete netcat-openbsd)")

    def lanzar_nc(puerto: int, *opciones: str) -> Programa:
        return lanzar(*opciones, "127.0.0.1", str(puerto), ejecutable="nc")

    return lanzar_nc


@pytest.fixture
def abrir_terminal() -> Iterator[AbrirTerminal]:
    if sys.platform == "win32":
        pytest.skip("en Windows no hay pseudoterminales como las de pexpect")
    from tests.apoyo.terminal import Terminal

    terminales: list[Terminal] = []

    def abrir_una(*orden: str) -> Terminal:
        terminales.append(Terminal(orden))
        return terminales[-1]

    yield abrir_una
    for terminal in terminales:
        terminal.cerrar()


@pytest.fixture
def conectar() -> Iterator[Conectar]:
    conexiones: list[Conexion] = []

    def conectar_una(puerto: int, *, leer: bool = True) -> Conexion:
        conexiones.append(Conexion(puerto, leer=leer))
        return conexiones[-1]

    yield conectar_una
    for conexion in conexiones:
        conexion.cerrar()


@pytest.fixture(scope="session")
def navegador() -> Iterator[Browser]:
    """Chromium, sin ventana."""
    ejecutable = shutil.which("chromium") or shutil.which("chromium-browser")
    if ejecutable is None and "CHATLAB_SIN_SALTOS" not in os.environ:
        pytest.skip("no está instalado Chromium (en Debian: sudo apt install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=ejecutable, args=["--no-sandbox"])
        yield chromium
        chromium.close()
