"""Los programas que se observan se ejecutan como si los arrancara una persona, y se ven."""

from __future__ import annotations

import sys

import pytest

from tests.apoyo.programa import RAIZ
from tests.observador.directo.conftest import Observar, Programas

en_posix = pytest.mark.skipif(sys.platform == "win32", reason="necesita pseudoterminales")

SERVIDOR = """
import socket, sys
escucha = socket.create_server(("localhost", int(sys.argv[1])))
print("escucho")
conexion, _ = escucha.accept()
while datos := conexion.recv(1024):
    print("llega", datos.decode())
    conexion.sendall(b"visto")
print("se ha ido")
"""
CLIENTE = """
import socket, sys
conexion = socket.create_connection(("localhost", int(sys.argv[1])))
while texto := input("> "):
    conexion.sendall(texto.encode())
    print("contesta", conexion.recv(1024).decode())
"""


def test_un_modo_arranca_su_servidor_y_dos_clientes(observar: Observar, puerto: str) -> None:
    pagina = observar("difusion", "--", "--puerto", puerto).abrir_pagina()

    ana, carlos = pagina.programa("cliente 1"), pagina.programa("cliente 2")
    for p, nombre in ((ana, "Ana"), (carlos, "Carlos")):
        pagina.esperar_en_pantalla(p, "Escribe tu nombre")
        pagina.teclear(p, f"{nombre}\r")
        pagina.esperar_en_pantalla(p, f"Hola, {nombre}")
    pagina.teclear(ana, "¿Hay alguien?\r")

    pagina.esperar_en_pantalla(carlos, "Ana: ¿Hay alguien?")
    assert [linea["papel"] for linea in pagina.de("programa")] == ["servidor", "cliente", "cliente"]
    assert pagina.de("programa")[0]["orden"][:3] == ["chatlab", "servidor", "difusion"]
    assert {linea["c"] for linea in pagina.de("connect")} == {1, 2}


@pytest.mark.parametrize("modo", ["bitacora", "turnos"])
def test_donde_solo_hay_una_persona_arranca_un_cliente(
    observar: Observar, puerto: str, modo: str
) -> None:
    pagina = observar(modo, "--", "--puerto", puerto).abrir_pagina()

    pagina.esperar(lambda: pagina.de("accept"), "que se conecte")
    assert [linea["nombre"] for linea in pagina.de("programa")] == ["servidor", "cliente 1"]


def test_el_servidor_de_eventos_va_con_clientes_de_difusion(
    observar: Observar, puerto: str
) -> None:
    pagina = observar("eventos", "--clientes", "3", "--", "--puerto", puerto).abrir_pagina()

    pagina.esperar_en_pantalla(pagina.programa("cliente 3"), "Escribe tu nombre")


def test_un_paso_se_dice_por_su_numero_y_se_ejecuta_en_su_carpeta(
    observar: Observar, puerto: str
) -> None:
    pagina = observar("04.1", "--clientes", "1", "--", puerto).abrir_pagina()

    assert pagina.programa("servidor") == 1
    pagina.esperar(lambda: pagina.de("archivo"), "que llegue el código")
    archivo = pagina.de("archivo")[0]
    codigo = RAIZ / "lessons/04_tramas/paso1_trozos/servidor.py"
    assert (archivo["ruta"], archivo["texto"]) == ("servidor.py", codigo.read_text("utf-8"))
    assert str(RAIZ) not in str(pagina.lineas)


def test_los_clientes_esperan_a_que_el_servidor_escuche(
    observar: Observar, programas: Programas, puerto: str
) -> None:
    programas("servidor.py", 'input("¿Empiezo? ")\n' + SERVIDOR)
    carpeta = programas("cliente.py", CLIENTE)
    pagina = observar("servidor.py", "cliente.py", "--", puerto, carpeta=carpeta).abrir_pagina()

    servidor = pagina.programa("servidor")
    pagina.esperar_en_pantalla(servidor, "¿Empiezo?")
    assert not pagina.de("programa", nombre="cliente 1")
    pagina.teclear(servidor, "\r")

    cliente = pagina.programa("cliente 1")
    pagina.esperar_en_pantalla(cliente, "> ")
    pagina.teclear(cliente, "hola\r")
    pagina.esperar_en_pantalla(cliente, "contesta visto")
    assert "Traceback" not in pagina.pantalla(cliente)
    (envio,) = pagina.de("send", p=cliente)
    assert (envio["texto"], envio["lugar"]) == ("hola", "cliente.py:5")


