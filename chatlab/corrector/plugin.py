"""El corrector, como extensión de pytest: pytest elige, ejecuta y cuenta; esto juzga y explica.

    pytest lessons/03_difusion --entrega CARPETA

Cada prueba marcada con `basico` o `robusto` (en marcas.py) es una comprobación. Si la entrega no
hace lo que debe, la prueba lanza `Fallo`; cualquier otro error es del corrector, y se dice.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from chatlab.corrector.asedio import Asedio
from chatlab.corrector.avisos import para_windows
from chatlab.corrector.bitacora import Bitacora
from chatlab.corrector.chat import Chat
from chatlab.corrector.como_se_usa import leer_como_se_usa
from chatlab.corrector.direcciones import direcciones_que_no_casan
from chatlab.corrector.entrega import Entrega
from chatlab.corrector.escena import Escena, Fallo, NoCuadra, SinComprobar
from chatlab.corrector.evidencia import A_CIEGAS
from chatlab.corrector.explicacion import explicar_fallo
from chatlab.corrector.gentio import Gentio
from chatlab.corrector.guardar import guardar
from chatlab.corrector.historia import Historia
from chatlab.corrector.informes.redaccion import redactar
from chatlab.corrector.marcas import MARCA
from chatlab.corrector.modelo import Comprobacion, Informe, Resultado, Veredicto
from chatlab.corrector.notas import Notas
from chatlab.corrector.rubrica import con_pesos
from chatlab.corrector.turnos import Turnos
from chatlab.corrector.uso import Uso
from chatlab.errores import ErrorParaPersonas


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


H = TypeVar("H", bound=Historia)


class Correccion:
    """Lo que se sabe de la entrega a lo largo de una ejecución de pytest."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self.informe: Informe | None = None
        self.entrega: Entrega | None = None
        self.escena: Escena | None = None
        self._historia: Historia | None = None
        self._avisado = False
        #: Los plazos que se han agotado porque un programa no paraba.
        self._agotados = 0
        #: El servidor no arrancó: las demás comprobaciones fallarían igual, y más despacio. O no se
        #: puede creer lo que cuentan sus programas.
        self.sin_servidor: Fallo | NoCuadra | None = None
        self._uso: Uso | None = None

    def buscar_entrega(self, leccion: Path) -> Entrega:
        """La entrega que se corrige; lanza `ErrorDeEntrega` si no hay quien la entienda."""
        if self.entrega is None:
            carpeta = self._config.getoption("--entrega") or leccion / "ejercicio"
            self.informe = Informe(entrega=str(carpeta), leccion=leccion.name)
            self.entrega = Entrega.buscar(
                carpeta,
                servidor=self._config.getoption("--servidor"),
                cliente=self._config.getoption("--cliente"),
            )
            self.informe.programas = [
                ruta.as_posix() for ruta in (self.entrega.servidor, self.entrega.cliente)
            ]
            self.informe.avisos = list(self.entrega.avisos)
        return self.entrega

    def abrir_escena(self, leccion: Path) -> Escena:
        """La escena en marcha; si la anterior acabó mal, una nueva."""
        if self.sin_servidor is not None:
            raise self.sin_servidor
        if self.escena is not None and not self.escena.sana:
            self.cerrar_escena()
        if self.escena is None:
            self.escena = Escena(self.buscar_entrega(leccion), self.uso_de(leccion), self._agotados)
            assert self.informe is not None
            self.informe.aislamiento = self.escena.jaula.aislamiento
            self._avisar_de_windows(self.informe, self.escena)
        self.escena.empieza_otra_historia()
        if self.escena.evidencia.a_ciegas and self.informe is not None:
            self.informe.aislamiento = f"{self.escena.jaula.aislamiento}; {A_CIEGAS}"
        return self.escena

    def uso_de(self, leccion: Path) -> Uso:
        """Lo dicho y lo averiguado de cómo se usa la entrega. Lanza `ErrorDeUso`."""
        if self._uso is None:
            dicho = leer_como_se_usa(self.buscar_entrega(leccion).carpeta)
            dictadas = self._config.getoption("--responde") or ()
            self._uso = Uso(dicho.con_respuestas(dictadas), leccion.name in CON_NOMBRES)
        return self._uso

    def _avisar_de_windows(self, informe: Informe, escena: Escena) -> None:
        """Lo que aquí funciona y en Windows no se dice una vez, y no quita puntos."""
        if sys.platform != "win32" and not self._avisado:
            self._avisado = True
            programas = [escena.entrega.servidor, escena.entrega.cliente]
            informe.avisos += para_windows(escena.jaula.carpeta, programas)

    def cerrar_escena(self) -> None:
        if self.escena is not None:
            self._avisar_de_las_direcciones(self.escena)
            self._agotados = self.escena.paciencia.agotados
            if self.informe is not None:
                nuevos = [uno for uno in self.escena.avisos if uno not in self.informe.avisos]
                self.informe.avisos += nuevos
            self.escena.cerrar()
        self.escena = None
        self._historia = None

    def apuntar(self, resultado: Resultado, session: pytest.Session) -> None:
        """Añade un resultado al informe, y lo guarda: si esto no acaba, lo hecho vale."""
        if self.informe is None:
            return
        if not self.informe.resultados:
            self.informe.pendientes = [
                self.con_pesos(marca.args[0], item.path.parent)
                for item in session.items
                if (marca := item.get_closest_marker(MARCA)) is not None
            ]
        self.informe.resultados.append(resultado)
        self.informe.pendientes = [
            una for una in self.informe.pendientes if una.clave != resultado.comprobacion.clave
        ]
        self.guardar()

    def guardar(self) -> None:
        """Escribe el informe donde se haya pedido, entero o nada."""
        salida = self._config.getoption("--informe-json")
        if salida is not None and self.informe is not None:
            guardar(salida, json.dumps(self.informe.a_json(), ensure_ascii=False, indent=1))

    def con_pesos(self, comprobacion: Comprobacion, leccion: Path) -> Comprobacion:
        """La comprobación con los puntos de la rúbrica que se haya pedido."""
        return con_pesos(comprobacion, leccion, self._config.getoption("--rubrica"))

    def _avisar_de_las_direcciones(self, escena: Escena) -> None:
        programas = (escena.entrega.servidor.name, escena.entrega.cliente.name)
        aviso = direcciones_que_no_casan(escena.testigo.sucesos(), *programas)
        if aviso and self.informe is not None and aviso not in self.informe.avisos:
            self.informe.avisos.append(aviso)

    def historia(self, cual: type[H], escena: Escena) -> H:
        """La historia que se está contando en la escena; si no hay ninguna, empieza una."""
        if not isinstance(self._historia, cual):
            self._historia = cual(escena)
        return self._historia


