"""La grabadora, con programas y sockets de verdad: cada cosa, con su causa delante."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from chatlab.observador.grabacion import (
    datos_de,
)
from tests.conftest import Lanzar
from tests.observador.plato import Plato, de
from tests.observador.revision import fallos

SOLO_POSIX = pytest.mark.skipif(os.name != "posix", reason="aquí no hay señales ni se bifurca")


@pytest.fixture
def plato(lanzar: Lanzar, tmp_path: Path) -> Iterator[Plato]:
    uno = Plato(lanzar, tmp_path)
    yield uno
    uno.cerrar()


#: Lee todo lo que le manden, de cada uno que llame.
LECTOR = """
    import socket
    servidor = socket.create_server(("localhost", 9000))
    print("listo", flush=True)
    for _ in range({veces}):
        conexion, _ = servidor.accept()
        while conexion.recv(1024):
            pass
        conexion.close()
"""


def test_un_envio_va_delante_de_su_lectura_y_los_dos_dicen_su_linea(plato: Plato) -> None:
    plato.arrancar("servidor", LECTOR.format(veces=1)).esperar("listo")
    plato.arrancar(
        "Ana",
        """
        import socket
        with socket.create_connection(("localhost", 9000)) as conexion:
            conexion.sendall("¡hola!".encode())
        """,
    )
    grabacion = plato.cortar()

    assert grabacion.completa
    (envio,), (lectura, fin) = de(grabacion, "send"), de(grabacion, "recv")
    (llamada,), (llegada,) = de(grabacion, "connect"), de(grabacion, "accept")
    assert llamada["t"] < llegada["t"] < lectura["t"]
    assert llamada["t"] < envio["t"] < lectura["t"]
    assert de(grabacion, "close", lado="llama")[0]["t"] < fin["t"]
    assert datos_de(envio) == datos_de(lectura) == "¡hola!".encode()
    assert (envio["lugar"], lectura["lugar"]) == ("Ana.py:4", "servidor.py:7")
    assert (fin["desde"], fin["cuantos"]) == (7, 0)
    assert set(grabacion.archivos) == {"servidor.py", "Ana.py"}
    assert [x["codigo"] for x in de(grabacion, "termina")] == [0, 0]
    assert str(plato.carpeta) not in grabacion.texto()


@SOLO_POSIX
def test_lo_que_envio_quien_murio_sin_contarlo_tambien_esta(plato: Plato) -> None:
    plato.arrancar("servidor", LECTOR.format(veces=1)).esperar("listo")
    plato.arrancar(
        "Ana",
        """
        import os, signal, socket
        conexion = socket.create_connection(("localhost", 9000))
        conexion.sendall(b"hola")
        for _ in range(50):
            conexion.sendall(b"adios")
        os.kill(os.getpid(), signal.SIGKILL)
        """,
    )
    grabacion = plato.cortar()

    enviados = sum(x["cuantos"] for x in de(grabacion, "send"))
    assert enviados == sum(x["cuantos"] for x in de(grabacion, "recv")) == 254
    assert de(grabacion, "close", por="fin")[0]["lado"] == "llama"
    assert de(grabacion, "termina", codigo=-9)


def test_quien_no_lleva_sonda_no_sale_pero_lo_suyo_se_ve_llegar(plato: Plato) -> None:
    plato.arrancar("servidor", LECTOR.format(veces=1)).esperar("listo")
    puerto = plato.testigo.puerto_real(9000)
    assert puerto is not None
    with socket.create_connection(("127.0.0.1", puerto)) as conexion:
        conexion.sendall(b"hola")
    grabacion = plato.cortar()

    assert [x["lado"] for x in grabacion.lineas if "lado" in x] == ["acepta"] * 4
    assert [x["cuantos"] for x in de(grabacion, "recv")] == [4, 0]


def test_los_dos_lados_pueden_ser_del_mismo_programa(plato: Plato) -> None:
    plato.arrancar(
        "solo",
        """
        import socket
        servidor = socket.create_server(("localhost", 9000))
        uno = socket.create_connection(("localhost", 9000))
        otro, _ = servidor.accept()
        for _ in range(3):
            uno.sendall(b"ida")
            otro.recv(9)
            otro.sendall(b"vuelta")
            uno.recv(9)
        """,
    )
    grabacion = plato.cortar()

    assert {x["c"] for x in grabacion.lineas if "lado" in x} == {1}
    assert [x["desde"] for x in de(grabacion, "send", lado="llama")] == [0, 3, 6]
    assert [x["desde"] for x in de(grabacion, "recv", lado="llama")] == [0, 6, 12]


def test_dos_hilos_que_envian_por_el_mismo_socket_salen_en_el_orden_en_que_se_leen(
    plato: Plato,
) -> None:
    plato.arrancar("servidor", LECTOR.format(veces=1)).esperar("listo")
    plato.arrancar(
        "Ana",
        """
        import socket, threading
        conexion = socket.create_connection(("localhost", 9000))
        def enviar(quien):
            for n in range(300):
                conexion.sendall(b"%s%03d." % (quien, n))
        hilos = [threading.Thread(target=enviar, args=(quien,)) for quien in (b"a", b"b", b"c")]
        for hilo in hilos:
            hilo.start()
        for hilo in hilos:
            hilo.join()
        conexion.close()
        """,
    )
    grabacion = plato.cortar()  # mira que cada byte esté donde se envió

    assert {x["h"] for x in de(grabacion, "send")} == {2, 3, 4}
    assert sum(x["cuantos"] for x in de(grabacion, "recv")) == 900 * 5


@SOLO_POSIX
def test_un_hijo_bifurcado_sigue_con_la_conexion_de_su_padre(plato: Plato) -> None:
    plato.arrancar(
        "servidor",
        """
        import os, socket
        servidor = socket.create_server(("localhost", 9000))
        print("listo", flush=True)
        conexion, _ = servidor.accept()
        conexion.sendall(b"padre")
        if os.fork() == 0:
            conexion.recv(9)
            conexion.sendall(b"hijo")
            raise SystemExit
        conexion.close()
        os.wait()
        """,
    ).esperar("listo")
    plato.arrancar(
        "Ana",
        """
        import socket
        conexion = socket.create_connection(("localhost", 9000))
        conexion.recv(5)
        conexion.sendall(b"hola")
        while conexion.recv(9):
            pass
        """,
    )
    grabacion = plato.cortar()

    padre, hijo = de(grabacion, "programa", papel="servidor")
    assert (padre["padre"], hijo["padre"]) == (None, padre["p"])
    assert de(grabacion, "hereda", p=hijo["p"], c=1, lado="acepta")
    assert [(x["p"], x["desde"]) for x in de(grabacion, "send", lado="acepta")] == [
        (padre["p"], 0),
        (hijo["p"], 5),
    ]
    # El fin le llega a Ana cuando la cierra el último que la tenía.
    ultimo = de(grabacion, "recv", cuantos=0)[0]
    cierres = de(grabacion, "close", lado="acepta")
    assert {x["p"] for x in cierres} == {padre["p"], hijo["p"]}
    assert max(x["t"] for x in cierres) < ultimo["t"]
    assert de(grabacion, "termina", p=hijo["p"], codigo=None)


def test_lo_que_le_pasa_a_un_socket_antes_de_conectar_no_espera_a_que_conecte(
    plato: Plato,
) -> None:
    """Ana llama, falla, espera y vuelve a llamar: lo de antes no se queda esperando."""
    plato.arrancar(
        "Ana",
        """
        import socket
        conexion = socket.socket()
        try:
            conexion.connect(("127.0.0.1", 9000))
        except ConnectionRefusedError:
            print("nadie", flush=True)
        input()
        conexion.connect(("127.0.0.1", 9000))
        """,
    ).esperar("nadie")
    plato.arrancar("servidor", LECTOR.format(veces=1)).esperar("listo")
    plato.en_marcha[0][1].escribir("")
    plato.esperar(lambda linea: linea["que"] == "connect")
    grabacion = plato.cortar()

    de_ana = [x["que"] for x in grabacion.lineas if x.get("p") == 1 and "h" in x]
    assert de_ana == [*["hilo", "espera", "fallo", "espera", "sigue", "espera", "connect", "close"]]
    (llamada,), (llegada,) = de(grabacion, "connect"), de(grabacion, "accept")
    assert llamada["c"] == llegada["c"]
    assert llamada["t"] < llegada["t"]


def test_un_lanzador_sin_sonda_y_lo_que_lanza_son_un_solo_programa(plato: Plato) -> None:
    plato.arrancar(
        "lanzador",
        """
        import json, os, subprocess, sys
        entorno = {**os.environ, **json.loads(os.environ["DENTRO"])}
        codigo = "import socket; socket.create_server(('localhost', 9000))"
        sys.exit(subprocess.call([sys.executable, "-c", codigo], env=entorno))
        """,
        {"DENTRO": json.dumps(plato.testigo.entorno())},
    )
    grabacion = plato.cortar()

    assert len(grabacion.programas) == 1
    assert de(grabacion, "listen", p=1)
    assert len(de(grabacion, "termina", codigo=0)) == 1


def test_dos_conexiones_con_los_mismos_puertos_son_dos(plato: Plato) -> None:
    plato.arrancar("servidor", LECTOR.format(veces=2)).esperar("listo")
    plato.arrancar(
        "Ana",
        """
        import socket, struct
        puerto = 0
        for frase in (b"una", b"otra"):
            conexion = socket.socket()
            conexion.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            conexion.bind(("127.0.0.1", puerto))
            conexion.connect(("127.0.0.1", 9000))
            puerto = conexion.getsockname()[1]
            conexion.sendall(frase)
            conexion.shutdown(socket.SHUT_WR)
            conexion.recv(1)
            # Así no espera el minuto que tarda en quedar libre (RST en vez de FIN).
            conexion.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            conexion.close()
        """,
    )
    grabacion = plato.cortar()

    una, otra = de(grabacion, "connect")
    assert una["local"] == otra["local"]
    assert [(x["c"], x["desde"]) for x in de(grabacion, "send")] == [(1, 0), (2, 0)]
    assert [x["c"] for x in de(grabacion, "accept")] == [1, 2]


def test_lo_que_se_lee_mientras_se_envia_va_detras_de_quien_lo_esta_enviando(
    plato: Plato,
) -> None:
    plato.arrancar("servidor", LECTOR.format(veces=1)).esperar("listo")
    plato.arrancar(
        "Ana",
        """
        import socket
        with socket.create_connection(("localhost", 9000)) as conexion:
            conexion.sendall(b"x" * 8_000_000)
        """,
    )
    grabacion = plato.cortar()

    (envio,) = de(grabacion, "send")
    antes = [x for x in de(grabacion, "recv") if x["t"] < envio["t"]]
    espera = de(grabacion, "espera", en="send")[0]
    assert espera["cuantos"] == envio["cuantos"] == 8_000_000
    assert antes, "se lee mientras se envía"
    assert espera["t"] < antes[0]["t"]
    assert len(datos_de(envio)) == 256
    a_medias = grabacion.recortar(antes[len(antes) // 2]["t"], grabacion.duracion)
    assert fallos(a_medias.lineas) == []


def test_de_un_envio_que_falla_a_medias_se_sabe_lo_que_llego(plato: Plato) -> None:
    plato.arrancar(
        "servidor",
        """
        import socket
        servidor = socket.create_server(("localhost", 9000))
        print("listo", flush=True)
        conexion, _ = servidor.accept()
        input()
        while conexion.recv(65536):
            pass
        """,
    ).esperar("listo")
    plato.arrancar(
        "Ana",
        """
        import socket
        conexion = socket.create_connection(("localhost", 9000))
        conexion.sendall(b"hola")
        conexion.settimeout(0.2)
        try:
            conexion.sendall(b"x" * 50_000_000)
        except TimeoutError:
            print("no cabe", flush=True)
        """,
    ).esperar("no cabe")
    plato.en_marcha[0][1].escribir("")
    grabacion = plato.cortar()

    leido = sum(x["cuantos"] for x in de(grabacion, "recv"))
    assert 4 < leido < 50_000_000
    assert leido == sum(x["cuantos"] for x in de(grabacion, "send"))
    assert de(grabacion, "send", deducido=True)


def test_un_hilo_dice_donde_se_creo_y_a_que_espera(plato: Plato) -> None:
    plato.arrancar(
        "solo",
        """
        import threading, time
        def contar():
            time.sleep(0.3)
        hilo = threading.Thread(target=contar, name="contador")
        hilo.start()
        hilo.join()
        """,
    )
    grabacion = plato.cortar()

    (hilo,) = de(grabacion, "hilo", nombre="contador")
    assert (hilo["h"], hilo["lugar"]) == (2, "solo.py:5")
    assert de(grabacion, "espera", h=2, en="reloj", lugar="solo.py:4")
    assert de(grabacion, "espera", h=1, en="hilo", dueno=2)
    assert de(grabacion, "hilo_termina", h=2)


def test_de_un_candado_se_sabe_quien_lo_espera_y_quien_lo_tiene(plato: Plato) -> None:
    plato.arrancar(
        "solo",
        """
        import threading, time
        candado = threading.Lock()
        def esperar():
            with candado:
                pass
        with candado:
            hilo = threading.Thread(target=esperar)
            hilo.start()
            time.sleep(0.1)
        hilo.join()
        """,
    )
    grabacion = plato.cortar()

    (espera,) = de(grabacion, "espera", en="candado")
    assert (espera["h"], espera["dueno"], espera["lugar"]) == (2, 1, "solo.py:5")
    que_hacen = [(x["h"], x["que_hace"]) for x in de(grabacion, "candado", candado=1)]
    assert que_hacen[:2] == [(1, "suelta"), (2, "toma")]
