"""Qué se contesta a cada pregunta, y con qué argumentos se arranca quien los pide."""

from __future__ import annotations

import pytest

from chatlab.corrector.trato.argumentos import (
    claves_escritas,
    deducir,
    ordenes_escritas,
    pide_argumentos,
    puerto_escrito_en,
)
from chatlab.corrector.trato.respuestas import candidatas
from chatlab.corrector.trato.vocabulario import Pregunta


def _candidatas(pregunta: Pregunta, texto: str = "") -> list[str]:
    return candidatas(pregunta, texto, nombre="Ana", puerto=9100)


def test_todos_los_nombres_que_se_prueban_contienen_el_de_la_persona() -> None:
    nombres = _candidatas(Pregunta.NOMBRE)

    assert nombres[0] == "Ana"
    assert all("ana" in nombre.lower() for nombre in nombres)
    assert any(len(nombre) > 5 for nombre in nombres)
    assert any(nombre[-1].isdigit() for nombre in nombres)


def test_si_localhost_no_vale_se_prueba_una_ip() -> None:
    assert _candidatas(Pregunta.HOST)[:2] == ["localhost", "127.0.0.1"]


def test_el_puerto_es_el_del_servidor() -> None:
    assert _candidatas(Pregunta.PUERTO)[0] == "9100"


@pytest.mark.parametrize(
    ("texto", "opcion"),
    [
        ("1) Crear sala\n2) Entrar al chat\n3) Salir\nOpción: ", "2"),
        ("[1] Ayuda\n[2] Salir\n[3] Chatear\n> ", "3"),
        ("a. Registrarse\nb. Conectar\nElige una opción: ", "b"),
        ("1 - Python\n2 - Redes\nOpción (1-2): ", "1"),
        ("Elige (1-3): ", "1"),
        ("1) Ver la ayuda\n2) Mandar un mensaje\n3) Salir\n> ", "2"),
        ("Opción: ", "1"),
    ],
)
def test_de_un_menu_se_elige_lo_que_lleva_a_hablar(texto: str, opcion: str) -> None:
    assert _candidatas(Pregunta.OPCION, texto)[0] == opcion


@pytest.mark.parametrize(
    ("texto", "respuesta"),
    [
        ("¿Usar el puerto de siempre? (s/n) ", "s"),
        ("Connect now? [y/n]", "y"),
        ("¿Quieres cambiar de servidor? (s/n)", "n"),
        ("¿Seguro que quieres salir? (s/n)", "n"),
        ("Escribe /salir para irte.\n¿Aceptas las normas? [s/N] ", "s"),
        ("¿Entrar? (S/N) ", "S"),
    ],
)
def test_dice_que_si_a_lo_que_lleva_a_hablar(texto: str, respuesta: str) -> None:
    assert _candidatas(Pregunta.SI_O_NO, texto)[0] == respuesta


# --- Argumentos ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pantalla", "codigo", "argumentos"),
    [
        ("Uso: python cliente.py HOST PUERTO\n", "sys.argv", ["localhost", "9100"]),
        ("usage: cliente.py <ip> <port> <nick>\n", "sys.argv", ["localhost", "9100", "Ana"]),
        (
            "usage: cliente.py [-h] [--color COLOR] --host HOST -p PUERTO nombre\n"
            "cliente.py: error: the following arguments are required: --host\n",
            "argparse",
            ["--host", "localhost", "-p", "9100", "Ana"],
        ),
        ("Modo de empleo: cliente.py puerto\n", "sys.argv", ["9100"]),
        (
            "IndexError: list index out of range\n",
            "import sys\nHOST = sys.argv[1]\nPORT = int(sys.argv[2])\n",
            ["localhost", "9100"],
        ),
        (
            "ValueError: not enough values to unpack (expected 3, got 1)\n",
            "import sys\n_, host, puerto = sys.argv\n",
            ["localhost", "9100"],
        ),
        ("Faltan argumentos\n", "import sys\nh, p = sys.argv[1:]\n", ["localhost", "9100"]),
    ],
)
def test_deduce_los_argumentos_que_pide(pantalla: str, codigo: str, argumentos: list[str]) -> None:
    pedido = pide_argumentos(pantalla, f"{codigo} # sys.argv")

    assert pedido
    assert deducir(pantalla, codigo, "cliente.py", nombre="Ana", puerto=9100) == argumentos


