"""Las piezas del canal y del reparto de puertos, cada una por su lado."""

from __future__ import annotations

import contextlib
import json
import socket
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatlab.errores import ErrorDeRed
from chatlab.sonda import Testigo, proceso, puertos
from chatlab.sonda.inyectado._sonda_de_chatlab.canal import Canal
from chatlab.sonda.inyectado._sonda_de_chatlab.registro import Registro
from chatlab.sonda.inyectado._sonda_de_chatlab.texto import _escapar, citar
from tests.apoyo.transcripcion import PLAZO
from tests.sonda.conftest import Arrancar, de_tipo, esperar_suceso

CHARLA = """
    import socket, sys
    servidor = socket.create_server(("", 9000))
    cliente = socket.create_connection(("localhost", 9000))
    conexion, _ = servidor.accept()
    for _ in range(int(sys.argv[1])):
        cliente.sendall("¡hola!".encode())
        conexion.recv(100)
    print("fin", flush=True)
    input()
"""


def test_la_puerta_de_windows_funciona_tambien_aqui(arrancar: Arrancar) -> None:
    with Testigo(tcp=True) as testigo:
        arrancar("charla.py", CHARLA, "1", testigo=testigo)

        recibido = esperar_suceso(testigo, "recv")
        esperar_suceso(testigo, "espera", detalle="teclado")

    assert recibido.datos.decode() == "¡hola!"


def llamar(testigo: Testigo, dicho: bytes) -> socket.socket:
    clase, _, resto = testigo.entorno()["CHATLAB_SONDA_CANAL"].partition(":")
    if clase == "unix":
        llamada = socket.socket(socket.AF_UNIX)
        llamada.connect(resto)
    else:
        llamada = socket.create_connection(("127.0.0.1", int(resto.partition(":")[0])))
    llamada.settimeout(PLAZO)
    try:
        llamada.sendall(dicho)
    except ConnectionError:
        pass  # le han colgado antes de acabar
    return llamada


def clave_de(testigo: Testigo) -> bytes:
    return testigo.entorno()["CHATLAB_SONDA_CANAL"].rpartition(":")[2].encode()


ARRANCA = b'{"tipo":"arranca","hilo":1,"instante":1,"pid":5,"programa":"x.py"}\n'


def test_sin_la_contrasena_no_se_escucha_a_nadie() -> None:
    with Testigo(tcp=True) as testigo:
        with llamar(testigo, b"otra\n" + ARRANCA) as llamada:
            assert llamada.recv(1) == b""
        assert testigo.sucesos() == []
        with llamar(testigo, clave_de(testigo) + b"\n" + ARRANCA):
            assert esperar_suceso(testigo, "arranca").programa == "x.py"


@pytest.mark.parametrize(
    "dicho", [b"no es JSON\n", b"[1]\n", b'{"tipo":"send"}\n', b"x" * 3_000_000]
)
def test_a_quien_no_es_una_sonda_se_le_cuelga(testigo: Testigo, dicho: bytes) -> None:
    with llamar(testigo, dicho) as llamada, contextlib.suppress(ConnectionError):
        assert llamada.recv(1) == b""

    assert testigo.procesos() == []


@pytest.mark.parametrize(
    "disparate",
    [
        b"{}",
        b"\xff",
        b'{"tipo":"send","hilo":1,"instante":1,"conexion":1,"datos":5}',
        b'{"tipo":"bind","hilo":1,"instante":1,"conexion":1,"local":[]}',
        b"[" * 100_000,
    ],
)
def test_una_linea_estropeada_no_estropea_las_demas(testigo: Testigo, disparate: bytes) -> None:
    with llamar(testigo, ARRANCA + disparate + b"\n" + ARRANCA):
        esperar_suceso(testigo, "arranca", veces=2)
        assert [visto.vivo for visto in testigo.procesos()] == [True]
    esperar_suceso(testigo, "termina")


def test_una_inundacion_deja_de_guardarse(
    arrancar: Arrancar, testigo: Testigo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proceso, "MAXIMO_DE_SUCESOS", 300)

    programa = arrancar("charla.py", CHARLA, "1000")
    programa.esperar("fin")
    programa.escribir("")

    assert programa.esperar_fin() == 0
    esperar_suceso(testigo, "termina")
    assert len(testigo.sucesos()) == 302  # con el último y con «termina»
    assert testigo.procesos()[0].desbordado
    assert not testigo.todo_quieto()


def test_de_lo_que_no_cabe_se_guarda_solo_la_cuenta(
    arrancar: Arrancar, testigo: Testigo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proceso, "MAXIMO_GUARDADO", 20)

    arrancar("charla.py", CHARLA, "3")
    esperar_suceso(testigo, "recv", veces=3)

    assert [s.cuantos for s in de_tipo(testigo.sucesos(), "send")] == [7, 7, 7]
    assert [s.datos for s in de_tipo(testigo.sucesos(), "recv")] == ["¡hola!".encode(), b"", b""]


