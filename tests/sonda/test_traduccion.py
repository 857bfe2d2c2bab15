"""Escriban la dirección que escriban, el servidor y los clientes de una entrega se encuentran."""

from __future__ import annotations

import re
import socket
import sys
from collections.abc import Iterator

import pytest

from chatlab.sonda import Testigo
from tests.conftest import Lanzar
from tests.sonda.conftest import Arrancar, de_tipo, esperar_suceso

#: Un servidor que devuelve una vez lo que recibe, y dice lo que ve.
SERVIDOR = """
    import socket, sys
    servidor = socket.socket()
    servidor.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    servidor.bind((sys.argv[1], int(sys.argv[2])))
    servidor.listen()
    print("escucha", *servidor.getsockname())
    while True:
        conexion, direccion = servidor.accept()
        print("llega", direccion, conexion.getsockname(), conexion.getpeername() == direccion)
        conexion.sendall(conexion.recv(100))
        conexion.close()
"""
CLIENTE = """
    import socket, sys
    cliente = socket.socket()
    cliente.connect((sys.argv[1], int(sys.argv[2])))
    cliente.sendall(b"eco")
    print(cliente.recv(100).decode(), *cliente.getpeername(), cliente.getsockname()[0])
"""


@pytest.mark.parametrize("host", ["", "0.0.0.0", "localhost", "127.0.0.1", "192.168.0.15"])
def test_el_servidor_escucha_escriba_lo_que_escriba(
    arrancar: Arrancar, testigo: Testigo, host: str
) -> None:
    servidor = arrancar("servidor.py", SERVIDOR, host, "9000")
    servidor.esperar("escucha")
    cliente = arrancar("cliente.py", CLIENTE, "localhost", "9000")

    assert cliente.esperar_fin() == 0, cliente.transcripcion()

    visible = {"": "0.0.0.0", "localhost": "127.0.0.1"}.get(host, host)
    assert servidor.pantalla.splitlines()[0] == f"escucha {visible} 9000"
    assert cliente.pantalla == "eco 127.0.0.1 9000 127.0.0.1\n"
    assert re.search(r"llega \('127.0.0.1', \d+\) \('127.0.0.1', 9000\) True", servidor.pantalla)
    escucha = esperar_suceso(testigo, "listen")
    assert escucha.local == (visible, 9000)
    assert escucha.programa == "servidor.py"


HOSTS_DEL_CLIENTE = """
    import socket
    for host in ["", "localhost", "127.0.0.1", "0.0.0.0", "192.168.0.15", "10.20.30.40",
                 "8.8.8.8", "servidor-de-ana", "chat.example.com", b"192.168.0.15",
                 bytearray(b"localhost"), socket.gethostname(), "ordenador-de-ñu"]:
        cliente = socket.create_connection((host, 9000)) if isinstance(host, str) and host else None
        if cliente is None:
            cliente = socket.socket()
            cliente.connect((host, 9000))
        cliente.sendall(b"eco")
        print(cliente.recv(100).decode(), host)
        cliente.close()
"""


def test_el_cliente_llega_escriba_lo_que_escriba(arrancar: Arrancar, testigo: Testigo) -> None:
    arrancar("servidor.py", SERVIDOR, "0.0.0.0", "9000").esperar("escucha")

    cliente = arrancar("cliente.py", HOSTS_DEL_CLIENTE)

    assert cliente.esperar_fin() == 0, cliente.transcripcion()
    assert cliente.pantalla.count("eco") == 13
    assert not de_tipo(testigo.sucesos(), "prohibido")


def test_nadie_ocupa_el_puerto_escrito(arrancar: Arrancar, testigo: Testigo) -> None:
    arrancar("servidor.py", SERVIDOR, "127.0.0.1", "9000").esperar("escucha")

    real = testigo.puerto_real(9000)

    assert real is not None
    assert real != 9000
    with socket.create_connection(("127.0.0.1", real)) as conexion:
        conexion.sendall(b"hola")
        assert conexion.recv(10) == b"hola"
    assert testigo.puerto_real(9001) is None


def test_el_cliente_que_llega_antes_es_rechazado_y_despues_no(
    arrancar: Arrancar, testigo: Testigo
) -> None:
    insistente = """
        import socket
        rechazos = 0
        while True:
            try:
                conexion = socket.create_connection(("192.168.0.15", 9000))
                break
            except ConnectionRefusedError as error:
                if rechazos == 0:
                    print(error)
                rechazos += 1
        conexion.sendall(b"por fin")
        print(conexion.recv(100).decode())
    """
    cliente = arrancar("cliente.py", insistente)
    cliente.esperar("[Errno")

    arrancar("servidor.py", SERVIDOR, "", "9000")

    assert cliente.esperar_fin() == 0, cliente.transcripcion()
    assert "Connection refused" in cliente.pantalla or sys.platform == "win32"
    assert cliente.pantalla.splitlines()[-1] == "por fin"


