"""Seguir el consejo al pie de la letra no apaga el servidor: se aplica, se arranca y se prueba."""

from __future__ import annotations

import ast
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from textwrap import dedent, indent

import pytest

from chatlab.corrector.diagnostico.deducciones.parada import Parada
from chatlab.corrector.diagnostico.deducciones.sin_fin import lo_que_no_deja_terminar
from chatlab.corrector.diagnostico.error import avisos_del_codigo
from chatlab.corrector.diagnostico.hallazgo import Lugar
from chatlab.corrector.diagnostico.que_pasa import Pasa
from chatlab.sonda import Suceso
from tests.corrector.apoyo import en_frases, escribir

PLAZO = 20.0

#: Sirven a quien diga algo, y ninguno mira si lo recibido está vacío.
SERVIDORES = {
    "el nombre, en el bucle que acepta": """
        while True:
            con, _ = escucha.accept()
            nombre = con.recv(100)
            gente.append(con)
            threading.Thread(target=con.sendall, args=(b"hola",), daemon=True).start()
        """,
    "el nombre, después de apuntarlo": """
        while True:
            con, _ = escucha.accept()
            gente.append(con)
            nombre = con.recv(100)
            con.sendall(b"hola")
        """,
    "uno tras otro": """
        while True:
            con, _ = escucha.accept()
            while True:
                leido = con.recv(100).decode()
                con.sendall(b"hola")
        """,
    "un hilo para cada uno": """
        def atender(con):
            while True:
                leido = con.recv(100)
                con.sendall(b"hola")

        while True:
            con, _ = escucha.accept()
            threading.Thread(target=atender, args=(con,), daemon=True).start()
        """,
    "sin guardar lo recibido": """
        def atender(con):
            while True:
                con.sendall(b"hola " + con.recv(100))

        while True:
            con, _ = escucha.accept()
            threading.Thread(target=atender, args=(con,), daemon=True).start()
        """,
    "con select": """
        gente.append(escucha)
        while True:
            listos, _, _ = select.select(gente, [], [])
            for uno in listos:
                if uno is escucha:
                    con, _ = escucha.accept()
                    gente.append(con)
                else:
                    leido = uno.recv(100)
                    uno.sendall(b"hola")
        """,
    "con selectors": """
        vigia = selectors.DefaultSelector()
        vigia.register(escucha, selectors.EVENT_READ)
        while True:
            for llave, _ in vigia.select():
                uno = llave.fileobj
                if uno is escucha:
                    con, _ = escucha.accept()
                    vigia.register(con, selectors.EVENT_READ)
                else:
                    leido = uno.recv(100)
                    uno.sendall(b"hola")
        """,
    "preguntando a todos sin esperar": """
        escucha.setblocking(False)
        while True:
            try:
                con, _ = escucha.accept()
                con.setblocking(False)
                gente.append(con)
            except BlockingIOError:
                pass
            for uno in list(gente):
                try:
                    leido = uno.recv(100)
                    uno.sendall(b"hola")
                except BlockingIOError:
                    continue
        """,
}
_CABECERA = """
import selectors, select, socket, threading
gente = []
escucha = socket.socket()
escucha.bind(("127.0.0.1", 0))
escucha.listen()
print(escucha.getsockname()[1], flush=True)
"""


@pytest.mark.parametrize("codigo", SERVIDORES.values(), ids=SERVIDORES)
def test_con_el_consejo_seguido_el_servidor_sobrevive_a_quien_entra_y_se_va(
    codigo: str, tmp_path: Path
) -> None:
    programa = _CABECERA + dedent(codigo)
    escribir(tmp_path, servidor=programa)
    consejos = [
        aviso
        for aviso in en_frases(avisos_del_codigo(tmp_path, ["servidor.py"]))
        if "if not" in aviso or "Guarda lo que llega" in aviso
    ]
    assert consejos
    for consejo in consejos:
        programa = seguir(consejo, programa)
    escribir(tmp_path, servidor=programa)

    with arrancado(tmp_path) as (_, puerto):
        for _ in range(2):
            socket.create_connection(("127.0.0.1", puerto), PLAZO).close()
        with socket.create_connection(("127.0.0.1", puerto), PLAZO) as cliente:
            cliente.sendall(b"Ana")
            assert cliente.recv(4) == b"hola", programa


# --- Un hilo que no es daemon ------------------------------------------------------------------

SIN_DAEMON = {
    "un hilo para cada uno": """
        while True:
            con, _ = escucha.accept()
            threading.Thread(target=con.recv, args=(10,)).start()
            con.sendall(b"hola")
        """,
    "en varias líneas, y con daemon=False": """
        while True:
            con, _ = escucha.accept()
            hilo = threading.Thread(
                target=con.recv,
                args=(10,),
                daemon=False,
            )
            hilo.start()
            con.sendall(b"hola")
        """,
    "una clase propia": """
        class Atencion(threading.Thread):
            def __init__(self, con):
                super().__init__()
                self.con = con

            def run(self):
                self.con.recv(10)

        while True:
            con, _ = escucha.accept()
            Atencion(con).start()
            con.sendall(b"hola")
        """,
}


