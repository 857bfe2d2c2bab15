"""Lo que viaja entre unos procesos: lo mismo, se pregunte por una ventana o se lea /proc."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator

import pytest

from chatlab.sistema.de_camino import RedesMiradas, red_de
from chatlab.sistema.nucleo import NoSeVe
from chatlab.sistema.sock_diag import abrir_ventana, sockets_tcp
from tests.apoyo.espera import hasta

YO = os.getpid
#: Bytes que no caben en lo que el sistema guarda de una conexión que nadie lee.
DEMASIADO = bytes(64 * 1024)

solo_linux = pytest.mark.skipif(sys.platform != "linux", reason="solo se sabe mirar en Linux")


@pytest.fixture(params=["ventana", "proc"])
def redes(request: pytest.FixtureRequest) -> Iterator[RedesMiradas]:
    """De las dos maneras: por una ventana, y como donde no se puede abrir ninguna."""
    redes = RedesMiradas()
    if request.param == "proc":
        redes.cerrar()
    yield redes
    redes.cerrar()


@pytest.fixture(params=["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def escucha(request: pytest.FixtureRequest) -> Iterator[socket.socket]:
    """Un servidor en cada clase de dirección; la última es IPv4 por un socket de IPv6."""
    familia = socket.AF_INET6 if ":" in request.param else socket.AF_INET
    with socket.socket(familia) as uno:
        uno.bind((request.param, 0))
        uno.listen()
        yield uno


def llamar(escucha: socket.socket) -> socket.socket:
    cliente = socket.socket(escucha.family)
    cliente.connect(escucha.getsockname()[:2])
    return cliente


@solo_linux
def test_lo_que_no_cabe_en_quien_no_lee_sigue_de_camino(
    redes: RedesMiradas, escucha: socket.socket
) -> None:
    puerto = escucha.getsockname()[1]
    with llamar(escucha) as cliente, escucha.accept()[0] as suyo:
        assert not redes.hay_bytes_de_camino([YO()], {puerto})
        cliente.setblocking(False)
        try:
            while True:
                cliente.send(DEMASIADO)
        except BlockingIOError:
            pass

        assert redes.hay_bytes_de_camino([YO()], {puerto})
        assert not redes.hay_bytes_de_camino([YO()], {puerto + 1})

        suyo.setblocking(False)

        def leido_todo() -> bool:
            try:
                while suyo.recv(1 << 20):
                    pass
            except BlockingIOError:
                pass
            return not redes.hay_bytes_de_camino([YO()], {puerto})

        assert hasta(leido_todo)


@solo_linux
def test_lo_que_ha_llegado_y_nadie_ha_leido_cuenta_si_se_pide(
    redes: RedesMiradas, escucha: socket.socket
) -> None:
    puerto = escucha.getsockname()[1]
    with llamar(escucha) as cliente, escucha.accept()[0] as suyo:
        cliente.sendall(b"hola")
        assert hasta(lambda: not redes.hay_bytes_de_camino([YO()], {puerto}))

        assert redes.hay_bytes_de_camino([YO()], {puerto}, sin_leer=True)
        assert suyo.recv(16) == b"hola"
        assert not redes.hay_bytes_de_camino([YO()], {puerto}, sin_leer=True)


@solo_linux
def test_quien_llama_y_no_le_han_atendido_tambien_cuenta(
    redes: RedesMiradas, escucha: socket.socket
) -> None:
    puerto = escucha.getsockname()[1]
    with llamar(escucha):
        assert redes.hay_bytes_de_camino([YO()], {puerto}, sin_leer=True)
        with escucha.accept()[0]:
            assert not redes.hay_bytes_de_camino([YO()], {puerto}, sin_leer=True)


@solo_linux
def test_una_ventana_que_deja_de_contestar_no_impide_saberlo(escucha: socket.socket) -> None:
    puerto = escucha.getsockname()[1]
    redes = RedesMiradas()
    muda, otra = socket.socketpair()
    otra.close()
    redes.asomarse(red_de("self"), muda)
    with llamar(escucha):
        assert redes.hay_bytes_de_camino([YO()], {puerto}, sin_leer=True)
    assert muda.fileno() == -1  # no se le vuelve a preguntar
    redes.cerrar()


@solo_linux
def test_los_bytes_de_cada_socket_los_cuenta_el_sistema(escucha: socket.socket) -> None:
    with llamar(escucha) as cliente, escucha.accept()[0] as suyo, abrir_ventana() as ventana:
        cliente.sendall(b"hola")
        assert suyo.recv(16) == b"hola"
        inodo = os.fstat(cliente.fileno()).st_ino
        visto = next(uno for uno in sockets_tcp(ventana, con_bytes=True) if uno.inodo == inodo)

    assert visto.confirmados + visto.por_salir == 1 + len("hola")  # el SYN cuenta como uno
    assert not visto.escucha


@solo_linux
def test_los_dos_lados_de_una_conexion_se_dan_las_mismas_direcciones(
    escucha: socket.socket,
) -> None:
    """También si uno es un socket de IPv6 y el otro de IPv4: son la misma conexión."""
    direccion, puerto = escucha.getsockname()[:2]
    direccion = direccion.removeprefix("::ffff:")
    familia = socket.AF_INET6 if ":" in direccion else socket.AF_INET
    with socket.socket(familia) as cliente, abrir_ventana() as ventana:
        cliente.connect((direccion, puerto))
        # Con los dos puertos: de los de antes con uno igual, el sistema se acuerda un rato.
        puertos = {puerto, cliente.getsockname()[1]}
        with escucha.accept()[0]:
            extremos = {
                (uno.local, uno.remoto)
                for uno in sockets_tcp(ventana)
                if {uno.local[1], uno.remoto[1]} == puertos
            }

    assert extremos == {(remoto, local) for local, remoto in extremos}
    assert len(extremos) == 2


def test_donde_no_es_linux_no_hay_ventanas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")

    with pytest.raises(OSError, match="solo Linux"):
        abrir_ventana()


@solo_linux
def test_de_un_proceso_que_no_se_deja_mirar_no_se_sabe(monkeypatch: pytest.MonkeyPatch) -> None:
    def negado(_ruta: str) -> os.stat_result:
        raise PermissionError

    redes = RedesMiradas()
    monkeypatch.setattr(os, "stat", negado)
    with pytest.raises(NoSeVe):
        redes.hay_bytes_de_camino([YO()], {1})
    redes.cerrar()
