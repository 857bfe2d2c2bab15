"""Lo que la sonda cuenta de cada programa, use la biblioteca que use."""

from __future__ import annotations

import sys
import textwrap
from collections import Counter
from pathlib import Path

import pytest

from chatlab.sonda import Suceso, Testigo
from tests.sonda.conftest import Arrancar, de_tipo, esperar_suceso

SERVIDOR = """
    import socket, threading

    def atender(conexion):
        while datos := conexion.recv(1024):
            conexion.sendall(datos.upper())
        conexion.close()

    servidor = socket.socket()
    servidor.bind(("0.0.0.0", 9000))
    servidor.listen()
    while True:
        conexion, direccion = servidor.accept()
        hilo = threading.Thread(target=atender, args=(conexion,))
        hilo.start()
"""
CLIENTE = """
    import socket
    cliente = socket.socket()
    cliente.connect(("192.168.0.15", 9000))
    cliente.sendall("¿Qué tal?".encode())
    print(cliente.recv(1024).decode())
    cliente.close()
"""


def test_una_charla_se_cuenta_entera(arrancar: Arrancar, testigo: Testigo) -> None:
    arrancar("servidor.py", SERVIDOR)
    esperar_suceso(testigo, "listen")
    cliente = arrancar("cliente.py", CLIENTE)
    assert cliente.esperar_fin() == 0, cliente.transcripcion()
    esperar_suceso(testigo, "hilo_terminado")

    sucesos = testigo.sucesos()

    del_servidor = [s for s in sucesos if s.programa == "servidor.py" and s.tipo != "espera"]
    assert [s.tipo for s in del_servidor] == [
        *("arranca", "bind", "listen", "accept", "hilo_creado", "hilo_arrancado"),
        *("recv", "send", "recv", "close", "hilo_terminado"),
    ]
    del_cliente = [s for s in sucesos if s.programa == "cliente.py" and s.tipo != "espera"]
    assert [s.tipo for s in del_cliente] == [
        *("arranca", "connect", "send", "recv", "close", "termina")
    ]
    saludo, respuesta = "¿Qué tal?".encode(), "¿Qué tal?".encode().upper()
    assert [s.datos for s in de_tipo(del_cliente, "send")] == [saludo]
    assert [s.datos for s in de_tipo(del_servidor, "recv")] == [saludo, b""]
    assert [s.cuantos for s in de_tipo(del_cliente, "recv")] == [len(respuesta)]


def test_las_dos_puntas_de_una_conexion_se_reconocen(arrancar: Arrancar, testigo: Testigo) -> None:
    arrancar("servidor.py", SERVIDOR)
    esperar_suceso(testigo, "listen")
    arrancar("cliente.py", CLIENTE).esperar_fin()

    llama = esperar_suceso(testigo, "connect")
    acepta = esperar_suceso(testigo, "accept")

    assert llama.local == acepta.remoto
    assert llama.remoto == ("192.168.0.15", 9000)
    assert acepta.local == ("127.0.0.1", 9000)
    assert llama.detalle == "192.168.0.15:9000"
    recibe = esperar_suceso(testigo, "recv", programa="servidor.py")
    assert (recibe.local, recibe.remoto, recibe.conexion) == (
        acepta.local,
        acepta.remoto,
        acepta.conexion,
    )


def test_enviar_es_antes_que_recibir_segun_el_reloj(arrancar: Arrancar, testigo: Testigo) -> None:
    arrancar("servidor.py", SERVIDOR)
    esperar_suceso(testigo, "listen")
    arrancar("cliente.py", CLIENTE).esperar_fin()

    recibido = esperar_suceso(testigo, "recv", programa="cliente.py")
    espera = esperar_suceso(testigo, "espera", programa="cliente.py", detalle="recv")
    bind = esperar_suceso(testigo, "bind")

    assert bind.instante < espera.instante < recibido.instante