def test_si_el_servidor_termina_sin_escuchar_los_clientes_no_arrancan(
    observar: Observar, programas: Programas
) -> None:
    programas("servidor.py", "print('hola'\n")
    carpeta = programas("cliente.py", CLIENTE)
    pagina = observar("servidor.py", "cliente.py", carpeta=carpeta).abrir_pagina()

    pagina.esperar(lambda: pagina.avisos, "un aviso")

    assert pagina.avisos[0].startswith("El servidor ha terminado sin llegar a escuchar")
    pagina.esperar_en_pantalla(1, "SyntaxError")
    assert pagina.codigo(1) == 1
    assert len(pagina.de("programa")) == 1


COMO_SE_VE = """
import os, signal, sys
tamano = os.get_terminal_size()
print(sys.stdin.isatty(), sys.stdout.isatty(), sys.stdout.line_buffering, *tamano)
print(sys.argv, os.getcwd() == os.environ["PWD"], os.environ["LO_MIO"])
print(signal.getsignal(signal.SIGINT) is signal.default_int_handler, os.tcgetpgrp(0) == os.getpid())
print(__name__, sys.path[0] == os.getcwd(), os.environ["PYTHONPATH"].split(os.pathsep)[-1])
sys.exit(7)
"""


@en_posix
def test_un_programa_encuentra_lo_mismo_que_en_una_terminal(
    observar: Observar, programas: Programas
) -> None:
    carpeta = programas("programa.py", COMO_SE_VE)
    pagina = observar(
        "programa.py 'dos palabras'",
        "--",
        "--puerto",
        "9000",
        carpeta=carpeta,
        entorno={
            "LO_MIO": "vale",
            "PWD": str(carpeta),
            "PYTHONPATH": f"{RAIZ}:/lo/mio",
            "PYTHONUNBUFFERED": "",  # el que ponen las pruebas a lo que arrancan
        },
    ).abrir_pagina()

    assert pagina.codigo(1) == 7
    assert pagina.pantalla(1).splitlines() == [
        "True True True 80 24",
        "['programa.py', 'dos palabras', '--puerto', '9000'] True vale",
        "True True",
        "__main__ True /lo/mio",
    ]


SENALES = """
import signal, time
try:
    print("listo", flush=True)
    while True:
        input()
        print("sigo")
except KeyboardInterrupt:
    print("interrumpido")
"""


@en_posix
def test_las_senales_llegan_como_en_una_terminal(observar: Observar, programas: Programas) -> None:
    carpeta = programas("programa.py", SENALES)
    pagina = observar("programa.py", carpeta=carpeta).abrir_pagina()
    pagina.esperar_en_pantalla(1, "listo")

    pagina.mandar(orden="senal", p=1, senal="SIGSTOP")
    pagina.teclear(1, "uno\r")
    pagina.esperar_en_pantalla(1, "uno")  # el eco es de la terminal: sale aunque esté parado
    assert "sigo" not in pagina.pantalla(1)
    pagina.mandar(orden="senal", p=1, senal="SIGCONT")
    pagina.esperar_en_pantalla(1, "sigo")
    pagina.mandar(orden="senal", p=1, senal="SIGINT")

    pagina.esperar_en_pantalla(1, "^Cinterrumpido")
    assert pagina.codigo(1) == 0
    assert [linea["senal"] for linea in pagina.de("senal")] == ["SIGSTOP", "SIGCONT", "SIGINT"]


@en_posix
def test_matar_un_programa_deja_su_codigo_y_los_demas_siguen(
    observar: Observar, programas: Programas
) -> None:
    carpeta = programas("programa.py", SENALES)
    pagina = observar("programa.py", "programa.py", carpeta=carpeta).abrir_pagina()
    pagina.esperar_en_pantalla(1, "listo")

    pagina.mandar(orden="senal", p=1, senal="SIGKILL")

    assert pagina.codigo(1) == -9


@en_posix
def test_el_tamano_de_la_pagina_llega_al_programa(observar: Observar, programas: Programas) -> None:
    carpeta = programas("programa.py", "import os\nwhile True:\n  input(os.get_terminal_size())")
    pagina = observar("programa.py", carpeta=carpeta).abrir_pagina()
    pagina.esperar_en_pantalla(1, "columns=80, lines=24")

    pagina.mandar(orden="tamano", p=1, filas=10, columnas=33)
    pagina.teclear(1, "\r")

    pagina.esperar_en_pantalla(1, "columns=33, lines=10")
    assert pagina.de("tamano") == [
        {**pagina.de("tamano")[0], "p": 1, "filas": 10, "columnas": 33},
    ]


@en_posix
def test_una_contrasena_no_queda_en_la_pelicula(observar: Observar, programas: Programas) -> None:
    codigo = "import getpass\nprint(len(getpass.getpass('clave: ')))\ninput('listo')"
    pagina = observar("clave.py", carpeta=programas("clave.py", codigo)).abrir_pagina()
    pagina.esperar_en_pantalla(1, "clave: ")

    pagina.teclear(1, "abré")
    pagina.teclear(1, "te\r")

    pagina.esperar_en_pantalla(1, "6\r\nlisto")
    assert [linea["texto"] for linea in pagina.de("tecla")] == ["••••", "••\r"]
    pagina.teclear(1, "sí\r")
    assert pagina.codigo(1) == 0
    assert pagina.de("tecla")[-1]["texto"] == "sí\r"


