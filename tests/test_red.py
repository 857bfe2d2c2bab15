"""Los sockets de todos los modos: dónde se escucha, y en qué frase se convierte cada fallo."""

from __future__ import annotations

import errno
import os
import re
import shlex
import socket
import struct
import subprocess
import sys
from argparse import ArgumentTypeError
from pathlib import Path

import psutil
import pytest

from chatlab.errores import ErrorDeRed
from chatlab.red import sockets
from chatlab.red.direcciones import direccion, leer_direccion
from chatlab.red.puerto import Ocupante, ocupante, segun_linux
from chatlab.sistema.proc import FilaDeTcp
from tests.apoyo.programa import RAIZ, Programa
from tests.apoyo.transcripcion import PLAZO
from tests.conftest import Conectar, Lanzar

solo_en_linux = pytest.mark.skipif(sys.platform != "linux", reason="cada sistema lo hace distinto")

# Sirve cualquier modo: los tres escuchan y conectan con sockets.py. Este es el más sencillo.
SERVIDOR = "chatlab.bitacora.servidor"
CLIENTE = "chatlab.bitacora.cliente"

#: Direcciones que nadie tiene: son para los ejemplos de los documentos (RFC 5737).
DE_EJEMPLO = "198.51.100.7"
#: Les sobra un punto o una letra: se sabe sin preguntar a la red.
NOMBRES_IMPOSIBLES = ("192.168..15", "a" * 64)


def termina_con(programa: Programa, frase: str) -> None:
    """Comprueba que terminó con una sola frase, con código 1 y sin mostrar nada más."""
    assert programa.esperar_fin() == 1, programa.transcripcion()
    assert programa.errores.texto == f"{frase}\n"
    assert programa.pantalla == ""


# --- Escuchar ----------------------------------------------------------------------------------


def test_un_puerto_ocupado_se_explica(lanzar: Lanzar) -> None:
    puerto = lanzar("-m", SERVIDOR, "--puerto", "0").puerto()
    termina_con(
        lanzar("-m", SERVIDOR, "--puerto", str(puerto)),
        f"El puerto {puerto} ya está ocupado: otro programa escucha en él; quizá es un servidor "
        "tuyo. Ciérralo, o elige otro puerto con --puerto (0 pide uno libre).",
    )


@solo_en_linux
def test_de_un_servidor_que_se_acaba_de_cerrar_se_espera_a_que_el_sistema_lo_suelte(
    lanzar: Lanzar,
) -> None:
    """El que se cerró no pidió SO_REUSEADDR: que lo pida el nuevo no basta (socket(7))."""
    with socket.socket() as viejo:
        viejo.bind(("127.0.0.1", 0))
        viejo.listen()
        puerto = viejo.getsockname()[1]
        cliente = socket.create_connection(("127.0.0.1", puerto))
        viejo.accept()[0].close()  # cierra antes el servidor: la conexión queda en FIN-WAIT-2
    servidor = lanzar("-m", SERVIDOR, "--puerto", str(puerto))
    assert servidor.errores.esperar(lambda datos: b"se acaba de cerrar" in datos)

    # Así, cerrar es cortar (RST): no queda ni rastro de la conexión.
    cliente.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    cliente.close()

    servidor.esperar(f"Escuchando en 127.0.0.1:{puerto}\n")


#: Líneas de /proc/net/tcp, hasta el inodo. El puerto 8000 es 1F40 en hexadecimal.
DETRAS = "00000000:00000000 00:00000000 00000000 1000 0 12345"
ESCUCHA = f"0: 0100007F:1F40 00000000:0000 0A {DETRAS}"
FIN_WAIT_2 = f"1: 0100007F:1F40 0100007F:C350 05 {DETRAS}"
TIME_WAIT = f"2: 0100007F:1F40 0100007F:C351 06 {DETRAS}"
CLIENTE_EN_LA_8000 = f"3: 0100007F:C350 0100007F:1F40 01 {DETRAS}"


