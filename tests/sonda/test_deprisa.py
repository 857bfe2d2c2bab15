"""Mirar sin frenar: quien va muy deprisa se cuenta por sumas, y la cuenta es exacta."""

from __future__ import annotations

import socket
import sys
import textwrap
from collections import Counter

import pytest

from chatlab.sonda import Suceso, Testigo
from tests.sonda.conftest import Arrancar, de_tipo
from tests.sonda.oreja import Oreja
from tests.sonda.test_sucesos import MANERAS

pytestmark = pytest.mark.skipif(
    not hasattr(socket, "MSG_DONTWAIT"), reason="en Windows se cuenta cada llamada"
)

#: Un servidor y un cliente en un programa. Tres hilos envían, cada uno por dos conexiones, tan
#: deprisa como pueden, y otros tantos leen todo; luego dice cuántas llamadas hizo cada uno.
DEPRISA = """
    import socket, sys, threading
    vueltas = int(sys.argv[1])
    servidor = socket.create_server(("", 9000))
    parejas = []
    for _ in range(6):
        cliente = socket.create_connection(("localhost", 9000))
        parejas.append((cliente, servidor.accept()[0]))
    def enviar(suyos):
        for _ in range(vueltas):
            for cliente in suyos:
                cliente.sendall(b"x" * 50)
        for cliente in suyos:
            cliente.shutdown(socket.SHUT_WR)
    lecturas = []
    def leer(conexion):
        while datos := conexion.recv(100): lecturas.append(len(datos))
    hilos = [threading.Thread(target=enviar, args=([uno for uno, _ in parejas[n::3]],))
             for n in range(3)]
    hilos += [threading.Thread(target=leer, args=(otro,)) for _, otro in parejas]
    for hilo in hilos: hilo.start()
    for hilo in hilos: hilo.join()
    print("lecturas", len(lecturas), "bytes", sum(lecturas), flush=True)
    input()
"""


def llamadas(sucesos: list[Suceso], tipo: str) -> int:
    return sum(suceso.veces for suceso in de_tipo(sucesos, tipo) if suceso.cuantos)


def cantidad(sucesos: list[Suceso], tipo: str) -> int:
    return sum(suceso.cuantos for suceso in de_tipo(sucesos, tipo))


def test_por_deprisa_que_vaya_la_cuenta_es_exacta(arrancar: Arrancar) -> None:
    oreja = Oreja()
    with Testigo(oidor=oreja, con_lugares=True) as testigo:
        programa = arrancar("deprisa.py", DEPRISA, "8000", testigo=testigo)
        dicho = programa.esperar("bytes").split()
        oreja.esperar_tipo("espera", detalle="teclado")

    sucesos = oreja.sucesos
    assert len([s for s in sucesos if s.veces > 1]) > 10
    assert len(sucesos) < 60_000
    assert llamadas(sucesos, "send") == 6 * 8000
    assert llamadas(sucesos, "recv") == int(dicho[1])
    assert cantidad(sucesos, "send") == cantidad(sucesos, "recv") == int(dicho[3]) == 6 * 8000 * 50
    por_conexion = Counter[int | None]()
    for suceso in de_tipo(sucesos, "send"):
        por_conexion[suceso.conexion] += suceso.cuantos
    assert set(por_conexion.values()) == {8000 * 50}
    assert all(s.lugar for s in sucesos if s.tipo in ("send", "recv"))
    assert all(s.datos.startswith(b"x") for s in sucesos if s.veces > 1)