#: Cada programa intercambia «hola» y «adiós» consigo mismo, cada uno a su manera.
MANERAS = {
    "create_server y create_connection": """
        servidor = socket.create_server(("", 9000))
        cliente = socket.create_connection(("localhost", 9000))
        conexion, _ = servidor.accept()
        cliente.send(b"hola"); conexion.recv(2); conexion.recv(10)
        conexion.sendall(b"adios"); cliente.recv(10)
    """,
    "makefile": """
        servidor = socket.create_server(("", 9000))
        cliente = socket.create_connection(("localhost", 9000)).makefile("rwb")
        conexion = servidor.accept()[0].makefile("rw")
        cliente.write(b"hola\\n"); cliente.flush(); conexion.readline()
        conexion.write("adios\\n"); conexion.flush(); cliente.readline()
    """,
    "recv_into y recvfrom": """
        servidor = socket.create_server(("", 9000))
        cliente = socket.create_connection(("localhost", 9000))
        conexion, _ = servidor.accept()
        buffer = bytearray(10)
        cliente.send(memoryview(b"hola")); conexion.recv_into(buffer=buffer, nbytes=4)
        conexion.sendto(b"adios", ("127.0.0.1", 1)); cliente.recvfrom_into(buffer)
        cliente.send(b"hola"); conexion.recvfrom(10)
    """,
    "subclase": """
        class MiSocket(socket.socket):
            def sendall(self, datos):
                super().sendall(datos.encode())
        servidor = socket.create_server(("", 9000))
        cliente = MiSocket(); cliente.connect(("localhost", 9000))
        conexion, _ = servidor.accept()
        cliente.sendall("hola"); conexion.recv(10)
        copia = conexion.dup(); conexion.close()
        copia.sendall(b"adios"); cliente.recv(10)
    """,
    "detach": """
        servidor = socket.create_server(("", 9000))
        cliente = socket.create_connection(("localhost", 9000))
        conexion = socket.socket(fileno=servidor.accept()[0].detach())
        assert conexion.getsockname() == cliente.getpeername() == ("127.0.0.1", 9000)
        cliente.send(b"hola"); conexion.recv(10)
        conexion.send(b"adios"); cliente.recv(10)
    """,
    "sin esperar": """
        import selectors
        servidor = socket.create_server(("", 9000)); servidor.setblocking(False)
        cliente = socket.socket(); cliente.setblocking(False)
        cliente.connect_ex(("192.168.0.15", 9000))
        selector = selectors.DefaultSelector()
        selector.register(servidor, selectors.EVENT_READ)
        selector.select(); conexion, _ = servidor.accept(); conexion.setblocking(False)
        selector.unregister(servidor); selector.register(conexion, selectors.EVENT_READ)
        try: conexion.recv(10)
        except BlockingIOError: pass
        cliente.send(b"hola"); selector.select(5); conexion.recv(10)
        conexion.send(b"adios"); select.select([cliente], [], [], 5); cliente.recv(10)
    """,
    "asyncio": """
        import asyncio
        async def atender(lector, escritor):
            escritor.write((await lector.readline()).upper())
            await escritor.drain()
            escritor.close()
        async def principal():
            servidor = await asyncio.start_server(atender, "0.0.0.0", 9000)
            lector, escritor = await asyncio.open_connection("192.168.0.15", 9000)
            assert escritor.get_extra_info("peername") == ("192.168.0.15", 9000)
            escritor.writelines([b"ho", b"la\\n"])
            await lector.read()
            escritor.close()
            servidor.close()
        asyncio.run(principal())
    """,
    "protocolos de asyncio": """
        import asyncio
        class Servidor(asyncio.BufferedProtocol):
            def connection_made(self, transporte): self.transporte = transporte
            def get_buffer(self, pista): self.buffer = bytearray(100); return self.buffer
            def buffer_updated(self, cuantos): self.transporte.write(self.buffer[:cuantos])
        class Cliente(asyncio.Protocol):
            def connection_made(self, transporte): transporte.write(b"hola")
            def data_received(self, datos): fin.set_result(datos)
        async def principal():
            global fin
            bucle = asyncio.get_running_loop()
            fin = bucle.create_future()
            servidor = await bucle.create_server(Servidor, "127.0.0.1", 9000)
            transporte, _ = await bucle.create_connection(Cliente, "localhost", 9000)
            await fin
            transporte.close(); servidor.close()
        asyncio.run(principal())
    """,
    "socketserver": """
        import socketserver, threading
        class Eco(socketserver.StreamRequestHandler):
            def handle(self): self.wfile.write(self.rfile.readline().upper())
        with socketserver.ThreadingTCPServer(("", 9000), Eco) as servidor:
            threading.Thread(target=servidor.serve_forever, args=(0.05,), daemon=True).start()
            cliente = socket.create_connection(("localhost", 9000))
            cliente.sendall(b"hola\\n"); cliente.recv(10); cliente.recv(10)
            servidor.shutdown()
    """,
}
if sys.platform != "win32":
    MANERAS["sendmsg y recvmsg"] = """
        servidor = socket.create_server(("", 9000))
        cliente = socket.create_connection(("localhost", 9000))
        conexion, _ = servidor.accept()
        cliente.sendmsg([b"ho", b"la"]); conexion.recvmsg(10)
        conexion.sendmsg(iter([b"ad", b"ios"])); cliente.recvmsg_into([bytearray(2), bytearray(9)])
    """


