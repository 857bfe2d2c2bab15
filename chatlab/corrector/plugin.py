"""El corrector, como extensión de pytest: pytest elige, ejecuta y cuenta; esto juzga y explica.

    pytest lessons/03_difusion --entrega CARPETA

Cada prueba marcada con `basico` o `robusto` (en marcas.py) es una comprobación. Si la entrega no
hace lo que debe, la prueba lanza `Fallo`; cualquier otro error es del corrector, y se dice.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from chatlab.corrector.historias.asedio import Asedio
from chatlab.corrector.historias.bitacora import Bitacora
from chatlab.corrector.historias.chat import Chat
from chatlab.corrector.historias.escena import Escena, Fallo
from chatlab.corrector.historias.gentio import Gentio
from chatlab.corrector.historias.historia import Historia
from chatlab.corrector.historias.notas import Notas
from chatlab.corrector.historias.turnos import Turnos
from chatlab.corrector.informes.redaccion import redactar
from chatlab.corrector.juicio.correccion import Correccion
from chatlab.corrector.juicio.veredicto import juzgar
from chatlab.corrector.marcas import MARCA
from chatlab.corrector.modelo import Juzga, Veredicto


def pytest_addoption(parser: pytest.Parser) -> None:
    grupo = parser.getgroup("chatlab", "chatlab: corregir ejercicios por lo que hacen")
    grupo.addoption(
        "--entrega",
        type=Path,
        help="carpeta con el servidor y el cliente que se corrigen (la del ejercicio, si no)",
    )
    grupo.addoption("--servidor", help="nombre del programa servidor, si no es de los corrientes")
    grupo.addoption("--cliente", help="nombre del programa cliente, si no es de los corrientes")
    grupo.addoption(
        "--responde",
        action="append",
        metavar="PREGUNTA=RESPUESTA",
        help="lo que se contesta a una pregunta de los programas; se puede repetir",
    )
    grupo.addoption("--rubrica", type=Path, help="archivo TOML con los puntos de cada comprobación")
    grupo.addoption("--informe-json", type=Path, help="archivo en el que guardar los resultados")
    grupo.addoption("--peliculas", type=Path, help="carpeta en la que dejar la de cada fallo")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", f"{MARCA}(comprobacion): lo que se juzga en una entrega")
    config.stash[CORRECCION] = Correccion(config)
    config.pluginmanager.register(historias(), "chatlab-historias")


CORRECCION = pytest.StashKey[Correccion]()


# --- Lo que piden las pruebas ------------------------------------------------------------------


@pytest.fixture
def correccion(request: pytest.FixtureRequest) -> Correccion:
    """La corrección de esta entrega: una para todas sus pruebas."""
    return request.config.stash[CORRECCION]


@pytest.fixture
def escena(correccion: Correccion, request: pytest.FixtureRequest) -> Escena:
    """Los programas de la entrega en marcha; los de la prueba anterior, si siguen sanos."""
    return correccion.abrir_escena(request.path.parent)


@pytest.fixture
def escena_nueva(correccion: Correccion, request: pytest.FixtureRequest) -> Iterator[Escena]:
    """Una escena recién abierta, que no se vuelve a usar."""
    correccion.cerrar_escena()
    yield correccion.abrir_escena(request.path.parent)
    correccion.cerrar_escena()


#: Las historias: cómo pide una prueba la que se está contando, con quienes ya estaban en ella, y
#: cómo pide otra que empieza, con los programas recién arrancados.
HISTORIAS: tuple[tuple[str, str, type[Historia]], ...] = (
    ("bitacora", "bitacora_nueva", Bitacora),
    ("turnos", "turnos_nuevos", Turnos),
    ("chat", "chat_nuevo", Chat),
    ("notas", "notas_nuevas", Notas),
    ("gentio", "gentio_nuevo", Gentio),
    ("asedio", "asedio_nuevo", Asedio),
)


def historias() -> ModuleType:
    """Un módulo con lo que piden las pruebas de las lecciones: pytest toma de él cada historia."""
    modulo = ModuleType("historias")
    for en_marcha, nueva, cual in HISTORIAS:
        setattr(modulo, en_marcha, _en_marcha(en_marcha, cual))
        setattr(modulo, nueva, _nueva(nueva, cual))
    return modulo


def _en_marcha(nombre: str, cual: type[Historia]) -> object:
    @pytest.fixture(name=nombre)
    def en_marcha(correccion: Correccion, escena: Escena) -> Historia:
        return correccion.historia(cual, escena)

    return en_marcha


def _nueva(nombre: str, cual: type[Historia]) -> object:
    @pytest.fixture(name=nombre)
    def nueva(escena_nueva: Escena) -> Historia:
        return cual(escena_nueva)

    return nueva


# --- Lo que se cuenta --------------------------------------------------------------------------


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """Una comprobación no sale bien si por el camino se ha caído el servidor.

    Ni si lo que cuentan los programas no es lo que se ve desde fuera: entonces, de qué falla
    tampoco se sabe.
    """
    try:
        hecho = yield
    except Fallo:
        if (escena := _escena_de(pyfuncitem)) is not None:
            escena.comprueba_que_todo_cuadra()
        raise
    if (escena := _escena_de(pyfuncitem)) is not None:
        marca = pyfuncitem.get_closest_marker(MARCA)
        if marca is None or marca.args[0].juzga is not Juzga.CLIENTE:
            escena.comprueba_que_no_se_ha_caido_el_servidor()
        escena.comprueba_que_todo_cuadra()
        pyfuncitem.config.stash[CORRECCION].contrasta(escena)
    return hecho


def _escena_de(prueba: pytest.Function) -> Escena | None:
    """La escena en marcha, si esa prueba es una comprobación."""
    es_comprobacion = prueba.get_closest_marker(MARCA) is not None
    return prueba.config.stash[CORRECCION].escena if es_comprobacion else None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    marca = item.get_closest_marker(MARCA)
    if marca is None or (report.passed and call.when != "call"):
        return report
    correccion = item.config.stash[CORRECCION]
    resultado = juzgar(call, correccion.con_pesos(marca.args[0], item.path.parent), correccion)
    correccion.anotar(resultado, item.session)
    if resultado.veredicto is not Veredicto.BIEN:
        report.longrepr = redactar(resultado, correccion.depende_de(resultado))
        correccion.cerrar_escena()
    return report


def pytest_sessionfinish(session: pytest.Session) -> None:
    correccion = session.config.stash[CORRECCION]
    correccion.cerrar_escena()
    correccion.guardar()