def test_varios_hilos_que_envian_por_la_misma_conexion_tambien_se_suman(
    arrancar: Arrancar,
) -> None:
    codigo = """
        import socket, sys, threading
        sys.setswitchinterval(1e-5)
        servidor = socket.create_server(("", 9000))
        cliente = socket.create_connection(("localhost", 9000))
        conexion, _ = servidor.accept()
        def enviar():
            for _ in range(20_000): cliente.sendall(b"hola")
        hilos = [threading.Thread(target=enviar) for _ in range(3)]
        for hilo in hilos: hilo.start()
        recibido = 0
        while recibido < 240_000: recibido += len(conexion.recv(65536))
        for hilo in hilos: hilo.join()
        input()
    """
    oreja = Oreja()
    with Testigo(oidor=oreja) as testigo:
        arrancar("programa.py", codigo, testigo=testigo)
        oreja.esperar_tipo("espera", detalle="teclado")

    envios = de_tipo(oreja.sucesos, "send")
    por_hilo = Counter[int]()
    for suceso in envios:
        por_hilo[suceso.hilo] += suceso.veces
    assert set(por_hilo.values()) == {20_000}
    assert cantidad(envios, "send") == cantidad(oreja.sucesos, "recv") == 240_000
    assert len(envios) < 15_000


def test_a_ritmo_normal_se_cuenta_cada_llamada(arrancar: Arrancar) -> None:
    oreja = Oreja()
    with Testigo(oidor=oreja) as testigo:
        programa = arrancar("deprisa.py", DEPRISA, "100", testigo=testigo)
        programa.esperar("bytes")
        oreja.esperar_tipo("espera", detalle="teclado")

    assert {suceso.veces for suceso in oreja.sucesos} == {1}
    assert len(de_tipo(oreja.sucesos, "send")) == 600


def test_lo_sumado_se_cuenta_antes_de_lo_que_pasa_despues(arrancar: Arrancar) -> None:
    """Nadie cierra lo suyo sin que se sepa ya todo lo que envió."""
    oreja = Oreja()
    with Testigo(oidor=oreja) as testigo:
        programa = arrancar("deprisa.py", DEPRISA, "8000", testigo=testigo)
        programa.esperar("bytes")
        programa.escribir("")
        programa.esperar_fin()
        oreja.esperar_tipo("termina")

    enviados = Counter[int | None]()
    for suceso in oreja.sucesos:
        if suceso.tipo == "send":
            enviados[suceso.conexion] += suceso.cuantos
        elif suceso.tipo == "shutdown":
            assert enviados[suceso.conexion] == 8000 * 50


def test_tras_la_carrera_se_vuelve_a_contar_cada_llamada(arrancar: Arrancar) -> None:
    codigo = """
        import socket, time
        servidor = socket.create_server(("", 9000))
        cliente = socket.create_connection(("localhost", 9000))
        conexion, _ = servidor.accept()
        def ida_y_vuelta():
            cliente.sendall(b"hola")
            conexion.recv(4)
        for _ in range(30_000):
            ida_y_vuelta()
        print("carrera", flush=True)
        for _ in range(5):
            time.sleep(0.12)
            ida_y_vuelta()
        input()
    """
    oreja = Oreja()
    with Testigo(oidor=oreja) as testigo:
        arrancar("programa.py", codigo, testigo=testigo)
        oreja.esperar_tipo("espera", detalle="teclado")

    sucesos = oreja.sucesos
    assert llamadas(sucesos, "send") == llamadas(sucesos, "recv") == 30_005
    assert max(s.veces for s in sucesos) > 100
    ultimos = [s for s in sucesos if s.tipo in ("send", "recv")][-6:]
    assert [(s.tipo, s.veces) for s in ultimos] == [("send", 1), ("recv", 1)] * 3


@pytest.mark.skipif(sys.platform == "win32", reason="en Windows no se bifurca")
def test_un_hijo_bifurcado_no_cuenta_lo_que_sumaba_su_padre(arrancar: Arrancar) -> None:
    codigo = """
        import os, socket, sys
        servidor = socket.create_server(("", 9000))
        cliente = socket.create_connection(("localhost", 9000))
        conexion, _ = servidor.accept()
        for vuelta in range(30_000):
            cliente.sendall(b"hola")
            conexion.recv(4)
        if hijo := os.fork():
            os.waitpid(hijo, 0)
        cliente.sendall(b"hola")
        conexion.recv(4)
    """
    oreja = Oreja()
    with Testigo(oidor=oreja) as testigo:
        programa = arrancar("padre.py", codigo, testigo=testigo)
        assert programa.esperar_fin() == 0, programa.transcripcion()
        oreja.esperar_tipo("termina", veces=2)

    pid = programa.proceso.pid
    for tipo in ("send", "recv"):
        assert llamadas([s for s in oreja.sucesos if s.pid == pid], tipo) == 30_001
        assert llamadas([s for s in oreja.sucesos if s.pid != pid], tipo) == 1


