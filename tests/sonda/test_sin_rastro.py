"""El programa no nota la sonda: hace, escribe y falla lo mismo con ella que sin ella."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from chatlab.sistema import nucleo
from chatlab.sonda import Testigo
from tests.sonda.conftest import PYTHON, Arrancar, de_tipo, esperar_suceso

PLAZO = 20.0
#: Lo que cambia de una ejecución a otra aunque no haya sonda.
DE_CADA_VEZ = re.compile(r"0x[0-9a-f]+|started \d+|\('127\.0\.0\.1', (?!PUERTO)\d+\)|pid=\d+")


class Comparar(Protocol):
    """Ejecuta un programa sin sonda y con ella, comprueba que no hay diferencia y da su salida.

    El programa recibe un puerto libre como primer argumento. Con `interrumpir`, recibe un Ctrl+C
    cuando, después de escribir «ya», se queda esperando.
    """

    def __call__(
        self,
        codigo: str,
        *,
        entrada: str = ...,
        opciones: tuple[str, ...] = ...,
        interrumpir: bool = ...,
    ) -> str: ...


@pytest.fixture
def mirado() -> Iterator[Testigo]:
    """El de quien mira programas en marcha. Sin los puertos: aquí se ejecutan dos a la vez."""
    with Testigo(con_lugares=True, con_candados=True, oidor=lambda _sucesos: None) as uno:
        yield uno


@pytest.fixture(params=["testigo", "mirado"], ids=["al corregir", "al mirar"])
def comparar(tmp_path: Path, request: pytest.FixtureRequest) -> Comparar:
    testigo: Testigo = request.getfixturevalue(request.param)

    def comparar_uno(
        codigo: str,
        *,
        entrada: str = "",
        opciones: tuple[str, ...] = (),
        interrumpir: bool = False,
    ) -> str:
        (tmp_path / "programa.py").write_text(textwrap.dedent(codigo), encoding="utf-8")
        with socket.create_server(("127.0.0.1", 0)) as reserva:
            puerto = str(reserva.getsockname()[1])
        orden = [PYTHON, *opciones, "programa.py", puerto]
        ejecuciones = [
            ejecutar(orden, tmp_path, variables) for variables in ({}, testigo.entorno())
        ]
        sin_sonda, con_sonda = (
            DE_CADA_VEZ.sub("…", visto.replace(puerto, "PUERTO"))
            for visto in (terminar(uno, entrada, interrumpir) for uno in ejecuciones)
        )
        assert con_sonda == sin_sonda
        return con_sonda

    return comparar_uno


def ejecutar(orden: list[str], carpeta: Path, variables: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        orden,
        cwd=carpeta,
        env={"PYTHONUTF8": "1", "SYSTEMROOT": os.environ.get("SYSTEMROOT", ""), **variables},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def terminar(ejecucion: subprocess.Popen[str], entrada: str, interrumpir: bool) -> str:
    """Espera a que acabe, y devuelve lo que ha escrito y su código."""
    try:
        if interrumpir:
            assert ejecucion.stdout is not None
            assert ejecucion.stdout.readline() == "ya\n"
            esperar_a_que_duerma(ejecucion.pid)
            ejecucion.send_signal(signal.SIGINT)
            ejecucion.wait(PLAZO)  # con el teclado abierto: cerrarlo también lo despertaría
        salida, errores = ejecucion.communicate(entrada, timeout=PLAZO)
    finally:
        ejecucion.kill()
        ejecucion.wait()
    return f"{salida}--- errores\n{errores}--- código {ejecucion.returncode}"


def esperar_a_que_duerma(pid: int) -> None:
    limite = time.monotonic() + PLAZO
    while nucleo.fotografiar([pid]) is None:
        assert time.monotonic() < limite, "no se queda esperando"


ERRORES = {
    "nadie escucha": "socket.create_connection(('127.0.0.1', PUERTO))",
    "nadie escucha, sin create_connection": "socket.socket().connect(('localhost', PUERTO))",
    "aceptar sin escuchar": "socket.socket().accept()",
    "puerto ocupado": "a = socket.create_server(('', PUERTO)); socket.create_server(('', PUERTO))",
    "ocupado y a mano": """
        uno = socket.socket(); uno.bind(("", PUERTO)); uno.listen()
        otro = socket.socket(); otro.bind(("", PUERTO))
    """,
    "plazo de accept": """
        s = socket.create_server(('', PUERTO)); s.settimeout(0.05); s.accept()
    """,
    "plazo de recv": """
        s = socket.create_server(('', PUERTO))
        c = socket.create_connection(('localhost', PUERTO), 0.05)
        c.recv(10)
    """,
    "cortada": """
        import struct
        s = socket.create_server(('', PUERTO)); c = socket.create_connection(('localhost', PUERTO))
        p, _ = s.accept()
        p.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        p.close()
        c.recv(10)
    """,
    "tubería rota": """
        s = socket.create_server(('', PUERTO)); c = socket.create_connection(('localhost', PUERTO))
        s.accept()[0].close()
        while True: c.sendall(b"x" * 1000)
    """,
    "cerrado": "s = socket.socket(); s.close(); s.send(b'x')",
    "sin conectar": "socket.socket().send(b'x')",
    "sin esperar": """
        s = socket.create_server(('', PUERTO)); s.setblocking(False); s.accept()
    """,
    "nombre mal escrito": "cliente = socket.socket(); cliente.sed(b'x')",
    "verdadero": "while true: pass",
    "argumento de hilo": "threading.Thread(tarjet=print, args=('a',)).start()",
    "hilo dos veces": "h = threading.Thread(target=print); h.start(); h.join(); h.start()",
    "error en un hilo": """
        def atender(conexion):
            conexion.recv(10)
            conexion.sendall("hola")
        s = socket.create_server(('', PUERTO)); c = socket.create_connection(('localhost', PUERTO))
        h = threading.Thread(target=atender, args=s.accept()[:1]); h.start()
        c.sendall(b"x"); h.join()
    """,
    "soltar un candado libre": "threading.Lock().release()",
    "soltar un candado de otro": "threading.RLock().release()",
    "candado mal pedido": "threading.Lock().acquire(1, 2, 3)",
    "candado con un plazo imposible": "threading.Lock().acquire(timeout=-5)",
    "candado sin ese nombre": "threading.Lock().relase()",
    "candado por duplicado": "import copy; copy.deepcopy(threading.Lock())",
    "error con el candado": """
        with threading.Lock():
            with threading.RLock():
                1 / 0
    """,
    "fin del teclado": "print(input('> ')); input()",
    "asyncio rechazado": """
        import asyncio
        asyncio.run(asyncio.open_connection('127.0.0.1', PUERTO))
    """,
    "asyncio ocupado": """
        import asyncio
        async def principal():
            await asyncio.start_server(print, '127.0.0.1', PUERTO)
            await asyncio.start_server(print, '127.0.0.1', PUERTO)
        asyncio.run(principal())
    """,
    "socketserver ocupado": """
        import socketserver
        a = socketserver.TCPServer(('', PUERTO), socketserver.BaseRequestHandler)
        b = socketserver.TCPServer(('', PUERTO), socketserver.BaseRequestHandler)
    """,
    "código propio": "socket.socket(); sys.exit(3)",
    "mensaje al salir": "sys.exit('adiós')",
    "sin despedida": "import os; s = socket.create_server(('', PUERTO)); os._exit(7)",
}


@pytest.mark.parametrize("codigo", ERRORES.values(), ids=ERRORES.keys())
def test_los_errores_son_identicos(comparar: Comparar, codigo: str) -> None:
    cabecera = "import socket, sys, threading\nPUERTO = int(sys.argv[1])\n"

    visto = comparar(cabecera + textwrap.dedent(codigo), entrada="una línea\n")

    assert "sonda" not in visto
    assert "--- código 0" not in visto or "Thread" in visto


def test_los_argumentos_disparatados_dan_el_error_de_siempre(comparar: Comparar) -> None:
    visto = comparar("""
        import socket, sys, threading, traceback
        puerto = int(sys.argv[1])
        s, v6 = socket.socket(), socket.socket(socket.AF_INET6)
        disparates = [
            lambda: s.bind("localhost"), lambda: s.bind(["localhost", puerto]),
            lambda: s.bind(("localhost", str(puerto))), lambda: s.bind(("localhost", 70000)),
            lambda: s.bind("localhost", puerto), lambda: s.bind(), lambda: s.bind((None, puerto)),
            lambda: s.connect("localhost", puerto), lambda: s.connect(("localhost", 70000)),
            lambda: s.connect(("localhost", -1)), lambda: s.connect(("::1", puerto)),
            lambda: v6.connect(("127.0.0.1", puerto)), lambda: s.connect((b"\\xff", puerto)),
            lambda: s.connect_ex(("a", "b")), lambda: s.connect(("nu\\0lo", puerto)),
            lambda: s.sendall("texto"), lambda: s.send(7), lambda: s.send(), lambda: s.recv(),
            lambda: s.recv("diez"), lambda: s.recv(-1), lambda: s.recv_into(b"fijo"),
            lambda: s.accept(1), lambda: s.listen("cinco"), lambda: s.getsockname(1),
            lambda: s.getpeername(), lambda: s.shutdown(), lambda: s.sendto(b"x"),
            lambda: s.sendmsg(5), lambda: s.getsockopt(1), lambda: socket.socket.recv(),
            lambda: socket.create_connection("localhost"), lambda: socket.create_connection((1, 2)),
            lambda: socket.getaddrinfo(), lambda: socket.gethostbyname(3), lambda: input(1, 2),
            lambda: threading.Thread(print), lambda: socket.socket.close(s, 1),
        ]
        for numero, disparate in enumerate(disparates):
            try:
                print(numero, disparate())
            except Exception:
                print(numero, traceback.format_exc())
    """)

    assert visto.count("Traceback") > 30
    assert "--- código 0" in visto


def test_lo_que_se_imprime_es_lo_mismo(comparar: Comparar) -> None:
    visto = comparar("""
        import os, socket, sys, threading
        puerto = int(sys.argv[1])
        s = socket.socket()
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        print(s, type(s), isinstance(s, socket.socket), socket.socket.__mro__)
        s.bind(("127.0.0.1", puerto)); s.listen(5)
        c = socket.create_connection(("localhost", puerto))
        p, direccion = s.accept()
        print(s, c, p, s.getsockname(), c.getpeername(), p.getsockname(), direccion)
        print(p.getpeername() == direccion == c.getsockname(), c.fileno(), p.fileno())
        print(os.open(os.devnull, os.O_RDONLY), threading.active_count(), threading.enumerate())
        print(c.send(b"hola"), p.recv(2), p.recv(10), c.sendall(b"x"), p.recv(1))
        print(c.gettimeout(), p.getblocking(), c.family, c.type, c.proto)
        c.close()
        print(p.recv(10), p.recv(10), c, c.fileno())
        print(sys.argv[0], __name__, __file__, sys.path[0] == os.getcwd(), sorted(vars()))
        print(socket.socket.recv.__name__, socket.socket.bind.__doc__[:20], input.__name__)
        print(sys.excepthook is sys.__excepthook__, sys.stdin, sys.stdout.line_buffering)
        h = threading.Thread(target=print, args=("hilo",)); h.start(); h.join(); print(h.name)
    """)

    assert "--- código 0" in visto, visto


def test_las_funciones_rodeadas_se_comportan_como_las_de_c(comparar: Comparar) -> None:
    visto = comparar(
        """
        import copy, pickle, select, selectors, socket, sys
        class Cosa:
            leer, elegir, recibir = input, select.select, socket.socket.recv
        print(Cosa().leer, Cosa().elegir is select.select, input, input.__doc__[:10])
        for algo in (input, select.select, socket.gethostbyname, socket.socket.recv):
            try:
                print(algo.__name__, callable(algo), pickle.loads(pickle.dumps(algo)) is algo)
            except pickle.PicklingError as error:
                print(error)
        s = socket.create_server(("", int(sys.argv[1])))
        c = socket.create_connection(("localhost", int(sys.argv[1])))
        with selectors.SelectSelector() as selector:
            selector.register(s, selectors.EVENT_READ)
            print(len(selector.select()), len(selector.select(0)))
        print(Cosa().leer("> "))
    """,
        entrada="hola\n",
    )

    assert "1 1\n> hola\n" in visto


def test_la_entrada_es_la_de_siempre(comparar: Comparar) -> None:
    codigo = """
        import io, os, sys
        e = sys.stdin
        print(e, e is sys.__stdin__, e.name, e.mode, e.encoding, e.errors, e.newlines, e.fileno())
        print(e.line_buffering, e.write_through, e.isatty(), e.buffer, e.buffer.raw, type(e.buffer))
        e.reconfigure(errors="replace")
        print(repr(e.readline()), repr(e.buffer.read1(3)), e.read(2), next(e), e.buffer.raw.closefd)
        print(isinstance(e.buffer.raw, io.FileIO), type(e.buffer.raw), e.buffer.raw.mode)
        print(e.readlines(), e.readline(), e.closed)
        e.close()
        print(os.fstat(0) is not None)
        e.readline()
    """
    entrada = "uno\r\ndos\ntres cuatro\n¡adiós!\ncinco\nseis"

    assert "ValueError: I/O operation on closed file" in comparar(codigo, entrada=entrada)


def test_los_candados_se_comportan_como_los_de_siempre(comparar: Comparar) -> None:
    codigo = """
        import dataclasses, queue, sys, threading
        uno, otro = threading.Lock(), threading.RLock()
        print(uno, otro, threading.Lock, threading.RLock.__name__, type(uno), type(otro))
        print(uno.acquire(), uno.locked(), uno.acquire(False), uno.acquire(blocking=False), uno)
        print(uno.release(), uno.locked(), uno.acquire(timeout=1), uno.acquire(True, 0.01))
        print(otro.acquire(), otro.acquire(), otro.release(), otro.release(), otro._is_owned())
        condicion = threading.Condition(otro)
        with condicion: print(otro._is_owned(), condicion.wait(0.01), otro._is_owned())
        suyo = threading.Condition(threading.Lock())
        with suyo: print(suyo.wait(0.01))
        @dataclasses.dataclass
        class Sala:
            candado: object = dataclasses.field(default_factory=threading.Lock)
        with Sala().candado as tomado: print(tomado)
        print({uno: 1}[uno], uno == otro, bool(uno), threading.Semaphore(2), queue.Queue().get)
        if sys.version_info >= (3, 13):
            print(isinstance(uno, threading.Lock), isinstance(queue.Queue().mutex, threading.Lock))
            def tomar(candado: threading.Lock | None = None): print(tomar.__annotations__)
            tomar()
    """
    assert "True True False False <locked _thread.lock" in comparar(codigo)


def test_el_teclado_y_la_pantalla_son_los_mismos(comparar: Comparar) -> None:
    visto = comparar(
        """
        import sys
        nombre = input("Nombre: ")
        print(f"Hola, {nombre}")
        print(sys.stdin.readline().strip(), *map(str.strip, sys.stdin))
        """,
        entrada="Íñigo\ndos\ntres\ncuatro 🙂\n",
    )

    assert visto.startswith("Nombre: Hola, Íñigo\ndos tres cuatro 🙂\n")


INTERRUMPIBLES = {
    "accept": "ya(); s.accept()",
    "recv": "ya(); c.recv(10)",
    "recv con plazo": "c.settimeout(50); ya(); c.recv(10)",
    "teclado": "ya(); input()",
    "entrada": "ya(); sys.stdin.readline()",
    "entrada, línea a línea": "ya()\nfor linea in sys.stdin: pass",
    "select": "import select; ya(); select.select([c], [], [])",
    "selectores": """
        import selectors
        selector = selectors.DefaultSelector()
        selector.register(c, selectors.EVENT_READ)
        ya(); selector.select()
    """,
    "asyncio": """
        import asyncio
        async def principal():
            ya()
            await asyncio.Event().wait()
        asyncio.run(principal())
    """,
    "candado": "k = threading.Lock(); k.acquire(); ya(); k.acquire()",
    "candado con with": """
        k = threading.Lock()
        with k:
            ya()
            with k: pass
    """,
    "makefile": "ya(); c.makefile().readline()",
    "un hilo": """
        h = threading.Thread(target=c.recv, args=(1,), daemon=True)
        h.start(); ya(); h.join()
    """,
}


@pytest.mark.skipif(not nucleo.se_puede_mirar(), reason="solo Linux dice cuándo duerme")
@pytest.mark.parametrize("codigo", INTERRUMPIBLES.values(), ids=INTERRUMPIBLES.keys())
def test_ctrl_c_interrumpe_igual(comparar: Comparar, codigo: str) -> None:
    visto = comparar(
        textwrap.dedent("""
            import signal, socket, sys, threading
            # Quien arranca las pruebas en segundo plano deja esta señal desconectada.
            signal.signal(signal.SIGINT, signal.default_int_handler)
            s = socket.create_server(("", int(sys.argv[1])))
            c = socket.create_connection(("localhost", int(sys.argv[1])))
            p, _ = s.accept()
            def ya(): print("ya", flush=True)
        """)
        + textwrap.dedent(codigo),
        interrumpir=True,
    )

    assert "KeyboardInterrupt" in visto
    assert "--- código -2" in visto


@pytest.mark.skipif(sys.platform == "win32", reason="Windows no tiene alarmas")
def test_un_manejador_de_senal_puede_usar_los_sockets(comparar: Comparar) -> None:
    """Llega en cualquier momento, también mientras la sonda cuenta algo."""
    visto = comparar("""
        import signal, socket, sys
        s = socket.create_server(("", int(sys.argv[1])))
        c = socket.create_connection(("localhost", int(sys.argv[1])))
        p, _ = s.accept()
        alarmas = 0
        def alarma(senal, marco):
            global alarmas
            alarmas += 1
            numero = alarmas
            if numero <= 50: p.sendall(b"!")
            else: signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, alarma)
        signal.setitimer(signal.ITIMER_REAL, 0.0005, 0.0005)
        recibido = 0
        while recibido < 50:
            recibido += len(c.recv(1))
            c.getpeername()
        signal.setitimer(signal.ITIMER_REAL, 0)  # que no llegue otra mientras termina
        print(recibido)
    """)

    assert visto.startswith("50\n")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows no tiene alarmas")
def test_lo_que_lanza_un_manejador_de_senal_llega_siempre(comparar: Comparar) -> None:
    """Aunque la señal llegue cuando el hilo está dentro de la sonda."""
    visto = comparar("""
        import signal, socket, sys
        class Basta(Exception): pass
        def alarma(senal, marco): raise Basta
        signal.signal(signal.SIGALRM, alarma)
        s = socket.create_server(("", int(sys.argv[1])))
        c = socket.create_connection(("localhost", int(sys.argv[1])))
        p, _ = s.accept()
        for _ in range(150):
            try:
                signal.setitimer(signal.ITIMER_REAL, 0.0005)
                while True:
                    p.send(b"!")
                    c.recv(1)
            except Basta:
                c.setblocking(False)
                try: c.recv(10)
                except BlockingIOError: pass
                c.setblocking(True)
        print("todas")
    """)

    assert visto.startswith("todas\n")


@pytest.mark.parametrize("nombre", ["socket", "select", "json", "threading", "selectors", "time"])
def test_un_archivo_del_alumno_sigue_tapando_al_de_la_biblioteca(
    comparar: Comparar, tmp_path: Path, nombre: str
) -> None:
    (tmp_path / f"{nombre}.py").write_text('print("este es el mío")\n', encoding="utf-8")

    visto = comparar(f"import {nombre}\nprint({nombre}.socket())\n")

    # `time` va dentro de Python, y en algunos también `select`: a esos no los tapa nadie.
    assert ("este es el mío" in visto) == (nombre not in sys.builtin_module_names)
    assert "AttributeError" in visto


def test_un_error_dentro_de_su_socket_py_se_ve_igual(comparar: Comparar, tmp_path: Path) -> None:
    (tmp_path / "socket.py").write_text("s = socket()\n", encoding="utf-8")

    assert "NameError" in comparar("import socket\n")


def test_con_los_avisos_de_desarrollo_no_hay_ninguno_nuevo(comparar: Comparar) -> None:
    visto = comparar(
        """
        import socket, sys
        s = socket.create_server(("", int(sys.argv[1])))
        c = socket.create_connection(("localhost", int(sys.argv[1])))
        c.sendall(b"x")
        del c
        print(s.accept()[0].recv(10))
        """,
        opciones=("-X", "dev"),
    )

    assert "ResourceWarning" in visto


def test_con_los_avisos_convertidos_en_errores_funciona(comparar: Comparar) -> None:
    assert "--- código 0" in comparar(
        """
        import socket, sys, threading
        with socket.create_server(("", int(sys.argv[1]))) as s:
            with socket.create_connection(("localhost", int(sys.argv[1]))) as c:
                h = threading.Thread(target=c.sendall, args=(b"x",)); h.start(); h.join()
        """,
        opciones=("-W", "error", "-b", "-O"),
    )


def test_encadena_con_otro_sitecustomize(
    arrancar: Arrancar, testigo: Testigo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    otra = tmp_path / "otra"
    otra.mkdir()
    (otra / "sitecustomize.py").write_text("import builtins\nbuiltins.OTRO = __name__\n")
    entorno = testigo.entorno()
    entorno["PYTHONPATH"] += f"{';' if sys.platform == 'win32' else ':'}{otra}"
    monkeypatch.setattr(testigo, "entorno", lambda: entorno)

    programa = arrancar(
        "programa.py",
        """
        import sys
        print(OTRO, sys.modules["sitecustomize"].__file__)
        print([ruta for ruta in sys.path if "inyectado" in ruta])
        """,
    )

    assert programa.esperar_fin() == 0, programa.transcripcion()
    assert programa.pantalla == f"sitecustomize {otra / 'sitecustomize.py'}\n[]\n"
    esperar_suceso(testigo, "arranca")


# --- Aunque la sonda no pueda trabajar ------------------------------------------------------

CHARLA = """
    import socket, sys
    s = socket.create_server(("", int(sys.argv[1])))
    c = socket.create_connection(("localhost", int(sys.argv[1])))
    p, _ = s.accept()
    for _ in range(1 + 2000 * ("mucho" in sys.argv)):
        c.sendall(b"hola")
        assert p.recv(10) == b"hola"
    print("conectados")
    if "pausa" in sys.argv:
        input()
        c.sendall(b"y sigo")
        print(p.recv(10))