@pytest.mark.parametrize(
    ("pantalla", "codigo"),
    [
        ("Uso: cliente.py HOST\n", "print('Uso: cliente.py HOST')"),
        ("Traceback (most recent call last):\nNameError: name 'x'\n", "sys.argv[1]"),
        ("Hola\n", "sys.argv"),
        (
            '  File "cliente.py", line 3\n    x\nIndentationError: unexpected indent\n',
            "len(sys.argv)",
        ),
        ("RecursionError: maximum recursion depth exceeded\n", "len(sys.argv)"),
        ("s_push: parser stack overflow\nMemoryError\n", "len(sys.argv)"),
    ],
)
def test_un_programa_que_acaba_por_otra_cosa_no_pide_argumentos(pantalla: str, codigo: str) -> None:
    assert not pide_argumentos(pantalla, codigo)


@pytest.mark.parametrize(
    "hondo",
    [
        "x = " + "-" * 100_000 + "1",
        "x = " + "+".join(["1"] * 2500),
        "f(" + "lambda: " * 2500 + "1)",
    ],
    ids=["sin arbol", "suma", "funciones"],
)
def test_de_un_codigo_muy_hondo_no_se_deduce_nada_y_no_falla(hondo: str) -> None:
    codigo = f"import sys\nHOST, PORT = {hondo[4:]}\nint({hondo[4:]})\n"

    assert deducir("", codigo, "cliente.py", nombre="Ana", puerto=9100) is None


@pytest.mark.parametrize(
    ("codigo", "claves"),
    [
        ('if clave != "abracadabra":', ["abracadabra"]),
        ("CONTRASEÑA = 'x'\nPASSWORD = 'pez'", ["pez"]),
        ('clave = input("Contraseña: ")', []),
        ('if texto == "salir":', []),
    ],
)
def test_ve_las_contrasenas_escritas_en_el_codigo(codigo: str, claves: list[str]) -> None:
    assert claves_escritas(codigo)[-1:] == claves


def test_quien_mira_cuantos_argumentos_hay_y_termina_los_pide() -> None:
    codigo = "import sys\nif len(sys.argv) != 2:\n    sys.exit('Dime el puerto')\np = sys.argv[1]\n"

    assert pide_argumentos("Dime el puerto\n", codigo) == "Dime el puerto"
    assert deducir("Dime el puerto\n", codigo, "servidor.py", nombre="x", puerto=9) == ["9"]


@pytest.mark.parametrize(
    ("codigo", "puerto"),
    [
        ("PUERTO = 9100", 9100),
        ("server_port=5000", 5000),
        ('s.connect(("localhost", 65434))', 65434),
        ("s = socket.create_connection(('127.0.0.1', 9100))", 9100),
        ("s.recv(4096)", None),
        ("puerto = int(input())", None),
    ],
)
def test_ve_a_que_puerto_llama_el_cliente(codigo: str, puerto: int | None) -> None:
    assert puerto_escrito_en(codigo) == puerto


def test_lo_que_se_convierte_en_numero_es_el_puerto() -> None:
    codigo = 'import sys\nescucha.bind(("", int(sys.argv[1])))\n'

    assert deducir("", codigo, "servidor.py", nombre="x", puerto=9100) == ["9100"]


@pytest.mark.parametrize(
    ("codigo", "ordenes"),
    [
        ('if texto.startswith("/join "):', ["/join"]),
        ('if texto == "CONNECT":\n    pass\nelif texto == "JOIN sala":', ["CONNECT", "JOIN sala"]),
        ('match orden:\n    case "/conectar":', ["/conectar"]),
        ('if texto in ("/salir", "/exit"):', []),
        ('conexion.sendall(b"JOIN")', []),
        ('print("Nick: ")', []),
    ],
)
def test_ve_las_ordenes_que_quiza_hagan_falta_para_entrar(codigo: str, ordenes: list[str]) -> None:
    assert ordenes_escritas(codigo) == ordenes
