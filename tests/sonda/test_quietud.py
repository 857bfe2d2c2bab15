"""Saber que ya nadie va a hacer nada, sin equivocarse nunca diciendo que sí."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from chatlab.sistema import nucleo
from chatlab.sistema.procesos import esperar_a_que_pare
from chatlab.sonda import Testigo, quietud
from tests.sonda.conftest import PYTHON, Arrancar, de_tipo, esperar_que, esperar_suceso
from tests.sonda.programas import BYTES_QUE_NADIE_LEERA, CLIENTE, CON_PLAZO, con_servidor

EN_EL_NUCLEO = pytest.mark.skipif(
    not nucleo.se_puede_mirar(), reason="solo Linux cuenta en qué llamada duerme cada hilo"
)


@pytest.fixture(
    params=[pytest.param(True, marks=EN_EL_NUCLEO, id="núcleo"), pytest.param(False, id="sucesos")]
)
def testigo(request: pytest.FixtureRequest) -> Iterator[Testigo]:
    """De las dos maneras: preguntando a Linux, y solo con los sucesos."""
    with Testigo(mirar_nucleo=request.param) as uno:
        yield uno


@pytest.fixture(autouse=True)
def poca_calma(monkeypatch: pytest.MonkeyPatch) -> None:
    """Los bucles de estas pruebas dan vueltas muy cortas: basta con menos calma."""
    monkeypatch.setattr(quietud, "CALMA", 0.3)


def nunca_quieto(testigo: Testigo, veces: int = 4) -> bool:
    for _ in range(veces):
        if testigo.todo_quieto():
            return False
        testigo.esperar_cambio(0.02)
    return True


HILOS = """
    import socket, threading
    def atender(conexion):
        while datos := conexion.recv(1024):
            conexion.sendall(datos)
    servidor = socket.create_server(("", 9000))
    hilos = []
    for _ in range(2):
        hilos.append(threading.Thread(target=atender, args=servidor.accept()[:1]))
        hilos[-1].start()
    for hilo in hilos:
        hilo.join()
"""
SELECTORES = """
    import selectors, socket
    servidor = socket.create_server(("", 9000))
    selector = selectors.DefaultSelector()
    selector.register(servidor, selectors.EVENT_READ)
    while True:
        for clave, _ in selector.select(0.1):
            if clave.fileobj is servidor:
                selector.register(servidor.accept()[0], selectors.EVENT_READ)
            elif datos := clave.fileobj.recv(1024):
                clave.fileobj.sendall(datos)
            else:
                selector.unregister(clave.fileobj)
"""
SELECT = """
    import select, socket
    servidor = socket.create_server(("", 9000))
    enchufes = [servidor]
    while True:
        for enchufe in select.select(enchufes, [], [])[0]:
            if enchufe is servidor:
                enchufes.append(servidor.accept()[0])
            elif datos := enchufe.recv(1024):
                enchufe.sendall(datos)
            else:
                enchufes.remove(enchufe)
"""
ASYNCIO = """
    import asyncio
    async def atender(lector, escritor):
        while datos := await lector.read(1024):
            escritor.write(datos)
            await escritor.drain()
    async def principal():
        servidor = await asyncio.start_server(atender, "0.0.0.0", 9000)
        await servidor.serve_forever()
    asyncio.run(principal())
"""
SOCKETSERVER = """
    import socketserver
    class Eco(socketserver.BaseRequestHandler):
        def handle(self):
            while datos := self.request.recv(1024):
                self.request.sendall(datos)
    socketserver.ThreadingTCPServer(("", 9000), Eco).serve_forever(0.1)
