"""Informes de mentira, y un corrector de mentira que los entrega: una extensión de pytest mínima.

El corrector de mentira hace lo que diga el archivo `guion.json` de la entrega:

    {"informe": {…}}                      escribe ese informe
    {"escribe": "…"}                      escribe eso en lugar del informe
    {"peliculas": {"llega": "…"}}         deja además esa película
    {"codigo": 7}                         además, muere con ese código
    {"avisa": 40000}                      llama a ese puerto y espera sin fin, con un hijo
    {"avisa": 40000, "sordo": true}       lo mismo, y no hace caso de Ctrl+C
"""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from chatlab.corrector.diagnostico.hallazgo import ErrorDePython, Grado, Hallazgo, Lugar, visto
from chatlab.corrector.modelo import Comprobacion, Informe, Nivel, Resultado, Veredicto
from tests.apoyo.transcripcion import PLAZO

EXTENSION = "corrector_de_mentira"
_CODIGO_DE_LA_EXTENSION = """
import json, os, pathlib, signal, socket, subprocess, sys, threading
import pytest

def pytest_addoption(parser):
    grupo = parser.getgroup("chatlab")
    for opcion in ("--entrega", "--servidor", "--cliente", "--rubrica", "--informe-json",
                   "--peliculas"):
        grupo.addoption(opcion)

@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session):
    dicho = session.config.getoption
    entrega = pathlib.Path(dicho("--entrega"))
    guion = json.loads((entrega / "guion.json").read_text(encoding="utf-8"))
    salida = pathlib.Path(dicho("--informe-json"))
    if "informe" in guion:
        guion["informe"]["aislamiento"] = json.dumps({
            "opciones": [dicho(f"--{cual}") for cual in ("servidor", "cliente", "rubrica")],
            "extensiones": os.environ.get("PYTEST_DISABLE_PLUGIN_AUTOLOAD"),
            "addopts": os.environ.get("PYTEST_ADDOPTS"),
            "pruebas": session.testscollected,
        }) if guion.get("chivato") else guion["informe"]["aislamiento"]
        salida.write_text(json.dumps(guion["informe"]), encoding="utf-8")
    if dicho("--peliculas"):
        for clave, pelicula in guion.get("peliculas", {}).items():
            archivo = pathlib.Path(dicho("--peliculas"), f"{clave}.chatlab")
            archivo.write_text(pelicula, encoding="utf-8")
    if "escribe" in guion:
        salida.write_text(guion["escribe"], encoding="utf-8")
    if "avisa" in guion:
        if guion.get("sordo"):
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        llamada = socket.create_connection(("127.0.0.1", guion["avisa"]))
        if os.name == "posix":  # el hijo tiene la misma conexión: se cierra cuando mueren todos
            subprocess.Popen([sys.executable, "-c", "import threading; threading.Event().wait()"],
                             pass_fds=[llamada.fileno()], stdin=subprocess.DEVNULL)
        threading.Event().wait()
    if "codigo" in guion:
        print("\\nalgo se ha roto por dentro", flush=True)
        os._exit(guion["codigo"])
"""

TITULOS = {
    "escucha": "El servidor arranca y escucha",
    "llega": "Un mensaje llega a los demás",
    "rapidos": "Dos mensajes rápidos llegan como dos",
}
COMPROBACIONES = {
    "escucha": Comprobacion("escucha", TITULOS["escucha"], Nivel.BASICO, 1, "", "chat.html"),
    "llega": Comprobacion(
        "llega", TITULOS["llega"], Nivel.BASICO, 3, "¿Llamas a `start()`?", "chat.html"
    ),
    "rapidos": Comprobacion("rapidos", TITULOS["rapidos"], Nivel.ROBUSTO, 2, "", "chat.html"),
}

#: El error de un programa, ya explicado.
ERRATA = Hallazgo(
    Grado.VISTO,
    causa="Python distingue mayúsculas de minúsculas.",
    arreglo="En Python se escribe `True`, con mayúscula.",
    lugar=Lugar("servidor.py", 10, "hilo = threading.Thread(target=atender, daemon=true)"),
    error=ErrorDePython("NameError", "name 'true' is not defined", "Thread-2 (atender)"),
    de="servidor",
)
#: Lo que se sospecha al leer el código.
SOSPECHA = Hallazgo(
    Grado.PUEDE_AYUDAR,
    causa="`accept` está fuera de un bucle.",
    lugar=Lugar("servidor.py", 26, "con, dir = s.accept()"),
)


def bien(clave: str) -> Resultado:
    return Resultado(COMPROBACIONES[clave], Veredicto.BIEN, hecho=["Arranco servidor.py."])


