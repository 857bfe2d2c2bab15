"""Los programas con tuberías, y en la terminal de Windows: las puertas que aquí no se usan."""

from __future__ import annotations

import queue
import sys
import types
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatlab.observador.directo.renglon import Renglon, Tecleado
from tests.observador.directo.conftest import Observar, Programas

CONVERSA = """
import sys
print("terminal", sys.stdin.isatty())
try:
    for linea in sys.stdin:
        print("dices", linea.strip())
    print("se acabó")
except KeyboardInterrupt:
    print("interrumpido")
"""


def test_con_tuberias_se_teclea_se_borra_y_se_acaba(
    observar: Observar, programas: Programas
) -> None:
    carpeta = programas("programa.py", CONVERSA)
    pagina = observar("programa.py", "--sin-terminal", carpeta=carpeta).abrir_pagina()
    pagina.esperar_en_pantalla(1, "terminal False")

    pagina.teclear(1, "añ")
    pagina.teclear(1, "x\x7fo\r")
    pagina.esperar_en_pantalla(1, "dices año")
    pagina.teclear(1, "\x04")

    pagina.esperar_en_pantalla(1, "se acabó")
    assert pagina.codigo(1) == 0
    assert pagina.pantalla(1) == "terminal False\r\nañx\b \bo\r\ndices año\r\nse acabó\r\n"
    assert pagina.de("programa")[0]["terminal"] == "tuberias"
    assert not pagina.puede["pty"]
    assert "sin terminal" in pagina.falta[0]


@pytest.mark.parametrize("como", ["tecla", "boton"])
def test_con_tuberias_ctrl_c_interrumpe(
    observar: Observar, programas: Programas, como: str
) -> None:
    carpeta = programas("programa.py", CONVERSA)
    pagina = observar("programa.py", "--sin-terminal", carpeta=carpeta).abrir_pagina()
    pagina.esperar_en_pantalla(1, "terminal False")

    if como == "tecla":
        pagina.teclear(1, "\x03")
    else:
        pagina.mandar(orden="senal", p=1, senal="SIGINT")

    pagina.esperar_en_pantalla(1, "interrumpido")
    assert pagina.codigo(1) == 0


def test_con_tuberias_se_para_y_se_mata(observar: Observar, programas: Programas) -> None:
    carpeta = programas("programa.py", CONVERSA)
    pagina = observar("programa.py", "--sin-terminal", carpeta=carpeta).abrir_pagina()
    pagina.esperar_en_pantalla(1, "terminal False")

    for senal in pagina.puede["senales"][1:]:
        pagina.mandar(orden="senal", p=1, senal=senal)

    assert pagina.codigo(1) != 0


@pytest.mark.parametrize(
    ("teclas", "dado"),
    [
        ("hola\r", Tecleado("hola\r\n", "hola\n")),
        ("a\x7f\x7fb\r", Tecleado("a\b \bb\r\n", "b\n")),
        ("ab\x15c\r", Tecleado("ab" + "\b \b" * 2 + "c\r\n", "c\n")),
        ("ab\x03c\r", Tecleado("ab^Cc\r\n", "c\n", interrumpe=True)),
        ("ab\x04", Tecleado("ab", "ab")),
        ("\x04", Tecleado(acaba=True)),
        ("\x1b[A\x00", Tecleado("[A")),
    ],
)
def test_el_renglon_hace_lo_que_una_terminal(teclas: str, dado: Tecleado) -> None:
    assert Renglon().pulsar(teclas) == dado


@given(st.lists(st.text("aé\r\x7f\x15\x03\x04\x1b", max_size=8), max_size=4))
def test_da_igual_en_cuantos_trozos_lleguen_las_teclas(trozos: list[str]) -> None:
    de_una = Renglon().pulsar("".join(trozos))
    poco_a_poco = Renglon()

    dados = [poco_a_poco.pulsar(trozo) for trozo in trozos]

    assert "".join(dado.eco for dado in dados) == de_una.eco
    assert "".join(dado.lineas for dado in dados) == de_una.lineas
    assert any(dado.interrumpe for dado in dados) == de_una.interrumpe


# --- Windows -------------------------------------------------------------------------------------


class PtyProcessDePega:
    """Hace lo que promete `winpty.PtyProcess`, con un programa que repite lo que oye."""

    pid = 4321

    def __init__(self) -> None:
        self.salida: queue.Queue[str] = queue.Queue()
        self.tamano = (0, 0)
        self.vivo = True

    @classmethod
    def spawn(
        cls, orden: list[str], cwd: str, env: dict[str, str], dimensions: tuple[int, int]
    ) -> PtyProcessDePega:
        uno = cls()
        uno.tamano = dimensions
        uno.salida.put(f"{orden[1:]} {Path(cwd).name} {env['A']}")
        return uno

    def read(self, _cuantos: int) -> str:
        texto = self.salida.get()
        if not texto:
            raise EOFError("Pty is closed")
        return texto

    def write(self, texto: str) -> None:
        self.salida.put(texto.replace("\r", "\r\n"))

    def setwinsize(self, filas: int, columnas: int) -> None:
        self.tamano = (filas, columnas)

    def isalive(self) -> bool:
        return self.vivo

    def wait(self) -> int:
        return 3

    def close(self, force: bool = False) -> None:
        self.vivo = not force
        self.salida.put("")


def test_la_ventana_de_windows_usa_pywinpty_como_promete(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    winpty = types.ModuleType("winpty")
    winpty.PtyProcess = PtyProcessDePega  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "winpty", winpty)
    from chatlab.observador.directo.ventana import VentanaDeWindows

    ventana = VentanaDeWindows(["programa.py"], tmp_path, {"A": "1"})
    assert ventana.leer().decode() == f"['programa.py'] {tmp_path.name} 1"
    ventana.teclear("sí\r".encode())
    assert ventana.leer().decode() == "sí\r\n"
    ventana.enviar("SIGINT")
    assert ventana.leer() == b"\x03"
    assert not ventana.a_ciegas
    ventana.redimensionar(10, 33)
    assert ventana.esperar() == 3
    ventana.cerrar()
    assert ventana.leer() == b""
    ventana.soltar()