@pytest.mark.parametrize("llamada", ["sendall", "send"])
def test_quien_no_lee_deja_esperando_a_quien_envia(arrancar: Arrancar, llamada: str) -> None:
    codigo = f"""
        import socket, threading
        servidor = socket.create_server(("", 9000))
        cliente = socket.create_connection(("localhost", 9000))
        conexion, _ = servidor.accept()
        def leer():
            input()
            while conexion.recv(1_000_000): pass
        hilo = threading.Thread(target=leer)
        hilo.start()
        print("enviados", cliente.{llamada}(b"x" * 30_000_000), flush=True)
        cliente.close()
        hilo.join()
    """
    oreja = Oreja()
    with Testigo(oidor=oreja, con_lugares=True) as testigo:
        programa = arrancar("programa.py", codigo, testigo=testigo)
        espera = oreja.esperar_tipo("espera", detalle="send")
        assert espera.cuantos == 30_000_000
        assert espera.lugar.endswith("programa.py:11")
        programa.escribir("\n")
        programa.esperar("enviados None" if llamada == "sendall" else "enviados 30000000")
        assert programa.esperar_fin() == 0, programa.transcripcion()
        oreja.esperar_tipo("close", veces=1)

    assert [s.cuantos for s in de_tipo(oreja.sucesos, "send")] == [30_000_000]
    assert cantidad(oreja.sucesos, "recv") == 30_000_000


@pytest.mark.parametrize("plazo", [None, 60])
def test_solo_espera_quien_espera(arrancar: Arrancar, plazo: int | None) -> None:
    """Leer lo que ya ha llegado no es esperar."""
    codigo = f"""
        import select, socket
        servidor = socket.create_server(("", 9000))
        cliente = socket.create_connection(("localhost", 9000))
        conexion, _ = servidor.accept()
        conexion.settimeout({plazo})
        cliente.sendall(b"hola")
        select.select([conexion], [], [])
        conexion.recv(100)
        conexion.recv(100)
    """
    oreja = Oreja()
    with Testigo(oidor=oreja) as testigo:
        arrancar("programa.py", codigo, testigo=testigo)
        oreja.esperar_tipo("espera", detalle="recv")

    tipos = [s.tipo for s in oreja.sucesos if s.tipo in ("send", "recv", "espera")]
    assert tipos[-3:] == ["espera", "recv", "espera"]
    assert len([s for s in oreja.sucesos if s.detalle == "recv"]) == 1


@pytest.mark.parametrize("codigo", MANERAS.values(), ids=MANERAS.keys())
def test_mirando_tambien_cuadra_lo_enviado_y_lo_recibido(arrancar: Arrancar, codigo: str) -> None:
    oreja = Oreja()
    with Testigo(oidor=oreja, con_lugares=True, con_candados=True) as testigo:
        programa = arrancar(
            "charla.py", "import select, socket\n" + textwrap.dedent(codigo), testigo=testigo
        )
        assert programa.esperar_fin() == 0, programa.transcripcion()
        oreja.esperar_tipo("termina")

    sucesos = oreja.sucesos
    enviado, recibido = (
        sorted(
            b"".join(s.datos for s in de_tipo(sucesos, tipo) if s.conexion == conexion)
            for conexion in {s.conexion for s in de_tipo(sucesos, tipo)}
        )
        for tipo in ("send", "recv")
    )
    assert enviado == recibido
    assert len(enviado) == 2
    lugares = {s.lugar for s in sucesos if s.tipo in ("send", "recv")}
    assert all("charla.py:" in lugar for lugar in lugares)