def falla(clave: str, *hallazgos: Hallazgo | str, **cambios: Any) -> Resultado:
    """Un fallo en el que Ana escribe y Carlos no lo lee; un texto es algo que se vio."""
    datos = {
        "hecho": ["Arranco servidor.py.", "Ana escribe «hola»."],
        "esperado": "Que en la pantalla de Carlos aparezca «hola».",
        "visto": {"servidor": "Escuchando\nAna: hola", "Carlos": ""},
        "hallazgos": [visto(uno) if isinstance(uno, str) else uno for uno in hallazgos],
        **cambios,
    }
    return Resultado(COMPROBACIONES[clave], Veredicto.FALLA, **datos)


def sin_comprobar(clave: str, motivo: str = "El corrector tropezó.") -> Resultado:
    return Resultado(COMPROBACIONES[clave], Veredicto.SIN_COMPROBAR, motivo=motivo)


def informe(*resultados: Resultado, entrega: str = "Ana", problema: str = "") -> Informe:
    return Informe(
        entrega, "03_difusion", list(resultados), problema=problema, aislamiento="completo"
    )


def aprobado(entrega: str = "Ana") -> Informe:
    """Todo lo básico bien, y lo robusto no: 4 de 6 puntos."""
    return informe(bien("escucha"), bien("llega"), falla("rapidos"), entrega=entrega)


def suspenso(entrega: str = "Bruno") -> Informe:
    """Con una errata: 1 de 6 puntos."""
    return informe(
        bien("escucha"), falla("llega", ERRATA), falla("rapidos", ERRATA), entrega=entrega
    )


# --- Lecciones, entregas y el corrector de mentira -----------------------------------------------


def crear_lecciones(carpeta: Path) -> Path:
    """Dos lecciones: la 02, sin comprobaciones, y la 03, con todo."""
    (carpeta / "02_turnos").mkdir(parents=True)
    leccion = carpeta / "03_difusion"
    (leccion / "ejercicio").mkdir(parents=True)
    (leccion / "solucion").mkdir()
    for archivo, texto in {
        "README.md": "# Lección 03. Difusión\n",
        "test_ejercicio.py": "def test_una():\n    pass\n",
        "pistas.toml": (
            '[[pistas.llega]]\npregunta = "¿A quién?"\ntexto = "A todos."\n'
            '[[pistas.llega]]\npregunta = "¿Cómo?"\ntexto = "Con un bucle."\n'
            '[[pistas.rapidos]]\npregunta = "¿Pegados?"\ntexto = "Pon `\\\\n`."\n'
        ),
        "ejercicio/servidor.py": "# TAREA 1: …\n",
        "ejercicio/cliente.py": "# TAREA 2: …\n",
        "solucion/servidor.py": "# hecho\n",
    }.items():
        (leccion / archivo).write_text(texto, encoding="utf-8")
    return carpeta


def crear_extension(carpeta: Path) -> Path:
    """Guarda el corrector de mentira, y devuelve la carpeta en la que hay que buscarlo."""
    carpeta.mkdir()
    (carpeta / f"{EXTENSION}.py").write_text(_CODIGO_DE_LA_EXTENSION, encoding="utf-8")
    return carpeta


def crear_entrega(carpeta: Path, guion: dict[str, Any] | Informe) -> Path:
    """Una entrega que el corrector de mentira corrige según el guion."""
    carpeta.mkdir(parents=True, exist_ok=True)
    for programa in ("servidor.py", "cliente.py"):
        (carpeta / programa).write_text("print('hola')\n", encoding="utf-8")
    if isinstance(guion, Informe):
        guion = {"informe": guion.a_json()}
    (carpeta / "guion.json").write_text(json.dumps(guion), encoding="utf-8")
    return carpeta


@contextmanager
def esperar_llamada() -> Iterator[Llamada]:
    """Un puerto al que llama el corrector de mentira cuando ya está en marcha."""
    with socket.create_server(("127.0.0.1", 0)) as escucha:
        escucha.settimeout(PLAZO)
        llamada = Llamada(escucha)
        yield llamada
        llamada.cerrar()


class Llamada:
    """La conexión de un corrector que no acaba."""

    def __init__(self, escucha: socket.socket) -> None:
        self._escucha = escucha
        self._conexion: socket.socket | None = None

    @property
    def puerto(self) -> int:
        puerto: int = self._escucha.getsockname()[1]
        return puerto

    def esperar(self) -> None:
        """Vuelve cuando el corrector está en marcha."""
        self._conexion, _ = self._escucha.accept()
        self._conexion.settimeout(PLAZO)

    def no_queda_nadie(self) -> bool:
        """Espera a que hayan muerto el corrector y sus hijos: todos tenían la conexión abierta."""
        assert self._conexion is not None
        try:
            return self._conexion.recv(1) == b""
        except ConnectionResetError:
            return True

    def cerrar(self) -> None:
        if self._conexion is not None:
            self._conexion.close()