"""
SERVIDORES = {
    "hilos": HILOS,
    "con plazo": CON_PLAZO,
    "selectores": SELECTORES,
    "select": SELECT,
    "asyncio": ASYNCIO,
    "socketserver": SOCKETSERVER,
}


@pytest.mark.parametrize("servidor", SERVIDORES.values(), ids=SERVIDORES.keys())
def test_se_sabe_cuando_todos_esperan_y_no_antes(
    arrancar: Arrancar, testigo: Testigo, servidor: str
) -> None:
    arrancar("servidor.py", servidor)
    esperar_suceso(testigo, "listen")
    cliente = arrancar("cliente.py", CLIENTE)
    arrancados = [cliente.proceso.pid]

    assert esperar_que(lambda: testigo.todo_quieto(arrancados), testigo), testigo.sucesos()

    recibidos = [s for s in de_tipo(testigo.sucesos(), "recv") if s.programa == "cliente.py"]
    assert sum(s.cuantos for s in recibidos) == 100 * len("hola")


def test_tras_un_movimiento_hay_que_volver_a_esperar(arrancar: Arrancar, testigo: Testigo) -> None:
    servidor = arrancar("servidor.py", ASYNCIO)
    esperar_suceso(testigo, "listen")
    cliente = arrancar(
        "cliente.py",
        """
        import socket
        cliente = socket.create_connection(("localhost", 9000))
        while linea := input():
            cliente.sendall(linea.encode())
            print(cliente.recv(100).decode())
        """,
    )
    for palabra in ("uno", "dos", "tres"):
        assert esperar_que(lambda: testigo.todo_quieto([cliente.proceso.pid]), testigo)
        cliente.escribir(palabra)
        cliente.esperar(palabra)
    cliente.escribir("")

    assert cliente.esperar_fin() == 0
    assert esperar_que(testigo.todo_quieto, testigo)
    servidor.matar()
    esperar_suceso(testigo, "termina", programa="servidor.py")
    assert not testigo.todo_quieto()  # no queda nadie de quien decirlo


#: Un proceso sin sonda que trabaja, y que acaba con su padre.
HIJO = """
import sys, threading, time
threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
sys.stdin.read()
"""
INQUIETOS = {
    "duerme": "import time; avisar(); time.sleep(9)",
    "calcula": "avisar()\nwhile True: pass",
    "duerme en un hilo": """
        import threading, time
        threading.Thread(target=time.sleep, args=(9,)).start()
        avisar(); servidor.accept()
    """,
    "duerme con select": "import select; avisar(); select.select([], [], [], 9)",
    "espera con un plazo largo": "servidor.settimeout(9); avisar(); servidor.accept()",
    "espera un candado con plazo": "import threading; avisar(); threading.Event().wait(9)",
    "gira sin esperar": """
        servidor.setblocking(False); avisar()
        while True:
            try: servidor.accept()
            except BlockingIOError: pass
    """,
    "un temporizador": """
        import threading
        threading.Timer(9, print).start(); avisar(); servidor.accept()
    """,
    "espera a un hijo que duerme": f"""
        import subprocess, sys
        HIJO = {HIJO!r}
        hijo = subprocess.Popen(
            [sys.executable, "-S", "-E", "-c", HIJO], stdin=subprocess.PIPE)
        avisar(); hijo.wait()
    """,
    "asyncio que duerme": "import asyncio; avisar(); asyncio.run(asyncio.sleep(9))",
    "envía a quien no lee": """
        cliente = socket.create_connection(("localhost", 9000))
        avisar(); cliente.sendall(bytes(50_000_000))
    """,
}


@pytest.mark.parametrize("codigo", INQUIETOS.values(), ids=INQUIETOS.keys())
def test_quien_puede_hacer_algo_no_esta_quieto(
    arrancar: Arrancar, testigo: Testigo, codigo: str
) -> None:
    programa = arrancar(
        "programa.py",
        con_servidor(codigo),
    )
    programa.esperar("ya")

    assert nunca_quieto(testigo), testigo.sucesos()


#: Programas que un rato después de decir «ya» solo esperan, aunque con un plazo.
CON_PRISA_QUIETOS = {
    "duerme en un bucle": "import time; avisar()\nwhile True: time.sleep(0.2)",
    "un plazo corto": "servidor.settimeout(5); avisar(); servidor.accept()",
    "un plazo que no se verá vencer": "servidor.settimeout(60); avisar(); servidor.accept()",
    "una siesta que no acabará": "import time; avisar(); time.sleep(3600)",
}


@pytest.mark.parametrize("codigo", CON_PRISA_QUIETOS.values(), ids=CON_PRISA_QUIETOS.keys())
def test_con_prisa_basta_un_momento_de_reposo(
    arrancar: Arrancar, testigo: Testigo, codigo: str
) -> None:
    programa = arrancar("programa.py", con_servidor(codigo))
    programa.esperar("ya")

    assert esperar_que(lambda: testigo.todo_quieto(con_prisa=True), testigo)


@pytest.mark.parametrize(
    "codigo",
    [
        "import time; avisar(); time.sleep(9)",
        "cliente = socket.create_connection(('localhost', 9000)); avisar()\n"
        "import time\nwhile True: time.sleep(0.2)",
    ],
    ids=["la primera siesta", "quien duerme con alguien a la puerta"],
)
def test_ni_con_prisa_se_da_por_quieto_a_quien_hara_algo(
    arrancar: Arrancar, testigo: Testigo, codigo: str
) -> None:
    programa = arrancar("programa.py", con_servidor(codigo))
    programa.esperar("ya")

    for _ in range(5):
        assert not testigo.todo_quieto(con_prisa=True), testigo.sucesos()
        testigo.esperar_cambio(0.1)


def test_un_bucle_con_plazo_que_reparte_lo_pendiente_no_se_da_por_quieto(
    arrancar: Arrancar, testigo: Testigo
) -> None:
    """Un hilo recibe y apunta; el principal reparte cuando le vence el plazo de `accept`."""
    arrancar(
        "servidor.py",
        """
        import socket, threading
        servidor = socket.create_server(("", 9000))
        servidor.settimeout(0.15)
        clientes, pendientes = [], []
        def recibir(conexion):
            while datos := conexion.recv(100):
                pendientes.append(datos)
        while True:
            try:
                conexion, _ = servidor.accept()
                conexion.settimeout(None)
                clientes.append(conexion)
                threading.Thread(target=recibir, args=(conexion,), daemon=True).start()
            except TimeoutError:
                while pendientes:
                    datos = pendientes.pop(0)
                    for cliente in clientes: cliente.sendall(datos)
        """,
    )
    esperar_suceso(testigo, "listen")
    cliente = arrancar(
        "cliente.py",
        """
        import socket, threading
        cliente = socket.create_connection(("localhost", 9000))
        def recibir():
            while datos := cliente.recv(100): print("llega", datos.decode())
        threading.Thread(target=recibir, daemon=True).start()
        while True: cliente.sendall(input().encode())
        """,
    )
    assert esperar_que(lambda: testigo.todo_quieto([cliente.proceso.pid]), testigo)
    cliente.escribir("mensaje")
    esperar_suceso(testigo, "recv", programa="servidor.py")

    assert esperar_que(testigo.todo_quieto, testigo)

    repartos = [s for s in de_tipo(testigo.sucesos(), "send") if s.programa == "servidor.py"]
    assert len(repartos) == 1  # la quietud no llegó antes que el reparto
    cliente.esperar("llega mensaje")


def test_mientras_un_programa_no_ha_llegado_no_hay_quietud(
    arrancar: Arrancar, testigo: Testigo
) -> None:
    arrancar("servidor.py", HILOS)
    esperar_suceso(testigo, "espera", detalle="accept")
    assert esperar_que(testigo.todo_quieto, testigo)

    with subprocess.Popen(
        [PYTHON, "-S", "-E", "-c", "input()"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
    ) as sin_llegar:
        assert not testigo.todo_quieto([sin_llegar.pid])
        sin_llegar.communicate(b"\n")


def test_un_proceso_parado_no_esta_quieto(arrancar: Arrancar, testigo: Testigo) -> None:
    if sys.platform == "win32":
        pytest.skip("Windows no puede parar un proceso")
    arrancar("servidor.py", HILOS)
    esperar_suceso(testigo, "listen")
    cliente = arrancar("cliente.py", CLIENTE)
    assert esperar_que(lambda: testigo.todo_quieto([cliente.proceso.pid]), testigo)
    servidor = testigo.procesos()[0].pid_fuera

    os.kill(servidor, signal.SIGSTOP)
    esperar_a_que_pare(servidor)  # hasta entonces, uno de sus hilos aún puede leer
    cliente.proceso.stdin.close()  # type: ignore[union-attr]
    cliente.esperar_fin()

    assert nunca_quieto(testigo, 5)
    os.kill(servidor, signal.SIGCONT)
    assert esperar_que(testigo.todo_quieto, testigo)


def test_sin_el_nucleo_unos_bytes_sin_leer_impiden_decir_que_si(arrancar: Arrancar) -> None:
    with Testigo(mirar_nucleo=False) as testigo:
        codigo = con_servidor(BYTES_QUE_NADIE_LEERA)
        arrancar("programa.py", codigo, testigo=testigo)
        esperar_suceso(testigo, "espera", detalle="teclado")

        assert nunca_quieto(testigo, 5)