@pytest.mark.skipif(sys.platform == "win32", reason="se envía un Ctrl+C de los de Unix")
@pytest.mark.parametrize("codigo", SIN_DAEMON.values(), ids=SIN_DAEMON)
def test_con_el_consejo_seguido_ctrl_c_termina_el_servidor(codigo: str, tmp_path: Path) -> None:
    programa = _CABECERA + dedent(codigo)
    escribir(tmp_path, servidor=programa)
    creado = next(
        nodo.lineno
        for nodo in ast.walk(ast.parse(programa))
        if isinstance(nodo, ast.Call) and ast.unparse(nodo.func).endswith(("Thread", "__init__"))
    )
    escribir(tmp_path, servidor=con_daemon(tmp_path, programa, creado))

    with (
        arrancado(tmp_path) as (servidor, puerto),
        socket.create_connection(("127.0.0.1", puerto), PLAZO) as cliente,
    ):
        assert cliente.recv(4) == b"hola"  # ya está su hilo en marcha
        servidor.send_signal(signal.SIGINT)
        servidor.wait(PLAZO)


def con_daemon(carpeta: Path, programa: str, linea: int) -> str:
    """El programa con el arreglo que se da para el hilo que se crea en esa línea."""
    lugar = f"{carpeta / 'servidor.py'}:{linea}"
    paradas = [
        Parada("servidor", "MainThread", True, False, None),
        Parada("servidor", "uno", False, False, Lugar("servidor.py", 1), "recv"),
    ]
    suceso = Suceso("hilo_creado", 1, 1, None, "servidor.py", 0.0, detalle="uno", lugar=lugar)
    creados = {("servidor", "uno"): suceso}
    [hallazgo] = lo_que_no_deja_terminar(carpeta, paradas, creados, [Pasa.EL_SERVIDOR_TERMINA])
    arreglo = re.search(r"`([^`]+\(.+\))`", hallazgo.arreglo)
    assert arreglo is not None
    llamada = next(
        nodo
        for nodo in ast.walk(ast.parse(programa))
        if isinstance(nodo, ast.Call)
        and nodo.lineno == linea
        and ast.unparse(nodo.func).endswith(("Thread", "__init__"))
    )
    escrita = ast.get_source_segment(programa, llamada)
    assert escrita is not None
    return programa.replace(escrita, arreglo[1])


@contextmanager
def arrancado(carpeta: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """El servidor en marcha, y su puerto; al final no queda."""
    with subprocess.Popen(
        [sys.executable, "servidor.py"],
        cwd=carpeta,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as servidor:
        try:
            assert servidor.stdout is not None
            yield servidor, int(servidor.stdout.readline())
        finally:
            servidor.kill()


# --- Seguir un consejo -------------------------------------------------------------------------


def seguir(consejo: str, programa: str) -> str:
    """El programa, con el consejo aplicado en su línea como lo haría quien lo lee."""
    lugar = re.match(r"servidor\.py, línea (\d+): ", consejo)
    assert lugar is not None
    arbol = ast.parse(programa)
    sentencia = next(
        nodo
        for nodo in ast.walk(arbol)
        if isinstance(nodo, ast.Assign | ast.Expr) and nodo.lineno == int(lugar[1])
    )
    lineas = programa.split("\n")
    margen = " " * sentencia.col_offset
    if guardar := re.search(
        r"Guarda lo que llega, `(\w+) = (.+?)`, y sal .*`(if not .+?)`", consejo
    ):
        nombre, expresion, prueba = guardar.groups()
        lineas[sentencia.lineno - 1] = lineas[sentencia.lineno - 1].replace(expresion, nombre)
        nuevas = f"{nombre} = {expresion}\n{prueba}"
        return "\n".join(_con(lineas, sentencia.lineno - 1, indent(nuevas, margen)))
    prueba = re.search(r"`(if not \w+:)( break)?", consejo)
    assert prueba is not None, consejo
    if prueba[2]:
        nuevas = prueba[1] + prueba[2]
    else:
        nuevas = "\n    ".join([prueba[1], *_quitar(consejo), _cierre(consejo), "continue"])
    return "\n".join(_con(lineas, sentencia.end_lineno or 0, indent(nuevas, margen)))


def _con(lineas: list[str], donde: int, nuevas: str) -> list[str]:
    return [*lineas[:donde], *nuevas.split("\n"), *lineas[donde:]]


def _quitar(consejo: str) -> list[str]:
    quita = re.search(r"quita `(\w+)` de (.+?), ciérralo", consejo)
    if quita is None:
        return []
    return [
        f"{donde}.unregister({quita[1]})" if donde == "vigia" else f"{donde}.remove({quita[1]})"
        for donde in re.findall(r"`(\w+)`", quita[2])
    ]


def _cierre(consejo: str) -> str:
    cierre = re.search(r"`(\w+\.close\(\))`", consejo)
    assert cierre is not None and "`continue`" in consejo, consejo
    return cierre[1]