def test_otro_cliente_se_une_a_los_que_hay(observar: Observar, puerto: str) -> None:
    pagina = observar("difusion", "--clientes", "1", "--", "--puerto", puerto).abrir_pagina()
    pagina.programa("cliente 1")
    assert pagina.puede["otro_cliente"]

    pagina.mandar(orden="otro_cliente")

    pagina.esperar_en_pantalla(pagina.programa("cliente 2"), "Escribe tu nombre")


def test_sin_clientes_no_se_ofrece_otro(observar: Observar, programas: Programas) -> None:
    carpeta = programas("solo.py", "input('listo')")
    pagina = observar("solo.py", carpeta=carpeta).abrir_pagina()
    pagina.esperar_en_pantalla(1, "listo")

    assert not pagina.puede["otro_cliente"]
    pagina.mandar(orden="otro_cliente")
    pagina.esperar(lambda: pagina.avisos, "un aviso")
    assert len(pagina.de("programa")) == 1


RAROS = r"""
import sys
print("x" * 1_000_000)
print("\x1b[31mrojo\x1b[0m \u202edel revés\u202c <script>alert(1)</script>")
sys.stdout.buffer.write(b"\xff\xfe mal\n")
sys.stdout.flush()
input("fin")
"""


def test_lo_que_se_escribe_llega_entero_y_como_texto(
    observar: Observar, programas: Programas
) -> None:
    carpeta = programas("raro.py", RAROS)
    pagina = observar("raro.py", carpeta=carpeta).abrir_pagina()

    visto = pagina.esperar_en_pantalla(1, "fin")

    assert visto.startswith("x" * 1_000_000 + "\r\n")
    assert "\x1b[31mrojo\x1b[0m \u202edel revés\u202c <script>alert(1)</script>" in visto
    assert "\ufffd\ufffd mal" in visto


PAREJAS = {
    "hilos": """
import socket, threading
def atender(c):
    while d := c.recv(99): c.sendall(d.upper())
e = socket.create_server(("localhost", PUERTO))
while True: threading.Thread(target=atender, args=e.accept()[:1], daemon=True).start()
""",
    "selectors": """
import selectors, socket
s = selectors.DefaultSelector()
e = socket.create_server(("localhost", PUERTO)); s.register(e, 1)
while True:
    for k, _ in s.select():
        if k.fileobj is e: s.register(e.accept()[0], 1)
        elif d := k.fileobj.recv(99): k.fileobj.sendall(d.upper())
        else: s.unregister(k.fileobj); k.fileobj.close()
""",
    "asyncio": """
import asyncio
async def atender(r, w):
    while d := await r.read(99): w.write(d.upper()); await w.drain()
async def principal():
    async with await asyncio.start_server(atender, "localhost", PUERTO) as s:
        await s.serve_forever()
asyncio.run(principal())
""",
    "socketserver": """
import socketserver
class Atiende(socketserver.BaseRequestHandler):
    def handle(self):
        while d := self.request.recv(99): self.request.sendall(d.upper())
socketserver.ThreadingTCPServer(("localhost", PUERTO), Atiende).serve_forever()
""",
    "hijos": """
import os, socket
e = socket.create_server(("localhost", PUERTO))
while True:
    c, _ = e.accept()
    if os.fork() == 0:
        while d := c.recv(99): c.sendall(d.upper())
        os._exit(0)
    c.close()
""",
}


@pytest.mark.parametrize("como", PAREJAS)
def test_se_ve_lo_que_hace_cualquier_servidor(
    observar: Observar, programas: Programas, puerto: str, como: str
) -> None:
    if como == "hijos" and sys.platform == "win32":
        pytest.skip("en Windows no se bifurca")
    programas("servidor.py", PAREJAS[como].replace("PUERTO", puerto))
    carpeta = programas("cliente.py", CLIENTE)
    observacion = observar("servidor.py", f"cliente.py {puerto}", carpeta=carpeta)
    pagina = observacion.abrir_pagina()
    cliente = pagina.programa("cliente 1")
    pagina.esperar_en_pantalla(cliente, "> ")

    pagina.teclear(cliente, "hola\r")

    pagina.esperar_en_pantalla(cliente, "contesta HOLA")
    pagina.esperar(lambda: pagina.de("recv", p=cliente), "que se vea la respuesta")
    (respuesta,) = pagina.de("recv", p=cliente)
    suyos = pagina.de("send", c=respuesta["c"], lado="acepta")
    assert [(uno["desde"], uno["cuantos"], uno["texto"]) for uno in suyos] == [(0, 4, "HOLA")]