@pytest.mark.parametrize(
    ("lineas", "quien"),
    [
        ([ESCUCHA, TIME_WAIT], Ocupante.SERVIDOR),
        ([FIN_WAIT_2], Ocupante.RESTOS),
        ([TIME_WAIT, CLIENTE_EN_LA_8000], Ocupante.RESTOS),
        ([CLIENTE_EN_LA_8000], Ocupante.DESCONOCIDO),
        ([], Ocupante.DESCONOCIDO),
    ],
)
def test_se_sabe_de_quien_es_un_puerto_ocupado(lineas: list[str], quien: Ocupante) -> None:
    assert segun_linux(map(FilaDeTcp.leer, lineas), 8000) is quien


def test_donde_no_hay_tablas_se_pregunta_llamando(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chatlab.sistema.proc.TABLAS_DE_TCP", ())
    with sockets.escuchar("localhost", 0) as escucha:
        puerto = escucha.getsockname()[1]
        assert ocupante(puerto) is Ocupante.SERVIDOR
    assert ocupante(puerto) is Ocupante.DESCONOCIDO


def primer_puerto_libre_para_todos() -> int:
    """Desde qué puerto deja escuchar el sistema a cualquiera."""
    ajuste = Path("/proc/sys/net/ipv4/ip_unprivileged_port_start")
    return int(ajuste.read_text()) if ajuste.exists() else 1024


@pytest.mark.skipif(
    sys.platform != "linux" or primer_puerto_libre_para_todos() < 2,
    reason="este sistema deja a cualquiera escuchar en cualquier puerto",
)
def test_un_puerto_reservado_se_explica(lanzar_sin_poderes: Lanzar) -> None:
    termina_con(
        lanzar_sin_poderes("-m", SERVIDOR, "--puerto", "1"),
        "El sistema no te deja usar el puerto 1: los menores de 1024 suelen estar reservados. "
        "Elige uno mayor con --puerto.",
    )


@pytest.mark.parametrize("host", [*NOMBRES_IMPOSIBLES, DE_EJEMPLO])
def test_escuchar_en_una_direccion_que_no_es_de_esta_maquina_se_explica(
    lanzar: Lanzar, host: str
) -> None:
    termina_con(
        lanzar("-m", SERVIDOR, "--puerto", "0", "--host", host),
        f"No puedo escuchar en «{host}»: no es una dirección de esta máquina. "
        "Prueba con --host localhost, o con --lan para toda la red local.",
    )


def test_si_nadie_lee_el_anuncio_el_servidor_termina_con_una_frase() -> None:
    lectura, escritura = os.pipe()
    os.close(lectura)
    with os.fdopen(escritura, "wb") as pantalla:
        servidor = subprocess.run(
            [sys.executable, "-m", SERVIDOR, "--puerto", "0"],
            stdout=pantalla,
            stderr=subprocess.PIPE,
            cwd=RAIZ,
            env={**os.environ, "PYTHONUTF8": "1"},
            encoding="utf-8",
            timeout=PLAZO,
        )
    assert servidor.stderr == "Nadie lee la salida de este programa: lo dejo aquí.\n"
    assert servidor.returncode == 1


# --- Toda la red -------------------------------------------------------------------------------


def direcciones_reales() -> set[str]:
    return {
        direccion.address
        for direcciones in psutil.net_if_addrs().values()
        for direccion in direcciones
        if direccion.family == socket.AF_INET and not direccion.address.startswith("127.")
    }


def test_con_lan_se_anuncia_la_orden_entera_con_cada_direccion(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = lanzar("-m", SERVIDOR, "--puerto", "0", "--lan")
    puerto = servidor.puerto()
    conectar(puerto).no_enviar_mas()
    servidor.esperar("ha terminado")  # así el anuncio ya ha salido entero
    primera, segunda, *ordenes = servidor.pantalla.split("-- ")[0].splitlines()
    assert primera == f"Escuchando en 0.0.0.0:{puerto}"
    if not direcciones_reales():
        assert segunda == "Esta máquina no está en ninguna red: solo puedes entrar desde ella."
        return
    assert segunda == "Desde otro ordenador de tu red, teclea:"
    assert ordenes
    for orden in ordenes:
        _python, *argumentos = shlex.split(orden)
        host = argumentos[argumentos.index("--host") + 1]
        assert host in direcciones_reales(), "anuncia una dirección que no es de esta máquina"
        # Se prueba la orden entera, salvo que el tráfico no sale del bucle local.
        cliente = lanzar(*["127.0.0.1" if dicho == host else dicho for dicho in argumentos])
        cliente.escribir(f"hola para {host}", "salir")
        assert cliente.esperar_fin() == 0, cliente.transcripcion()
        servidor.esperar(f"hola para {host}\n")


def test_sin_lan_solo_se_escucha_en_el_bucle_local(lanzar: Lanzar) -> None:
    servidor = lanzar("-m", SERVIDOR, "--puerto", "0")
    puerto = servidor.puerto()
    escuchas = [
        conexion.laddr
        for conexion in psutil.Process(servidor.proceso.pid).net_connections("inet")
        if conexion.status == psutil.CONN_LISTEN
    ]
    assert escuchas == [("127.0.0.1", puerto)]


def hay_ipv6() -> bool:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


@pytest.mark.skipif(not hay_ipv6(), reason="esta máquina no tiene IPv6")
def test_tambien_con_ipv6(lanzar: Lanzar) -> None:
    servidor = lanzar("-m", SERVIDOR, "--puerto", "0", "--host", "::1")
    puerto = servidor.puerto()
    servidor.esperar(f"Escuchando en [::1]:{puerto}\n")
    cliente = lanzar("-m", CLIENTE, "--puerto", str(puerto), "--host", "::1")
    cliente.escribir("hola", "salir")
    assert cliente.esperar_fin() == 0, cliente.transcripcion()
    servidor.esperar("  [::1]:")
    servidor.esperar("  hola\n")


@pytest.mark.skipif(not hay_ipv6(), reason="esta máquina no tiene IPv6")
def test_en_todas_las_direcciones_de_ipv6_se_entra_por_las_dos_y_se_dice_como(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = lanzar("-m", SERVIDOR, "--puerto", "0", "--host", "::")
    puerto = servidor.puerto()
    conectar(puerto).no_enviar_mas()  # por IPv4
    servidor.esperar("ha terminado")
    primera, segunda, *ordenes = servidor.pantalla.split("-- ")[0].splitlines()

    assert primera == f"Escuchando en [::]:{puerto}"
    assert "-- 127.0.0.1:" in servidor.pantalla, "y no ::ffff:127.0.0.1"
    if direcciones_reales():
        assert segunda == "Desde otro ordenador de tu red, teclea:"
        assert any(f"--host {una} " in orden for una in direcciones_reales() for orden in ordenes)
    cliente = lanzar("-m", CLIENTE, "--puerto", str(puerto), "--host", "::1")
    cliente.escribir("hola", "salir")
    assert cliente.esperar_fin() == 0, cliente.transcripcion()


# --- Conectar ----------------------------------------------------------------------------------


@pytest.mark.parametrize("host", NOMBRES_IMPOSIBLES)
def test_un_host_desconocido_se_explica(lanzar: Lanzar, host: str) -> None:
    termina_con(
        lanzar("-m", CLIENTE, "--host", host),
        f"No encuentro ninguna máquina llamada «{host}». Revisa --host.",
    )


@pytest.mark.parametrize(
    ("numero", "frase"),
    [
        (
            errno.ENETUNREACH,
            f"No hay camino hasta {DE_EJEMPLO}: ¿está este ordenador",
        ),
        (errno.EHOSTUNREACH, f"No se llega a {DE_EJEMPLO}: quizá nadie tiene esa dirección"),
    ],
)
def test_una_direccion_sin_camino_se_explica(
    monkeypatch: pytest.MonkeyPatch, numero: int, frase: str
) -> None:
    def sin_camino(*_: object, **__: object) -> socket.socket:
        raise OSError(numero, "unreachable")

    monkeypatch.setattr(socket, "create_connection", sin_camino)
    with pytest.raises(ErrorDeRed, match=f"{re.escape(frase)}.*Revisa --host"):
        sockets.conectar(DE_EJEMPLO, 8000, "bitacora")


@solo_en_linux
def test_una_maquina_que_no_contesta_se_explica(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sockets, "PLAZO_DE_CONEXION", 0.2)
    with socket.create_server(("127.0.0.1", 0), backlog=0) as sin_sitio:
        puerto = sin_sitio.getsockname()[1]
        # Nadie acepta y ya hay una esperando: el sistema calla ante la siguiente.
        with (
            socket.create_connection(("127.0.0.1", puerto)),
            pytest.raises(ErrorDeRed, match="no contesta"),
        ):
            sockets.conectar("127.0.0.1", puerto, "bitacora").close()


# --- Recibir -----------------------------------------------------------------------------------


class SocketQueFalla(socket.socket):
    """Un socket con algo que leer, al que `recv` responde con un error."""

    error = OSError()

    def recv(self, *_: object) -> bytes:
        raise self.error


@pytest.mark.parametrize("numero", [errno.ETIMEDOUT, errno.EHOSTUNREACH, errno.ECONNRESET])
def test_cualquier_corte_se_recibe_como_un_error_de_conexion(numero: int) -> None:
    """ETIMEDOUT es lo que llega cuando la otra máquina se apaga de golpe."""
    uno, otro = socket.socketpair()
    with otro, SocketQueFalla(fileno=uno.detach()) as conexion:
        conexion.error = OSError(numero, "corte")
        otro.sendall(b"algo")
        with pytest.raises(ConnectionError):
            sockets.recibir(conexion)
        with pytest.raises(ConnectionError):
            sockets.ha_cerrado(conexion, 1.0)


def test_ha_cerrado_distingue_entre_callar_y_cerrar() -> None:
    uno, otro = socket.socketpair()
    with uno:
        with otro:
            otro.sendall(b"lo que llega se tira")
            assert not sockets.ha_cerrado(uno, 0.05)
        assert sockets.ha_cerrado(uno, PLAZO)


def test_las_conexiones_se_vigilan_por_si_la_otra_maquina_se_apaga() -> None:
    with sockets.escuchar("localhost", 0) as escucha:
        puerto = escucha.getsockname()[1]
        with sockets.conectar("localhost", puerto, "bitacora") as cliente:
            conexion, origen = next(sockets.aceptar(escucha))
            with conexion:
                assert origen == direccion(cliente.getsockname())
                for lado in (cliente, conexion):
                    assert lado.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
                    assert lado.gettimeout() is None


# --- Leer una dirección ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("texto", "leida"),
    [
        ("ejemplo.es:80", ("ejemplo.es", 80)),
        ("9000", ("localhost", 9000)),
        ("[::1]:8000", ("::1", 8000)),
        ("[fe80::1%eth0]:65535", ("fe80::1%eth0", 65535)),
        (" 127.0.0.1:1 ", ("127.0.0.1", 1)),
    ],
)
def test_una_direccion_se_lee_como_se_escribe(texto: str, leida: tuple[str, int]) -> None:
    assert leer_direccion(texto) == leida


@pytest.mark.parametrize(
    ("texto", "queja"),
    [
        ("localhost", "«localhost» no es una dirección; por ejemplo, localhost:8000"),
        ("localhost:0", "no es una dirección"),
        ("localhost:65536", "no es una dirección"),
        ("localhost:٨٠٠٠", "no es una dirección"),
        ("localhost:", "no es una dirección"),
        ("::1:8000", r"no es una dirección; .* o \[::1\]:8000"),
        ("[localhost:8000", "no es una dirección"),
        ("dos palabras:8000", "no es una dirección"),
        ("", "no es una dirección"),
        (":8000", "a «:8000» le falta la máquina"),
        ("[]:8000", r"a «\[\]:8000» le falta la máquina"),
    ],
)
def test_lo_que_no_es_una_direccion_se_explica(texto: str, queja: str) -> None:
    with pytest.raises(ArgumentTypeError, match=queja):
        leer_direccion(texto)
