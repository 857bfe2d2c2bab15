"""Programas que se miran sin cambiarles nada: sus puertos son los que escriben."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator

import pytest

from chatlab.sonda import Testigo
from tests.apoyo.transcripcion import PLAZO
from tests.sonda.conftest import Arrancar, de_tipo, esperar_suceso

ECO = """
    import socket, sys
    servidor = socket.socket()
    servidor.bind((sys.argv[1], int(sys.argv[2])))
    servidor.listen()
    print("escucha", *servidor.getsockname(), flush=True)
    while True:
        conexion, direccion = servidor.accept()
        print("llega", *direccion, *conexion.getsockname(), flush=True)
        conexion.sendall(conexion.recv(100))
        conexion.close()
"""


@pytest.fixture
def testigo() -> Iterator[Testigo]:
    with Testigo(puertos_de_verdad=True) as uno:
        yield uno


@pytest.fixture
def puerto() -> int:
    """Uno libre, por debajo de los que el sistema reparte."""
    with socket.create_server(("127.0.0.1", 0)) as prueba:
        return int(prueba.getsockname()[1])


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "", "0.0.0.0"])
def test_cualquiera_puede_llamar_a_un_servidor_que_se_mira(
    arrancar: Arrancar, testigo: Testigo, host: str, puerto: int
) -> None:
    servidor = arrancar("servidor.py", ECO, host, str(puerto))
    todas = host in ("", "0.0.0.0")
    servidor.esperar(f"escucha {'0.0.0.0' if todas else '127.0.0.1'} {puerto}")

    with socket.create_connection(("127.0.0.1", puerto), PLAZO) as persona:
        persona.sendall(b"hola")
        assert persona.recv(100) == b"hola"
        mio = persona.getsockname()[1]

    servidor.esperar(f"llega 127.0.0.1 {mio} 127.0.0.1 {puerto}")
    assert esperar_suceso(testigo, "accept").local == ("127.0.0.1", puerto)
    assert esperar_suceso(testigo, "accept").remoto == ("127.0.0.1", mio)
    escucha = ("0.0.0.0" if todas else "127.0.0.1", puerto)
    assert esperar_suceso(testigo, "bind").local == escucha
    assert esperar_suceso(testigo, "listen").local == escucha
    assert esperar_suceso(testigo, "recv").datos == b"hola"


def test_un_programa_que_se_mira_puede_llamar_a_cualquiera(
    arrancar: Arrancar, testigo: Testigo
) -> None:
    codigo = """
        import socket, sys
        cliente = socket.socket()
        cliente.connect(("localhost", int(sys.argv[1])))
        print(*cliente.getpeername(), *cliente.getsockname(), flush=True)
        cliente.sendall(b"hola")
    """
    with socket.create_server(("127.0.0.1", 0)) as servidor:
        servidor.settimeout(PLAZO)
        puerto = servidor.getsockname()[1]
        cliente = arrancar("cliente.py", codigo, str(puerto))
        conexion, direccion = servidor.accept()
        with conexion:
            assert conexion.recv(100) == b"hola"
        assert cliente.esperar_fin() == 0, cliente.transcripcion()

    cliente.esperar(f"127.0.0.1 {puerto} 127.0.0.1 {direccion[1]}")
    conectado = esperar_suceso(testigo, "connect")
    assert (conectado.local, conectado.remoto) == (direccion, ("127.0.0.1", puerto))
    assert conectado.detalle == f"localhost:{puerto}"


def test_el_puerto_ocupado_es_el_de_verdad(arrancar: Arrancar, testigo: Testigo) -> None:
    with socket.create_server(("127.0.0.1", 0)) as otro:
        puerto = otro.getsockname()[1]
        servidor = arrancar("servidor.py", ECO, "127.0.0.1", str(puerto))

        assert servidor.esperar_fin() == 1

    assert f"bind 127.0.0.1:{puerto}: OSError" in esperar_suceso(testigo, "fallo").detalle


def test_a_quien_no_esta_se_le_rechaza_sin_prohibir(
    arrancar: Arrancar, testigo: Testigo, puerto: int
) -> None:
    codigo = "import socket, sys; socket.create_connection(('127.0.0.1', int(sys.argv[1])))"

    assert arrancar("cliente.py", codigo, str(puerto)).esperar_fin() == 1

    assert "ConnectionRefusedError" in esperar_suceso(testigo, "fallo").detalle
    assert de_tipo(testigo.sucesos(), "prohibido") == []


@pytest.mark.parametrize("manera", ["asyncio", "connect_ex"])
def test_quien_conecta_sin_esperar_tambien_se_ve(
    arrancar: Arrancar, testigo: Testigo, puerto: int, manera: str
) -> None:
    maneras = {
        "asyncio": """
            import asyncio, sys
            async def principal():
                lector, escritor = await asyncio.open_connection("127.0.0.1", int(sys.argv[1]))
                escritor.write(b"hola")
                print(await lector.read(100))
            asyncio.run(principal())
        """,
        "connect_ex": """
            import select, socket, sys
            cliente = socket.socket()
            cliente.setblocking(False)
            cliente.connect_ex(("127.0.0.1", int(sys.argv[1])))
            select.select([], [cliente], [])
            cliente.send(b"hola")
            select.select([cliente], [], [])
            print(cliente.recv(100))
        """,
    }
    arrancar("servidor.py", ECO, "127.0.0.1", str(puerto))
    esperar_suceso(testigo, "listen")
    cliente = arrancar("cliente.py", maneras[manera], str(puerto))

    assert cliente.esperar_fin() == 0, cliente.transcripcion()
    assert cliente.pantalla == "b'hola'\n"
    conectado = esperar_suceso(testigo, "connect")
    aceptado = esperar_suceso(testigo, "accept")
    assert (conectado.local, conectado.remoto) == (aceptado.remoto, aceptado.local)


@pytest.mark.skipif(sys.platform == "win32", reason="en Windows no se bifurca")
def test_un_hijo_bifurcado_se_ve_igual(arrancar: Arrancar, testigo: Testigo, puerto: int) -> None:
    codigo = """
        import socketserver, sys
        class Eco(socketserver.BaseRequestHandler):
            def handle(self):
                self.request.sendall(self.request.recv(100).upper())
        socketserver.ForkingTCPServer(("127.0.0.1", int(sys.argv[1])), Eco).serve_forever()
    """
    arrancar("servidor.py", codigo, str(puerto))
    esperar_suceso(testigo, "listen")
    with socket.create_connection(("127.0.0.1", puerto), PLAZO) as persona:
        persona.sendall(b"hola")
        assert persona.recv(100) == b"HOLA"
        mio = persona.getsockname()[1]

    enviado = esperar_suceso(testigo, "send")
    assert (enviado.local, enviado.remoto) == (("127.0.0.1", puerto), ("127.0.0.1", mio))
    assert enviado.pid != esperar_suceso(testigo, "listen").pid


def test_udp_va_adonde_dice(arrancar: Arrancar, testigo: Testigo) -> None:
    codigo = """
        import socket
        uno = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        uno.bind(("127.0.0.1", 0))
        otro = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        otro.sendto(b"hola", uno.getsockname())
        print(uno.recv(10))
    """
    programa = arrancar("udp.py", codigo)

    assert programa.esperar_fin() == 0, programa.transcripcion()
    assert programa.pantalla == "b'hola'\n"
    assert de_tipo(testigo.sucesos(), "prohibido") == []
