"""En qué línea del programa pasa cada envío, cada lectura y cada espera, si se pide."""

from __future__ import annotations

import sys
from pathlib import PurePath

import pytest

from chatlab.sonda import Suceso, Testigo
from tests.sonda.conftest import Arrancar, de_tipo, esperar_suceso

ECO = """
    import socket, threading

    def atender(conexion):
        while datos := conexion.recv(1024):
            conexion.sendall(datos)

    servidor = socket.create_server(("", 9000))
    while True:
        conexion, _ = servidor.accept()
        threading.Thread(target=atender, args=(conexion,), daemon=True).start()
"""
CLIENTE = """
    import socket
    cliente = socket.create_connection(("localhost", 9000))
    cliente.sendall(b"hola")
    cliente.recv(1024)
    input()
"""


def linea_de(suceso: Suceso) -> str:
    return PurePath(suceso.lugar).name


@pytest.mark.parametrize("con_lugares", [True, False])
def test_cada_llamada_dice_su_linea_solo_si_se_pide(arrancar: Arrancar, con_lugares: bool) -> None:
    with Testigo(con_lugares=con_lugares) as testigo:
        arrancar("servidor.py", ECO, testigo=testigo)
        esperar_suceso(testigo, "listen")
        arrancar("cliente.py", CLIENTE, testigo=testigo)
        esperar_suceso(testigo, "espera", detalle="teclado")
        esperar_suceso(testigo, "espera", detalle="recv", programa="servidor.py", veces=2)
        sucesos = testigo.sucesos()

    vistos = {
        (suceso.tipo, suceso.detalle, linea_de(suceso))
        for suceso in sucesos
        if suceso.tipo in ("send", "recv", "espera")
    }
    lineas = {
        ("espera", "accept", "servidor.py:10"),
        ("espera", "recv", "servidor.py:5"),
        ("recv", "", "servidor.py:5"),
        ("send", "", "servidor.py:6"),
        ("espera", "connect", "cliente.py:3"),
        ("send", "", "cliente.py:4"),
        ("espera", "recv", "cliente.py:5"),
        ("recv", "", "cliente.py:5"),
        ("espera", "teclado", "cliente.py:6"),
    }
    assert vistos == (lineas if con_lugares else {(tipo, que, "") for tipo, que, _ in lineas})


def test_la_linea_es_del_programa_aunque_llame_la_biblioteca(arrancar: Arrancar) -> None:
    codigo = """
        import asyncio, socket

        async def atender(lector, escritor):
            escritor.write(await lector.readline())
            await escritor.drain()

        async def principal():
            await asyncio.start_server(atender, "127.0.0.1", 9000)
            lector, escritor = await asyncio.open_connection("127.0.0.1", 9000)
            escritor.write(b"hola\\n")
            await lector.readline()
            escritor.close()

        asyncio.run(principal())
    """
    with Testigo(con_lugares=True) as testigo:
        programa = arrancar("charla.py", codigo, testigo=testigo)
        assert programa.esperar_fin() == 0, programa.transcripcion()
        esperar_suceso(testigo, "termina")
        sucesos = testigo.sucesos()

    assert {linea_de(suceso) for suceso in de_tipo(sucesos, "send")} == {
        "charla.py:5",
        "charla.py:11",
    }
    # asyncio lee cuando el selector se lo dice: lo llamó quien puso el bucle en marcha.
    assert {linea_de(suceso) for suceso in de_tipo(sucesos, "recv")} == {"charla.py:15"}
    assert {linea_de(suceso) for suceso in de_tipo(sucesos, "espera")} == {"charla.py:15"}


def test_dos_funciones_iguales_no_se_confunden(arrancar: Arrancar) -> None:
    """Recordar dónde está cada línea no debe dar a una función nueva la de otra que ya no está."""
    codigo = """
        import socket
        servidor = socket.create_server(("", 9000))
        cliente = socket.create_connection(("localhost", 9000))
        for vuelta in range(300):
            nombre = f"trozo{vuelta}.py"
            exec(compile("\\n" * vuelta + "cliente.send(b'x')", nombre, "exec"))
        input()
    """
    with Testigo(con_lugares=True) as testigo:
        arrancar("programa.py", codigo, testigo=testigo)
        esperar_suceso(testigo, "espera", detalle="teclado")
        lugares = [suceso.lugar for suceso in de_tipo(testigo.sucesos(), "send")]

    assert lugares == [f"trozo{vuelta}.py:{vuelta + 1}" for vuelta in range(300)]


@pytest.mark.skipif(sys.platform == "win32", reason="no se sabe si un envío va a esperar")
def test_quien_espera_a_que_le_lean_dice_cuanto_quiere_enviar(arrancar: Arrancar) -> None:
    codigo = """
        import socket
        servidor = socket.create_server(("", 9000))
        cliente = socket.create_connection(("localhost", 9000))
        conexion, _ = servidor.accept()
        cliente.sendall(b"x" * 20_000_000)
    """
    with Testigo(con_lugares=True) as testigo:
        arrancar("programa.py", codigo, testigo=testigo)
        espera = esperar_suceso(testigo, "espera", detalle="send")

    assert espera.cuantos == 20_000_000
    assert linea_de(espera) == "programa.py:6"