"""


@pytest.fixture
def puerto() -> str:
    with socket.create_server(("127.0.0.1", 0)) as reserva:
        return str(reserva.getsockname()[1])


def test_si_el_testigo_se_va_el_programa_sigue(arrancar: Arrancar, puerto: str) -> None:
    with Testigo() as breve:
        programa = arrancar("charla.py", CHARLA, puerto, "pausa", testigo=breve)
        programa.esperar("conectados")
    programa.escribir("")

    assert programa.esperar_fin() == 0, programa.transcripcion()
    assert "b'y sigo'" in programa.pantalla
    assert programa.errores.texto == ""


@pytest.mark.parametrize(
    ("variable", "valor"),
    [
        ("CHATLAB_SONDA_CANAL", "unix:/no/existe"),
        ("CHATLAB_SONDA_CANAL", "tcp:1:clave"),
        ("CHATLAB_SONDA_PUERTOS", "ninguno"),
    ],
)
def test_si_la_sonda_no_se_puede_poner_el_programa_sigue(
    arrancar: Arrancar, puerto: str, monkeypatch: pytest.MonkeyPatch, variable: str, valor: str
) -> None:
    with Testigo() as testigo:
        entorno = {**testigo.entorno(), variable: valor}
        monkeypatch.setattr(testigo, "entorno", lambda: entorno)

        programa = arrancar("charla.py", CHARLA, puerto, testigo=testigo)

        assert programa.esperar_fin() == 0, programa.transcripcion()
        assert programa.errores.texto == ""


def test_si_el_programa_borra_la_carpeta_de_la_sonda_nadie_se_rompe(
    arrancar: Arrancar, testigo: Testigo, puerto: str
) -> None:
    programa = arrancar(
        "dañino.py",
        'import os, shutil; shutil.rmtree(os.environ["CHATLAB_SONDA"])\n' + textwrap.dedent(CHARLA),
        puerto,
    )

    assert programa.esperar_fin() == 0, programa.transcripcion()
    esperar_suceso(testigo, "termina")
    assert testigo.puerto_real(9000) is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows no tiene SIGPIPE")
def test_un_canal_cerrado_no_manda_senales_al_programa(arrancar: Arrancar, puerto: str) -> None:
    with Testigo() as breve:
        programa = arrancar(
            "charla.py",
            "import signal; signal.signal(signal.SIGPIPE, signal.SIG_DFL)\n"
            + textwrap.dedent(CHARLA),
            puerto,
            "pausa",
            testigo=breve,
        )
        programa.esperar("conectados")
    programa.escribir("")

    assert programa.esperar_fin() == 0, programa.transcripcion()


def test_si_el_programa_cierra_todos_los_descriptores_sigue(
    arrancar: Arrancar, testigo: Testigo, puerto: str
) -> None:
    codigo = "import os; os.closerange(3, 2048)\n" + textwrap.dedent(CHARLA)
    programa = arrancar("charla.py", codigo, puerto)

    assert programa.esperar_fin() == 0, programa.transcripcion()
    assert len(de_tipo(testigo.sucesos(), "arranca")) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="los límites de recursos son de Unix")
def test_con_pocos_descriptores_funciona(
    arrancar: Arrancar,
    testigo: Testigo,
    puerto: str,
) -> None:
    programa = arrancar(
        "limitado.py",
        """
        import os, resource, subprocess, sys
        resource.setrlimit(resource.RLIMIT_NOFILE, (16, 16))
        sys.exit(subprocess.run([sys.executable, "-c", sys.argv[2], sys.argv[1]]).returncode)
        """,
        puerto,
        textwrap.dedent(CHARLA),
    )

    assert programa.esperar_fin() == 0, programa.transcripcion()
    assert esperar_suceso(testigo, "accept").programa == "-c"