def test_un_puerto_desviado_lleva_a_otro_sitio_y_el_de_antes_sigue_al_alcance(
    arrancar: Arrancar, testigo: Testigo
) -> None:
    primero = arrancar("primero.py", SERVIDOR, "", "9000")
    segundo = arrancar("segundo.py", SERVIDOR, "", "9001")
    primero.esperar("escucha")
    segundo.esperar("escucha")
    otro = testigo.puerto_real(9001)
    assert otro is not None

    de_antes = testigo.desviar(9000, hacia=otro)

    desviado = arrancar("desviado.py", CLIENTE, "localhost", "9000")
    directo = arrancar("directo.py", CLIENTE, "localhost", str(de_antes))
    assert desviado.esperar_fin() == 0, desviado.transcripcion()
    assert directo.esperar_fin() == 0, directo.transcripcion()
    for servidor in (primero, segundo):
        assert servidor.esperar("llega").count("llega") == 1


def test_no_se_desvia_un_puerto_que_nadie_ha_abierto(testigo: Testigo) -> None:
    with pytest.raises(ValueError, match="9000"):
        testigo.desviar(9000, hacia=9001)


def test_dos_entregas_con_el_mismo_puerto_no_se_cruzan(arrancar: Arrancar) -> None:
    with Testigo() as uno, Testigo() as otro:
        for numero, testigo in enumerate((uno, otro)):
            servidor = arrancar(f"s{numero}.py", SERVIDOR, "0.0.0.0", "9000", testigo=testigo)
            servidor.esperar("escucha")
            cliente = arrancar(f"c{numero}.py", CLIENTE, "localhost", "9000", testigo=testigo)
            assert cliente.esperar_fin() == 0, cliente.transcripcion()
            servidor.esperar("llega")
            assert servidor.pantalla.count("llega") == 1
        assert uno.puerto_real(9000) != otro.puerto_real(9000)
        assert {s.programa for s in uno.sucesos()} == {"s0.py", "c0.py"}


def test_el_puerto_cero_lo_elige_el_sistema(arrancar: Arrancar, testigo: Testigo) -> None:
    servidor = arrancar("servidor.py", SERVIDOR, "0.0.0.0", "0")
    puerto = int(servidor.esperar("\n").split()[2])

    cliente = arrancar("cliente.py", CLIENTE, "192.168.0.15", str(puerto))

    assert cliente.esperar_fin() == 0, cliente.transcripcion()
    assert puerto != 0
    assert testigo.puerto_real(puerto) == puerto


def test_escuchar_sin_bind_no_abre_la_maquina(arrancar: Arrancar) -> None:
    programa = arrancar(
        "servidor.py",
        """
        import _socket, socket
        servidor = socket.socket()
        servidor.listen()
        print(_socket.socket.getsockname(servidor)[0], *servidor.getsockname())
        """,
    )

    assert programa.esperar_fin() == 0, programa.transcripcion()
    real, visible, puerto = programa.pantalla.split()
    assert (real, visible) == ("127.0.0.1", "0.0.0.0")
    assert int(puerto) > 0


def test_un_cliente_con_su_propio_puerto_se_ve_con_el_que_escribio(arrancar: Arrancar) -> None:
    arrancar_en_el_mismo = """
        import socket
        servidor = socket.create_server(("", 9000))
        cliente = socket.socket()
        cliente.bind(("", 9001))
        cliente.connect(("localhost", 9000))
        conexion, direccion = servidor.accept()
        print(direccion, conexion.getpeername(), cliente.getsockname())
    """
    programa = arrancar("charla.py", arrancar_en_el_mismo)

    assert programa.esperar_fin() == 0, programa.transcripcion()
    assert programa.pantalla.startswith("('127.0.0.1', 9001) ('127.0.0.1', 9001)")