@pytest.mark.parametrize("codigo", MANERAS.values(), ids=MANERAS.keys())
def test_todo_lo_enviado_y_lo_recibido_cuadra(
    arrancar: Arrancar, testigo: Testigo, codigo: str
) -> None:
    programa = arrancar("charla.py", "import select, socket\n" + textwrap.dedent(codigo))

    assert programa.esperar_fin() == 0, programa.transcripcion()
    esperar_suceso(testigo, "termina")
    sucesos = testigo.sucesos()
    assert len(de_tipo(sucesos, "accept")) == len(de_tipo(sucesos, "connect")) == 1
    enviado, recibido = (
        sorted(
            b"".join(s.datos for s in de_tipo(sucesos, tipo) if s.conexion == conexion)
            for conexion in {s.conexion for s in de_tipo(sucesos, tipo)}
        )
        for tipo in ("send", "recv")
    )
    assert enviado == recibido
    assert len(enviado) == 2
    assert b"hola" in enviado[1] or b"HOLA" in enviado[0]
    assert all(s.cuantos == len(s.datos) for s in sucesos if s.tipo in ("send", "recv"))


def test_de_lo_muy_largo_se_guarda_el_principio(arrancar: Arrancar, testigo: Testigo) -> None:
    programa = arrancar(
        "largo.py",
        """
        import socket, threading
        servidor = socket.create_server(("", 9000))
        cliente = socket.create_connection(("localhost", 9000))
        conexion, _ = servidor.accept()
        def enviar():
            cliente.sendall(b"ab" * 500_000)
            cliente.close()
        threading.Thread(target=enviar).start()
        while conexion.recv(65536): pass
        """,
    )

    assert programa.esperar_fin() == 0, programa.transcripcion()
    esperar_suceso(testigo, "termina")
    enviado = esperar_suceso(testigo, "send")
    assert enviado.cuantos == 1_000_000
    assert enviado.datos == b"ab" * 8192
    assert sum(s.cuantos for s in de_tipo(testigo.sucesos(), "recv")) == 1_000_000
    assert esperar_suceso(testigo, "espera", detalle="send").plazo is None


def test_mirar_sin_sacar_no_es_recibir(arrancar: Arrancar, testigo: Testigo) -> None:
    programa = arrancar(
        "mirar.py",
        """
        import socket
        servidor = socket.create_server(("", 9000))
        cliente = socket.create_connection(("localhost", 9000))
        conexion, _ = servidor.accept()
        cliente.send(b"hola")
        print(conexion.recv(10, socket.MSG_PEEK), conexion.recv(0), conexion.recv(10))
        """,
    )

    assert programa.esperar_fin() == 0, programa.transcripcion()
    esperar_suceso(testigo, "termina")
    assert [s.datos for s in de_tipo(testigo.sucesos(), "recv")] == [b"hola"]


def test_quien_lee_sin_parar_tras_el_fin_no_inunda(arrancar: Arrancar, testigo: Testigo) -> None:
    programa = arrancar(
        "vueltas.py",
        """
        import socket
        servidor = socket.create_server(("", 9000))
        cliente = socket.create_connection(("localhost", 9000))
        servidor.accept()[0].close()
        for _ in range(5000): cliente.recv(10)
        """,
    )

    assert programa.esperar_fin() == 0, programa.transcripcion()
    esperar_suceso(testigo, "termina")
    assert 100 < len(de_tipo(testigo.sucesos(), "recv")) < 500


# --- Para el diagnóstico ---------------------------------------------------------------------