#: Las lecciones en que cada mensaje lleva el nombre de quien lo escribe.
CON_NOMBRES = frozenset({"03_difusion", "05_eventos", "06_robustez"})

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
    """Una comprobación no sale bien si por el camino se ha caído el servidor."""
    hecho = yield
    escena = pyfuncitem.config.stash[CORRECCION].escena
    if escena is not None and pyfuncitem.get_closest_marker(MARCA) is not None:
        escena.comprueba_que_no_se_ha_caido_el_servidor()
        escena.comprueba_que_todo_cuadra()
    return hecho


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    marca = item.get_closest_marker(MARCA)
    if marca is None or (report.passed and call.when != "call"):
        return report
    correccion = item.config.stash[CORRECCION]
    resultado = _juzgar(item, call, marca.args[0], correccion)
    if resultado.veredicto is not Veredicto.BIEN:
        report.longrepr = redactar(resultado)
        correccion.cerrar_escena()
    correccion.apuntar(resultado, item.session)
    return report


def _juzgar(
    item: pytest.Item,
    call: pytest.CallInfo[None],
    comprobacion: Comprobacion,
    correccion: Correccion,
) -> Resultado:
    comprobacion = correccion.con_pesos(comprobacion, item.path.parent)
    resultado = Resultado(comprobacion, Veredicto.BIEN, segundos=call.duration)
    escena = correccion.escena
    if escena is not None:
        resultado.hecho = list(escena.hecho)
    if call.excinfo is None:
        return resultado
    error = call.excinfo.value
    if escena is not None:
        resultado.visto = {n: t.pantalla[-4000:] for n, t in escena.terminales.items()}
    if isinstance(error, Fallo):
        resultado.veredicto = Veredicto.FALLA
        resultado.esperado = str(error)
        if escena is not None:
            resultado.hallazgos = list(error.hallazgos) or explicar_fallo(
                escena, comprobacion.clave, error.causa
            )
            if comprobacion.clave == "servidor_escucha":
                correccion.sin_servidor = error
    elif isinstance(error, SinComprobar):
        if isinstance(error, NoCuadra):
            correccion.sin_servidor = error
        resultado.veredicto = Veredicto.SIN_COMPROBAR
        resultado.motivo = str(error)
    else:
        resultado.veredicto = Veredicto.SIN_COMPROBAR
        es_frase = isinstance(error, ErrorParaPersonas)
        resultado.motivo = str(error) if es_frase else f"Error del corrector: {error!r}"
        if es_frase and correccion.informe is not None:
            correccion.informe.problema = str(error)
    return resultado


def pytest_sessionfinish(session: pytest.Session) -> None:
    correccion = session.config.stash[CORRECCION]
    correccion.cerrar_escena()
    correccion.guardar()