@pytest.mark.skipif(not socket.has_dualstack_ipv6(), reason="esta máquina no tiene IPv6")
@pytest.mark.parametrize(
    ("abrir", "llegan"),
    [
        ('socket.create_server(("::1", 9000), family=socket.AF_INET6)', "6"),
        ('socket.create_server(("", 9000), family=socket.AF_INET6)', "6"),
        (
            'socket.create_server(("", 9000), family=socket.AF_INET6, dualstack_ipv6=True)',
            "46",
        ),
        ('socket.create_server(("", 9000))', "4"),
    ],
    ids=["::1", "solo IPv6", "doble", "solo IPv4"],
)
def test_ipv6_llega_adonde_llegaria(arrancar: Arrancar, abrir: str, llegan: str) -> None:
    programa = arrancar(
        "charla.py",
        f"""
        import socket
        servidor = {abrir}
        print(servidor.getsockname()[1:2])
        for familia, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
            cliente = socket.socket(familia)
            if cliente.connect_ex((host, 9000)) == 0:
                servidor.accept()
                print("llega", 4 if familia == socket.AF_INET else 6, *cliente.getpeername()[:2])
        """,
    )

    assert programa.esperar_fin() == 0, programa.transcripcion()
    lineas = programa.pantalla.splitlines()
    assert lineas[0] == "(9000,)"
    hosts = {"4": "127.0.0.1", "6": "::1"}
    assert lineas[1:] == [f"llega {familia} {hosts[familia]} 9000" for familia in llegan]


# --- Nada sale de la máquina -----------------------------------------------------------------

FUERA = """
    import asyncio, socket, urllib.request
    def probar(nombre, funcion):
        try:
            funcion()
        except OSError as error:
            print(nombre, type(error).__name__, flush=True)
    def directo():
        socket.socket().connect(("93.184.216.34", 80))
    def sin_esperar():
        enchufe = socket.socket()
        enchufe.setblocking(False)
        asyncio.run(esperar(enchufe))
    async def esperar(enchufe):
        await asyncio.get_running_loop().sock_connect(enchufe, ("93.184.216.35", 80))
    async def con_asyncio():
        await asyncio.open_connection("asyncio.example.com", 81)
    probar("directo", directo)
    probar("nombre", lambda: socket.create_connection(("chat.example.com", 5000)))
    probar("red local", lambda: socket.create_connection(("192.168.1.77", 5000)))
    probar("sin esperar", sin_esperar)
    probar("asyncio", lambda: asyncio.run(con_asyncio()))
    print(socket.socket().connect_ex(("1.1.1.1", 53)) != 0)
    probar("http", lambda: urllib.request.urlopen("http://web.example.com/"))
"""


def test_lo_que_va_a_otra_maquina_se_rechaza_y_se_cuenta(
    arrancar: Arrancar, testigo: Testigo
) -> None:
    programa = arrancar("cliente.py", FUERA)

    assert programa.esperar_fin() == 0, programa.transcripcion()
    lineas = programa.pantalla.splitlines()
    rechazados = ["directo", "nombre", "red local", "sin esperar", "asyncio"]
    assert lineas[:5] == [f"{nombre} ConnectionRefusedError" for nombre in rechazados]
    assert lineas[5:] == ["True", "http URLError"]
    esperar_suceso(testigo, "termina")
    assert [suceso.detalle for suceso in de_tipo(testigo.sucesos(), "prohibido")] == [
        "93.184.216.34:80",
        "chat.example.com:5000",
        "192.168.1.77:5000",
        "93.184.216.35:80",
        "asyncio.example.com:81",
        "1.1.1.1:53",
        "web.example.com:80",
    ]


def test_rechazar_en_esta_maquina_no_es_prohibir(arrancar: Arrancar, testigo: Testigo) -> None:
    programa = arrancar(
        "cliente.py",
        """
        import socket
        for host in ("localhost", "127.0.0.1", "", socket.gethostname(), "0.0.0.0", "127.0.1.1"):
            enchufe = socket.socket()
            print(enchufe.connect_ex((host, 9000)) != 0)
        """,
    )

    assert programa.esperar_fin() == 0, programa.transcripcion()
    assert programa.pantalla == "True\n" * 6
    esperar_suceso(testigo, "termina")
    assert len(de_tipo(testigo.sucesos(), "fallo")) == 6
    assert not de_tipo(testigo.sucesos(), "prohibido")


def test_los_nombres_no_se_preguntan_a_la_red(arrancar: Arrancar) -> None:
    programa = arrancar(
        "nombres.py",
        """
        import socket
        print(socket.gethostbyname("chat.example.com"), socket.gethostbyname("10.0.0.7"))
        print(socket.gethostbyname(socket.gethostname()), socket.gethostbyname("localhost"))
        print(socket.gethostbyname_ex("chat.example.com"))
        print(socket.gethostbyaddr("8.8.8.8"))
        print(socket.getnameinfo(("8.8.8.8", 80), 0)[0])
        print(socket.getaddrinfo("chat.example.com", 80, type=socket.SOCK_STREAM)[0][4])
        print(socket.getaddrinfo(host="chat.example.com", port="80", family=socket.AF_INET)[0][4])
        print(socket.getaddrinfo("10.0.0.7", 80)[0][4], socket.getaddrinfo(None, 80)[0][4][1])
        socket.getfqdn("chat.example.com")
        for raro in ("a..b", "x" * 70 + "ñ", "nulo\\0", 7):
            try:
                socket.getaddrinfo(raro, 80)
            except Exception as error:
                print(type(error).__name__)
        """,
    )

    assert programa.esperar_fin() == 0, programa.transcripcion()
    assert programa.pantalla.splitlines() == [
        "127.0.0.1 10.0.0.7",
        "127.0.0.1 127.0.0.1",
        "('chat.example.com', [], ['127.0.0.1'])",
        "('8.8.8.8', [], ['127.0.0.1'])",
        "8.8.8.8",
        "('127.0.0.1', 80)",
        "('127.0.0.1', 80)",
        "('10.0.0.7', 80) 80",
        *programa.pantalla.splitlines()[8:],
    ]
    assert programa.pantalla.splitlines()[-1] == "TypeError"


