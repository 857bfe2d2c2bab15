"""El corrector, como extensión de pytest: pytest elige, ejecuta y cuenta; esto juzga y explica.

    pytest lessons/03_difusion --entrega CARPETA

Cada prueba marcada con `basico` o `robusto` (en marcas.py) es una comprobación. Si la entrega no
hace lo que debe, la prueba lanza `Fallo`; cualquier otro error es del corrector, y se dice.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from chatlab.corrector.historias.asedio import Asedio
from chatlab.corrector.historias.bitacora import Bitacora
from chatlab.corrector.historias.chat import Chat
from chatlab.corrector.historias.escena import Escena, Fallo
from chatlab.corrector.historias.gentio import Gentio
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


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", f"{MARCA}(comprobacion): lo que se juzga en una entrega")
    config.stash[CORRECCION] = Correccion(config)


CORRECCION = pytest.StashKey[Correccion]()


# --- Lo que piden las pruebas ------------------------------------------------------------------


@pytest.fixture
def correccion(request: pytest.FixtureRequest) -> Correccion:
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


@pytest.fixture
def chat(correccion: Correccion, escena: Escena) -> Chat:
    """El chat de la entrega, con quienes ya estaban en él."""
    return correccion.historia(Chat, escena)


@pytest.fixture
def chat_nuevo(escena_nueva: Escena) -> Chat:
    """Un chat en el que aún no hay nadie."""
    return Chat(escena_nueva)


@pytest.fixture
def gentio(correccion: Correccion, escena: Escena) -> Gentio:
    """El chat de la entrega, con quienes ya estaban en él, y sitio para muchos más."""
    return correccion.historia(Gentio, escena)


@pytest.fixture
def gentio_nuevo(escena_nueva: Escena) -> Gentio:
    """Un chat en el que aún no hay nadie, y cabe mucha gente."""
    return Gentio(escena_nueva)


@pytest.fixture
def asedio(correccion: Correccion, escena: Escena) -> Asedio:
    """El chat de la entrega, con quienes ya estaban en él, y quien venga a molestar."""
    return correccion.historia(Asedio, escena)


@pytest.fixture
def asedio_nuevo(escena_nueva: Escena) -> Asedio:
    """Un chat en el que aún no hay nadie, y quien venga a molestar."""
    return Asedio(escena_nueva)


@pytest.fixture
def turnos(correccion: Correccion, escena: Escena) -> Turnos:
    """La conversación por turnos de la entrega, donde la dejó la prueba anterior."""
    return correccion.historia(Turnos, escena)


@pytest.fixture
def turnos_nuevos(escena_nueva: Escena) -> Turnos:
    """Una conversación que empieza."""
    return Turnos(escena_nueva)


@pytest.fixture
def bitacora(correccion: Correccion, escena: Escena) -> Bitacora:
    """La bitácora de la entrega, con quienes ya estaban en ella."""
    return correccion.historia(Bitacora, escena)


@pytest.fixture
def bitacora_nueva(escena_nueva: Escena) -> Bitacora:
    """Una bitácora que empieza."""
    return Bitacora(escena_nueva)


@pytest.fixture
def notas(correccion: Correccion, escena: Escena) -> Notas:
    """El servidor de notas de la entrega, con quienes ya estaban en él."""
    return correccion.historia(Notas, escena)


@pytest.fixture
def notas_nuevas(escena_nueva: Escena) -> Notas:
    """Un servidor de notas en el que aún no hay nadie."""
    return Notas(escena_nueva)


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