def test_un_hilo_creado_y_nunca_arrancado_se_distingue(
    arrancar: Arrancar, testigo: Testigo
) -> None:
    programa = arrancar(
        "hilos.py",
        """
        import threading
        def recibir(): pass
        uno = threading.Thread(target=recibir)
        otro = threading.Thread(target=recibir, name="enviar")
        otro.start()
        otro.join()
        threading.current_thread()
        """,
    )

    assert programa.esperar_fin() == 0, programa.transcripcion()
    esperar_suceso(testigo, "termina")
    sucesos = testigo.sucesos()
    creados = {s.cuantos: s for s in de_tipo(sucesos, "hilo_creado")}
    arrancados = {s.cuantos for s in de_tipo(sucesos, "hilo_arrancado")}
    assert [s.detalle for s in creados.values()] == ["Thread-1 (recibir)", "enviar"]
    assert [creados[numero].detalle for numero in creados.keys() - arrancados] == [
        "Thread-1 (recibir)"
    ]
    assert creados[1].lugar == "hilos.py:4" or creados[1].lugar.endswith("/hilos.py:4")


def test_se_sabe_en_que_linea_pasa(arrancar: Arrancar, testigo: Testigo) -> None:
    programa = arrancar(
        "lugar.py",
        """
        import socket, asyncio
        servidor = socket.create_server(
            ("", 9000))
        async def principal():
            await asyncio.start_server(print, "", 9001)
        asyncio.run(principal())
        """,
    )

    assert programa.esperar_fin() == 0, programa.transcripcion()
    assert esperar_suceso(testigo, "listen", local=("0.0.0.0", 9000)).lugar.endswith("lugar.py:3")
    assert esperar_suceso(testigo, "listen", local=("0.0.0.0", 9001)).lugar.endswith("lugar.py:6")


def test_escuchar_y_no_aceptar_se_ve(arrancar: Arrancar, testigo: Testigo) -> None:
    arrancar(
        "servidor.py",
        """
        import socket
        servidor = socket.create_server(("", 9000))
        input()
        """,
    )
    esperar_suceso(testigo, "espera", detalle="teclado")

    tipos = Counter((s.tipo, s.detalle) for s in testigo.sucesos())
    assert tipos["listen", ""] == 1
    assert tipos["espera", "accept"] == 0


def test_los_errores_de_los_sockets_se_cuentan(arrancar: Arrancar, testigo: Testigo) -> None:
    programa = arrancar(
        "fallos.py",
        """
        import socket, struct
        servidor = socket.create_server(("", 9000))
        for fallo in (
            lambda: socket.socket().bind(("", 9000)),
            lambda: socket.create_connection(("localhost", 9001)),
            lambda: socket.socket().recv(10),
        ):
            try: fallo()
            except OSError: pass
        """,
    )

    assert programa.esperar_fin() == 0, programa.transcripcion()
    esperar_suceso(testigo, "termina")
    detalles = [s.detalle for s in de_tipo(testigo.sucesos(), "fallo")]
    assert detalles[0].startswith("bind :9000: OSError: [Errno ")
    assert detalles[1].startswith("connect ")
    assert ":9001: ConnectionRefusedError: [Errno " in detalles[1]
    assert detalles[2].startswith("recv: OSError: [Errno ")


def test_cerrar_se_ve_tambien_si_nadie_llama_a_close(arrancar: Arrancar, testigo: Testigo) -> None:
    programa = arrancar(
        "olvido.py",
        """
        import socket
        servidor = socket.create_server(("", 9000))
        cliente = socket.create_connection(("localhost", 9000))
        servidor.accept()
        print(cliente.recv(10))
        cliente.shutdown(socket.SHUT_WR)
        fichero = cliente.makefile()
        cliente.close()
        print("sigue")
        fichero.close()
        """,
    )

    assert programa.esperar_fin() == 0, programa.transcripcion()
    esperar_suceso(testigo, "termina")
    cierres = [s for s in testigo.sucesos() if s.tipo in ("close", "shutdown")]
    assert [(s.tipo, s.detalle) for s in cierres] == [
        ("close", "sin close()"),
        ("shutdown", "escribir"),
        ("close", ""),
    ]


def test_matar_un_proceso_se_ve(arrancar: Arrancar, testigo: Testigo) -> None:
    programa = arrancar("servidor.py", SERVIDOR)
    esperar_suceso(testigo, "espera", detalle="accept")

    programa.matar()

    assert esperar_suceso(testigo, "termina").programa == "servidor.py"
    assert [proceso.vivo for proceso in testigo.procesos()] == [False]


# --- Más de un proceso -----------------------------------------------------------------------