def test_udp_se_deja_en_paz_y_no_sale(arrancar: Arrancar, testigo: Testigo) -> None:
    programa = arrancar(
        "udp.py",
        """
        import socket
        # La manera más común de averiguar la dirección propia.
        curioso = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        curioso.connect(("8.8.8.8", 80))
        print(curioso.getsockname()[0])
        servidor = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        servidor.bind(("192.168.0.15", 0))
        puerto = servidor.getsockname()[1]
        cliente = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        print(cliente.sendto(b"hola", ("192.168.0.15", puerto)))
        print(cliente.sendto(b"adios", 0, ("127.0.0.1", puerto)))
        print(servidor.recvfrom(100)[0], servidor.recv(100))
        """,
    )

    assert programa.esperar_fin() == 0, programa.transcripcion()
    assert programa.pantalla.splitlines() == ["127.0.0.1", "4", "5", "b'hola' b'adios'"]
    esperar_suceso(testigo, "termina")
    assert len(de_tipo(testigo.sucesos(), "prohibido")) == 1
    assert not de_tipo(testigo.sucesos(), "send")


# --- Un puerto recién usado ------------------------------------------------------------------

#: Cierra él primero: el puerto queda en TIME_WAIT, de su lado.
DE_UNA_VEZ = """
    import socket, sys
    servidor = socket.socket()
    if "reutilizar" in sys.argv:
        servidor.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        servidor.bind(("0.0.0.0", int(sys.argv[1])))
    except OSError as error:
        sys.exit(f"{type(error).__name__} {error}")
    servidor.listen()
    print("escucha")
    conexion, _ = servidor.accept()
    conexion.close()
    print("cerrado")
    input()
"""
LEE_HASTA_EL_FIN = """
    import socket, sys
    with socket.create_connection(("localhost", int(sys.argv[1]))) as cliente:
        print(cliente.recv(1))
"""


@pytest.fixture
def puerto_libre() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as reserva:
        puerto = int(reserva.getsockname()[1])
    yield puerto


@pytest.mark.skipif(sys.platform == "win32", reason="en Windows TIME_WAIT no impide escuchar")
@pytest.mark.parametrize("con_sonda", [True, False], ids=["con sonda", "sin sonda"])
def test_un_puerto_recien_usado_es_como_siempre(
    arrancar: Arrancar, testigo: Testigo, puerto_libre: int, con_sonda: bool
) -> None:
    suyo = testigo if con_sonda else None
    puerto = str(puerto_libre)
    primero = arrancar("servidor.py", DE_UNA_VEZ, puerto, "reutilizar", testigo=suyo)
    primero.esperar("escucha")
    ocupado = arrancar("servidor.py", DE_UNA_VEZ, puerto, testigo=suyo)
    assert ocupado.esperar_fin() == 1
    arrancar("cliente.py", LEE_HASTA_EL_FIN, puerto, testigo=suyo).esperar_fin()
    primero.escribir("")
    primero.esperar_fin()

    sin_reutilizar = arrancar("servidor.py", DE_UNA_VEZ, puerto, testigo=suyo)
    assert sin_reutilizar.esperar_fin() == 1

    arrancar("servidor.py", DE_UNA_VEZ, puerto, "reutilizar", testigo=suyo).esperar("escucha")
    for rechazado in (ocupado, sin_reutilizar):
        assert re.fullmatch(
            r"OSError \[Errno \d+\] Address already in use\n", rechazado.errores.texto
        )


def test_varios_testigos_no_comparten_puertos(lanzar: Lanzar) -> None:
    with Testigo() as uno, Testigo() as otro, Testigo() as tercero:
        tramos = {t.entorno()["CHATLAB_SONDA_PUERTOS"] for t in (uno, otro, tercero)}
        assert len(tramos) == 3