@pytest.mark.skipif(sys.platform == "win32", reason="un canal sin red, con un socket Unix")
def test_si_nadie_vacia_el_canal_la_sonda_no_se_para_ni_pierde_nada(tmp_path: Path) -> None:
    cuantos = 20_000
    with socket.socket(socket.AF_UNIX) as escucha:
        escucha.bind(str(tmp_path / "canal"))
        escucha.listen()
        canal = Canal(f"unix:{tmp_path / 'canal'}")
        canal.abrir()
        lector, _ = escucha.accept()
        hilos = [
            threading.Thread(target=emitir, args=(canal, letra, cuantos // 4)) for letra in "abcd"
        ]
        for hilo in hilos[:1]:  # con el canal lleno
            hilo.start()
            hilo.join(PLAZO)
            assert not hilo.is_alive()
        llegado: list[str] = []
        leyendo = threading.Thread(target=leer, args=(lector, llegado, cuantos))
        leyendo.start()
        for hilo in hilos[1:]:
            hilo.start()
        for hilo in hilos:
            hilo.join(PLAZO)
        while leyendo.is_alive():
            canal.asegurar()
            leyendo.join(0.01)
        canal.despedirse()
        lector.close()

    sucesos = [json.loads(linea) for linea in llegado]
    for letra in "abcd":
        suyos = [suceso["numero"] for suceso in sucesos if suceso["tipo"] == letra]
        assert suyos == list(range(cuantos // 4))


def emitir(canal: Canal, letra: str, veces: int) -> None:
    for numero in range(veces):
        canal.emitir(letra, f',"numero":{numero}')


def leer(conexion: socket.socket, llegado: list[str], cuantos: int) -> None:
    conexion.settimeout(PLAZO)
    with conexion.makefile(encoding="ascii") as archivo:
        while len(llegado) < cuantos:
            llegado.append(archivo.readline())


# --- El reparto de puertos -------------------------------------------------------------------


def test_todos_reciben_el_mismo_puerto_aunque_lo_pidan_a_la_vez(tmp_path: Path) -> None:
    with puertos.Tramo() as tramo:
        salida = threading.Barrier(8)
        dados: list[tuple[int, int]] = []

        def pedir() -> None:
            registro = Registro(str(tmp_path), tramo.primero, tramo.ultimo)
            salida.wait(PLAZO)
            dados.extend((escrito, registro.reservar(escrito)) for escrito in (9000, 5000, 80))

        hilos = [threading.Thread(target=pedir) for _ in range(8)]
        for hilo in hilos:
            hilo.start()
        for hilo in hilos:
            hilo.join(PLAZO)

        assert len(dados) == 24
        reparto = dict(dados)
        assert set(dados) == set(reparto.items())
        assert len(set(reparto.values())) == 3
        registro = Registro(str(tmp_path), tramo.primero, tramo.ultimo)
        assert {registro.escrito(real) for real in reparto.values()} == {9000, 5000, 80}
        assert registro.escrito(tramo.ultimo) == tramo.ultimo
        assert registro.real(1234) is None


def test_un_puerto_que_usa_otro_programa_no_se_reparte(tmp_path: Path) -> None:
    with puertos.Tramo() as tramo, contextlib.ExitStack() as abiertos:
        ocupados = range(tramo.primero + 1, tramo.primero + 5)
        for puerto in ocupados:
            with contextlib.suppress(OSError):  # también vale que lo ocupe otro
                abiertos.enter_context(socket.create_server(("127.0.0.1", puerto)))
        registro = Registro(str(tmp_path), tramo.primero, tramo.ultimo)

        assert registro.reservar(9000) not in ocupados


def test_cuando_se_acaban_los_puertos_se_dice(tmp_path: Path) -> None:
    with puertos.Tramo() as tramo:
        registro = Registro(str(tmp_path), tramo.primero, tramo.primero + 4)
        with pytest.raises(OSError, match="in use"):
            for escrito in range(9000, 9005):
                registro.reservar(escrito)


def test_sin_tramos_libres_se_explica(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(puertos, "_ocupar", lambda _: None)

    with pytest.raises(ErrorDeRed, match="demasiadas correcciones a la vez"):
        puertos.Tramo()


def test_al_cerrar_no_queda_nada(arrancar: Arrancar) -> None:
    with Testigo() as testigo:
        carpeta = testigo.carpeta
        arrancar("charla.py", CHARLA, "1", testigo=testigo).esperar("fin")
        antes = threading.active_count()

    assert not carpeta.exists()
    assert threading.active_count() < antes
    assert de_tipo(testigo.sucesos(), "arranca")


@given(st.text())
def test_el_json_hecho_a_mano_es_el_de_json(texto: str) -> None:
    a_mano = '"' + "".join(_escapar(letra) for letra in texto) + '"'

    assert json.loads(a_mano) == json.loads(citar(texto)) == texto


@pytest.mark.parametrize("buffer", [0, 16 * 1024])
def test_los_buffers_solo_se_estrechan_si_se_pide(arrancar: Arrancar, buffer: int) -> None:
    codigo = """
        import socket
        servidor = socket.create_server(("", 9000))
        cliente = socket.create_connection(("localhost", 9000))
        for enchufe in (servidor.accept()[0], cliente):
            print(enchufe.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF))
    """
    with Testigo(buffer=buffer) as testigo:
        programa = arrancar("charla.py", codigo, testigo=testigo)

        assert programa.esperar_fin() == 0, programa.transcripcion()

    # Linux reserva el doble de lo pedido, para sus cuentas (socket(7)).
    estrechos = [int(linea) <= 2 * buffer for linea in programa.pantalla.split()]
    assert estrechos == [bool(buffer)] * 2