HIJOS = {
    "subprocess": """
        import subprocess, sys
        subprocess.run([sys.executable, "-c", sys.argv[1]])
    """,
    "multiprocessing": """
        import multiprocessing
        from hijo import conectar
        if __name__ == "__main__":
            hijo = multiprocessing.get_context("spawn").Process(target=conectar)
            hijo.start(); hijo.join()
    """,
}
if sys.platform != "win32":
    HIJOS["fork"] = """
        import os
        from hijo import conectar
        hijo = os.fork()
        if hijo == 0:
            conectar()
            os._exit(0)
        os.waitpid(hijo, 0)
    """
    HIJOS["forkserver"] = HIJOS["multiprocessing"].replace("spawn", "forkserver")
    HIJOS["exec"] = """
        import os, sys
        os.execv(sys.executable, [sys.executable, "-c", sys.argv[1]])
    """


@pytest.mark.parametrize("codigo", HIJOS.values(), ids=HIJOS.keys())
def test_los_procesos_que_arranca_el_programa_tambien_se_ven(
    arrancar: Arrancar, testigo: Testigo, tmp_path: Path, codigo: str
) -> None:
    (tmp_path / "hijo.py").write_text(
        "import socket\n"
        "def conectar():\n"
        "    socket.create_connection(('localhost', 9000)).send(b'hijo')\n"
    )
    arrancar("servidor.py", SERVIDOR)
    esperar_suceso(testigo, "listen")

    padre = arrancar("padre.py", codigo, "import hijo; hijo.conectar()")

    assert padre.esperar_fin() == 0, padre.transcripcion()
    enviado = esperar_suceso(testigo, "send", datos=b"hijo")
    arranques = [s for s in de_tipo(testigo.sucesos(), "arranca") if s.programa != "servidor.py"]
    assert arranques[0].programa == "padre.py"
    assert enviado.pid in {s.pid for s in arranques[1:]}
    assert esperar_suceso(testigo, "recv", datos=b"hijo").programa == "servidor.py"


@pytest.mark.skipif(sys.platform == "win32", reason="en Windows no se bifurca")
def test_un_servidor_que_se_bifurca_por_cliente(arrancar: Arrancar, testigo: Testigo) -> None:
    servidor = """
        import socketserver
        class Eco(socketserver.BaseRequestHandler):
            def handle(self):
                self.request.sendall(self.request.recv(100).upper())
        socketserver.ForkingTCPServer(("", 9000), Eco).serve_forever()
    """
    arrancar("servidor.py", servidor)
    esperar_suceso(testigo, "listen")
    for _ in range(2):
        cliente = arrancar("cliente.py", CLIENTE)
        assert cliente.esperar_fin() == 0, cliente.transcripcion()
        assert "¿QUÉ TAL?" in cliente.pantalla or "TAL" in cliente.pantalla

    envios = [s for s in de_tipo(testigo.sucesos(), "send") if s.programa == "servidor.py"]
    assert len({s.pid for s in envios}) == 2
    assert all(s.remoto is not None and s.local == ("127.0.0.1", 9000) for s in envios)


def test_el_nombre_del_programa(arrancar: Arrancar, testigo: Testigo, tmp_path: Path) -> None:
    (tmp_path / "paquete").mkdir()
    (tmp_path / "paquete" / "servidor.py").write_text("")

    arrancar("mi cliente (ñ).py", "").esperar_fin()
    arrancar("otro.py", "", opciones=("-m", "paquete.servidor")).esperar_fin()

    esperar_suceso(testigo, "termina", veces=2)
    assert [s.programa for s in de_tipo(testigo.sucesos(), "arranca")] == [
        "mi cliente (ñ).py",
        "paquete.servidor",
    ]


# --- Esperar ---------------------------------------------------------------------------------


def test_esperar_lo_que_no_llega_vence(arrancar: Arrancar, testigo: Testigo) -> None:
    assert not testigo.esperar(lambda sucesos: bool(sucesos), 0.01)
    testigo.esperar_cambio(0.01)

    arrancar("nada.py", "")

    assert testigo.esperar(lambda sucesos: de_tipo(sucesos, "termina") != [], 20)


def test_la_condicion_puede_preguntar_al_testigo(arrancar: Arrancar, testigo: Testigo) -> None:
    arrancar("servidor.py", SERVIDOR)

    def escucha(sucesos: list[Suceso]) -> bool:
        return testigo.puerto_real(9000) is not None and len(testigo.sucesos()) >= len(sucesos)

    assert testigo.esperar(escucha, 20)
