"""En una terminal, lo que llega no rompe lo que se escribe, y al terminar queda como estaba."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.apoyo.chat import Chat, mensajes_de
from tests.apoyo.conexion import Conexion
from tests.conftest import AbrirTerminal, Conectar, Lanzar

if sys.platform == "win32":
    pytest.skip("en Windows no hay pseudoterminales como las de pexpect", allow_module_level=True)

import termios

from tests.apoyo.terminal import Terminal

#: Lo que ve quien entra cuando Luis ya está.
AL_ENTRAR = [
    "* Bienvenido a chatlab. Dentro tienes /ayuda. Escribe tu nombre:",
    "* Hola, Ana. En la sala: Luis.",
]


@pytest.fixture
def chat(lanzar: Lanzar, conectar: Conectar) -> Chat:
    return Chat(lanzar("-m", "chatlab", "servidor", "difusion", "--puerto", "0"), lanzar, conectar)


@pytest.fixture
def luis(chat: Chat) -> Conexion:
    return chat.entrar("Luis")


@pytest.fixture(params=["ConsolaDeTerminal", "ConsolaAvanzada"])
def ana(
    request: pytest.FixtureRequest, chat: Chat, luis: Conexion, abrir_terminal: AbrirTerminal
) -> Terminal:
    """Ana entra en una terminal, con Luis en la sala."""
    if request.param == "ConsolaAvanzada":
        pytest.importorskip("prompt_toolkit")
        python = ["-m"]
    else:
        python = ["-S", "-m"]  # sin paquetes, no hay prompt_toolkit
    opciones = ("--puerto", str(chat.puerto), "--nombre", "Ana")
    terminal = abrir_terminal(*python, "chatlab.difusion.cliente", *opciones)
    esperar_pantalla(terminal, *AL_ENTRAR, "Tú:")
    return terminal


@dataclass(frozen=True)
class Exactamente:
    """Que en la pantalla estén esas filas, y ninguna más."""

    filas: tuple[str, ...]

    def __call__(self, pantalla: str) -> bool:
        return pantalla == "\n".join(self.filas)


def esperar_pantalla(terminal: Terminal, *filas: str) -> None:
    terminal.esperar(Exactamente(filas))


@pytest.mark.parametrize(
    ("escrito", "filas"),
    [
        pytest.param("aún no acabo", ["Tú: aún no acabo"], id="una fila"),
        pytest.param("x" * 100, ["Tú: " + "x" * 76, "x" * 24], id="dos filas"),
        pytest.param("x" * 76, ["Tú: " + "x" * 76], id="una fila justa"),
        pytest.param("😀" * 50, ["Tú: " + "😀" * 38, "😀" * 12], id="letras anchas"),
        pytest.param("é" * 77, ["Tú: " + "é" * 76, "é"], id="tildes"),
    ],
)
def test_lo_que_llega_aparece_encima_de_lo_que_se_escribe(
    ana: Terminal, luis: Conexion, escrito: str, filas: list[str]
) -> None:
    ana.teclear(escrito)
    esperar_pantalla(ana, *AL_ENTRAR, *filas)
    for cuantos in range(1, 3):
        luis.enviar(f"mensaje {cuantos}\n")
        llegados = [f"Luis: mensaje {numero}" for numero in range(1, cuantos + 1)]
        esperar_pantalla(ana, *AL_ENTRAR, *llegados, *filas)

    ana.teclear("?\x7f!\r")
    luis.esperar(f"Ana: {escrito}!\n")
    luis.enviar("ya\n")
    ana.esperar(lambda pantalla: pantalla.endswith("!\nLuis: ya\nTú:"))


def test_una_linea_muy_larga_que_llega_no_estorba_a_la_que_se_escribe(
    ana: Terminal, luis: Conexion
) -> None:
    ana.teclear("a medias")
    esperar_pantalla(ana, *AL_ENTRAR, "Tú: a medias")
    luis.enviar(f"{'x' * 100}\n")
    esperar_pantalla(ana, *AL_ENTRAR, "Luis: " + "x" * 73, "↳ " + "x" * 27, "Tú: a medias")


@pytest.mark.parametrize("relleno", [" ", ".", "é", "😀"])
def test_nadie_se_hace_pasar_por_otra_persona_con_una_linea_muy_larga(
    ana: Terminal, luis: Conexion, relleno: str
) -> None:
    """La terminal parte lo que no cabe: sin señal, la segunda fila parecería de otra persona."""
    for columnas in range(60, 90):
        luis.enviar(f"hola{relleno * columnas}Eva: os invito a todos\n")
    luis.enviar("fin\n")
    ana.esperar("Luis: fin")
    assert not [fila for vista in ana.vistas for fila in vista.split("\n") if fila[:4] == "Eva:"]


def test_nada_de_lo_que_llega_se_pierde_por_mucho_que_se_escriba(
    ana: Terminal, luis: Conexion
) -> None:
    numeros = [str(numero) for numero in range(300)]
    for inicio in range(0, 300, 30):
        tanda = numeros[inicio : inicio + 30]
        ana.teclear("".join(f"{numero}\r" for numero in tanda))
        luis.enviar("".join(f"{numero}\n" for numero in tanda))
    luis.esperar("Ana: 299\n")
    luis.enviar("fin\n")
    ana.esperar(lambda pantalla: pantalla.endswith("Luis: fin\nTú:"))
    assert re.findall(r"Luis: (\d+)\n", ana.salida.texto) == numeros
    assert mensajes_de(luis, "Ana") == numeros


def test_una_respuesta_inmediata_no_repite_la_pregunta(ana: Terminal) -> None:
    filas = [*AL_ENTRAR]
    ana.teclear("/acuse\r")
    filas += ["Tú: /acuse", "* Desde ahora sabrás a cuántas personas llega cada mensaje"]
    esperar_pantalla(ana, *filas, "Tú:")
    for numero in range(5):
        ana.teclear(f"{numero}\r")
        filas += [f"Tú: {numero}", "+ entregado a 1"]
        esperar_pantalla(ana, *filas, "Tú:")


def test_lo_que_se_pega_son_tantos_mensajes_como_lineas(ana: Terminal, luis: Conexion) -> None:
    ana.pegar("uno", "dos", "tres")
    ana.teclear("fin\r")
    luis.esperar("Ana: fin\n")
    assert mensajes_de(luis, "Ana") == ["uno", "dos", "tres", "fin"]


def test_lo_que_se_pega_espera_a_intro_y_se_dice_cuanto_es(
    abrir_terminal: AbrirTerminal, chat: Chat, luis: Conexion
) -> None:
    """Con prompt_toolkit. Sin él, cada línea se envía al pegarla."""
    opciones = ("--puerto", str(chat.puerto), "--nombre", "Ana")
    ana = abrir_terminal("-m", "chatlab.difusion.cliente", *opciones)
    esperar_pantalla(ana, *AL_ENTRAR, "Tú:")
    ana.pegar("uno", "dos")
    ana.esperar("(2 líneas pegadas: Intro las envía; Ctrl+C, ninguna)")
    ana.teclear("\r")
    luis.esperar("Ana: dos\n")
    ana.esperar(lambda pantalla: pantalla.endswith("\nTú:") and ana.avisa_de_lo_pegado)

    ana.pegar(*(f"línea {numero}" for numero in range(200)))
    ana.esperar("(200 líneas pegadas: Intro las envía; Ctrl+C, ninguna)")
    ana.ctrl_c()
    termina_con(0, ana)
    assert ana.pantalla.endswith("* 200 líneas sin enviar."), ana.transcripcion()
    luis.esperar("* Ana ha salido del chat\n")
    assert mensajes_de(luis, "Ana") == ["uno", "dos"]


# --- Cómo queda la terminal ---


def modos_de_una_terminal_nueva() -> list[object]:
    una, otra = os.openpty()
    try:
        return list(termios.tcgetattr(una))
    finally:
        os.close(una)
        os.close(otra)


def termina_con(codigo: int, terminal: Terminal) -> None:
    assert terminal.esperar_fin() == codigo, terminal.transcripcion()
    assert terminal.modos == modos_de_una_terminal_nueva(), "la terminal no queda como estaba"
    assert not terminal.avisa_de_lo_pegado, "pegar en la terminal escribiría «200~»"


@pytest.mark.parametrize(
    "irse",
    [
        pytest.param(lambda ana: ana.teclear("salir\r"), id="salir"),
        pytest.param(Terminal.ctrl_d, id="Ctrl+D"),
        pytest.param(Terminal.ctrl_c, id="Ctrl+C"),
    ],
)
def test_quien_se_va_deja_la_terminal_como_estaba(
    ana: Terminal, luis: Conexion, irse: Callable[[Terminal], None]
) -> None:
    irse(ana)
    termina_con(0, ana)
    luis.esperar("* Ana ha salido del chat\n")
    assert "Traceback" not in ana.pantalla


def test_si_el_servidor_se_cierra_mientras_se_escribe_todo_termina_bien(
    ana: Terminal, chat: Chat
) -> None:
    ana.teclear("a medias")
    esperar_pantalla(ana, *AL_ENTRAR, "Tú: a medias")
    chat.servidor.ctrl_c()
    termina_con(0, ana)
    assert ana.pantalla.splitlines()[-1] == "* El servidor se cierra. ¡Hasta pronto!"


def test_si_el_servidor_muere_mientras_se_escribe_se_dice_en_su_propia_linea(
    ana: Terminal, chat: Chat
) -> None:
    ana.teclear("a medias")
    esperar_pantalla(ana, *AL_ENTRAR, "Tú: a medias")
    chat.servidor.matar()
    termina_con(1, ana)
    explicacion = "Se ha cortado la conexión con el servidor. ¿Sigue en marcha?"
    assert ana.pantalla.splitlines()[-1] == explicacion, ana.transcripcion()


#: La pregunta cambia justo cuando readline va a enseñar la de antes.
CAMBIA_AL_SALIR = """
import readline
from chatlab.terminal.con_readline import ConsolaDeTerminal
consola = ConsolaDeTerminal()
consola.preguntar("")
def va_a_salir():
    consola.preguntar("Te toca: ")
    consola._va_a_salir_la_pregunta()
readline.set_startup_hook(va_a_salir)
print("has escrito", consola.leer())
"""


def test_se_ve_la_pregunta_que_cambia_cuando_iba_a_salir_otra(
    abrir_terminal: AbrirTerminal,
) -> None:
    terminal = abrir_terminal("-S", "-c", CAMBIA_AL_SALIR)
    esperar_pantalla(terminal, "Te toca:")
    terminal.teclear("hola\r")
    terminal.esperar("Te toca: hola\nhas escrito hola")
