"""Lo que se ve desde fuera, y cuándo no cuadra con lo que cuenta la sonda."""

from __future__ import annotations

import os
import socket
import sys
import threading
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from chatlab.corrector.jaula.evidencia import NO_CUADRA, Contadores, Evidencia, SocketVisto, Vista
from chatlab.corrector.jaula.terminal import Terminal
from chatlab.sistema.sockets import contadores, mirar_la_red
from chatlab.sonda import Testigo, impostores
from chatlab.sonda.copia_de_la_sonda import CopiaDeLaSonda
from chatlab.sonda.libro import Libro
from chatlab.sonda.proceso import Extremo

#: Desde Python 3.12, `fork` avisa si hay hilos, como los de pytest. El hijo aquí no los usa.
con_hilos_alrededor = pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")
solo_linux = pytest.mark.skipif(sys.platform != "linux", reason="solo se sabe mirar en Linux")

FRASE = "Hola desde la primera mesa"


# --- Lo que no cuadra ----------------------------------------------------------------------------


class Fuera:
    """Lo que ve el sistema y lo que cuenta la sonda, puestos a mano."""

    def __init__(self) -> None:
        self.ana = Terminal("Ana", cast(Any, _SinMando()), threading.Condition())
        self.carlos = Terminal("Carlos", cast(Any, _SinMando()), threading.Condition())
        self.servidor = Terminal("servidor", cast(Any, _SinMando()), threading.Condition())
        terminales = [self.servidor, self.ana, self.carlos]
        self.vista: Vista | None = Vista(
            (
                SocketVisto((self.servidor,), 9000, 0, True, 0, 0, 1),
                SocketVisto((self.servidor,), 9000, 40001, False, 100, 10, 2),
                SocketVisto((self.ana,), 40001, 9000, False, 11, 100, 3),
                SocketVisto((self.servidor,), 9000, 40002, False, 100, 10, 4),
                SocketVisto((self.carlos,), 40002, 9000, False, 11, 100, 5),
            ),
            Contadores(abiertas=2, con_datos=4),
        )
        self.extremos = {
            (9000, 40001): Extremo(enviados=100, recibidos=10),
            (40001, 9000): Extremo(enviados=10, recibidos=100),
        }
        #: Lo que la sonda llega a contar mientras se la espera.
        self.al_esperar: Callable[[], None] = lambda: None
        testigo = SimpleNamespace(
            extremos=lambda: dict(self.extremos), impostor=lambda: "", esperar=self._esperar
        )
        self.evidencia = Evidencia(cast(Testigo, testigo), terminales, lambda: self.vista)
        self.evidencia.empieza_otra_historia()

    def _esperar(self, cumple: Callable[[list[Any]], bool], plazo: float) -> bool:
        self.al_esperar()
        return cumple([])

    def llegan(self, cuantos: int, numero: int, **cambios: int) -> None:
        assert self.vista is not None
        sockets = tuple(
            replace(uno, recibidos=uno.recibidos + cuantos) if uno.numero == numero else uno
            for uno in self.vista.sockets
        )
        contadores = self.vista.contadores and self.vista.contadores._replace(**cambios)
        self.vista = Vista(sockets, contadores)

    def carlos_lee_lo_de_ana(self) -> None:
        self.ana.escribir(FRASE)
        self.carlos.ha_escrito(f"Ana: {FRASE}\r\n".encode())


class _SinMando:
    pid = None

    def teclear(self, datos: bytes) -> None:
        pass


@pytest.fixture
def fuera() -> Fuera:
    return Fuera()


def test_un_mensaje_que_llega_por_la_conexion_cuadra(fuera: Fuera) -> None:
    fuera.carlos_lee_lo_de_ana()
    fuera.llegan(len(FRASE), numero=5)

    assert fuera.evidencia.lo_que_no_cuadra() == ""


def test_un_mensaje_que_sale_en_la_pantalla_sin_bytes_no_cuadra(fuera: Fuera) -> None:
    fuera.carlos_lee_lo_de_ana()

    dicho = fuera.evidencia.lo_que_no_cuadra()

    assert dicho.startswith(f"{NO_CUADRA}: en la pantalla de Carlos")


def test_con_un_byte_por_mensaje_tampoco_cuadra(fuera: Fuera) -> None:
    fuera.carlos_lee_lo_de_ana()
    fuera.llegan(1, numero=5, con_datos=6)

    assert "en la pantalla de Carlos" in fuera.evidencia.lo_que_no_cuadra()


def test_con_el_servidor_parado_no_puede_llegar_nada(fuera: Fuera) -> None:
    """Aunque por la conexión pasen otros tantos bytes: el mensaje no ha pasado por el servidor."""
    with fuera.evidencia.con_el_servidor_parado():
        fuera.carlos_lee_lo_de_ana()
    fuera.llegan(len(FRASE), numero=5)

    assert "con el servidor parado" in fuera.evidencia.lo_que_no_cuadra()


def test_lo_que_llega_al_seguir_el_servidor_cuadra(fuera: Fuera) -> None:
    with fuera.evidencia.con_el_servidor_parado():
        fuera.ana.escribir(FRASE)
    fuera.carlos.ha_escrito(FRASE.encode())
    fuera.llegan(len(FRASE), numero=5)

    assert fuera.evidencia.lo_que_no_cuadra() == ""


def test_un_mensaje_comprimido_cuadra(fuera: Fuera) -> None:
    fuera.carlos_lee_lo_de_ana()
    fuera.llegan(len(FRASE) // 2, numero=5)

    assert fuera.evidencia.lo_que_no_cuadra() == ""


def test_una_frase_larga_que_se_repite_cabe_en_muy_poco(fuera: Fuera) -> None:
    larga = "dale " * 600
    fuera.ana.escribir(larga)
    fuera.carlos.ha_escrito(larga.encode())
    fuera.llegan(len(zlib.compress(larga.encode())), numero=5)

    assert fuera.evidencia.lo_que_no_cuadra() == ""


def test_si_la_conexion_ya_se_cerro_bastan_los_datos_que_han_pasado(fuera: Fuera) -> None:
    """Con una conexión por mensaje, al mirar ya no están ni ella ni sus bytes."""
    fuera.carlos_lee_lo_de_ana()
    fuera.llegan(0, numero=5, abiertas=3, con_datos=6)

    assert fuera.evidencia.lo_que_no_cuadra() == ""


def test_una_conexion_recien_abierta_no_vale_de_excusa(fuera: Fuera) -> None:
    """Carlos entra en esta historia, y por su conexión solo ha pasado su nombre."""
    assert fuera.vista is not None
    todos = fuera.vista.sockets
    fuera.vista = Vista(todos[:3], Contadores(abiertas=1, con_datos=2))
    fuera.evidencia.empieza_otra_historia()
    recien = [replace(todos[3], enviados=1), replace(todos[4], enviados=7, recibidos=1)]
    fuera.vista = Vista((*todos[:3], *recien), Contadores(abiertas=2, con_datos=9))

    fuera.carlos_lee_lo_de_ana()

    assert "en la pantalla de Carlos" in fuera.evidencia.lo_que_no_cuadra()


def test_sin_contadores_quien_conserva_su_conexion_tiene_que_usarla(fuera: Fuera) -> None:
    assert fuera.vista is not None
    fuera.vista = Vista(fuera.vista.sockets)
    fuera.evidencia.empieza_otra_historia()

    fuera.carlos_lee_lo_de_ana()

    assert "en la pantalla de Carlos" in fuera.evidencia.lo_que_no_cuadra()


def test_lo_que_uno_mismo_teclea_no_tiene_que_llegarle(fuera: Fuera) -> None:
    fuera.ana.escribir(FRASE)
    fuera.ana.ha_escrito(FRASE.encode())

    assert fuera.evidencia.lo_que_no_cuadra() == ""


def test_lo_de_una_historia_anterior_no_cuenta(fuera: Fuera) -> None:
    fuera.carlos_lee_lo_de_ana()
    fuera.evidencia.empieza_otra_historia()

    assert fuera.evidencia.lo_que_no_cuadra() == ""


@pytest.mark.parametrize(
    ("mentira", "frase"),
    [
        ({(9000, 40001): Extremo(enviados=500, recibidos=10)}, "500 bytes enviados"),
        ({(40001, 9000): Extremo(enviados=10, recibidos=900)}, "900 bytes recibidos"),
        ({(9000, 5): Extremo(), (5, 9000): Extremo()}, "una conexión que en el sistema no existe"),
    ],
)
def test_lo_que_la_sonda_inventa_no_cuadra(
    fuera: Fuera, mentira: dict[tuple[int, int], Extremo], frase: str
) -> None:
    fuera.extremos |= mentira

    assert frase in fuera.evidencia.lo_que_no_cuadra()


@pytest.mark.parametrize("fin", [{"duenos": 0}, {"sin_enviar": True}, {"vio_el_fin": True}])
def test_de_una_conexion_que_acaba_el_sistema_puede_no_saber(fuera: Fuera, fin: Any) -> None:
    """Un RST, o los dos finales, la quitan del sistema antes de que alguien la cierre."""
    fuera.extremos |= {(9000, 5): Extremo(), (5, 9000): Extremo(**fin)}

    assert fuera.evidencia.lo_que_no_cuadra() == ""


def test_a_quien_acaba_de_morir_se_le_da_tiempo_a_que_se_sepa(fuera: Fuera) -> None:
    """El sistema cierra sus sockets antes de que la sonda se entere."""
    fuera.vista = Vista((), Contadores(abiertas=2, con_datos=4))
    fuera.al_esperar = fuera.extremos.clear

    assert fuera.evidencia.lo_que_no_cuadra() == ""


def test_donde_no_se_puede_mirar_no_se_dice_nada(fuera: Fuera) -> None:
    fuera.vista = None
    fuera.carlos_lee_lo_de_ana()

    assert fuera.evidencia.lo_que_no_cuadra() == ""
    assert fuera.evidencia.puertos_abiertos(fuera.servidor) is None


def test_se_sabe_en_que_puertos_escucha_cada_quien(fuera: Fuera) -> None:
    assert fuera.evidencia.puertos_abiertos(fuera.servidor) == {9000}
    assert fuera.evidencia.puertos_abiertos(fuera.ana) == set()


# --- Lo que ve el sistema ------------------------------------------------------------------------


@pytest.fixture
def pareja(request: pytest.FixtureRequest) -> Iterator[tuple[socket.socket, ...]]:
    familia = getattr(request, "param", socket.AF_INET)
    donde = "127.0.0.1" if familia == socket.AF_INET else "::1"
    with (
        socket.create_server((donde, 0), family=familia) as escucha,
        socket.socket(familia) as ana,
    ):
        ana.connect(escucha.getsockname())
        with escucha.accept()[0] as conexion:
            yield escucha, ana, conexion


def los_de(puerto: int, programas: dict[int, int]) -> list[tuple[list[Any], list[int]]]:
    """Los sockets de ese puerto, según el núcleo, y los programas que los tienen."""
    visto = mirar_la_red(programas, propia=False)
    assert visto is not None
    return [(socket_, de) for socket_, de in visto["sockets"] if puerto in socket_[:2]]


@solo_linux
@pytest.mark.parametrize("pareja", [socket.AF_INET, socket.AF_INET6], indirect=True)
def test_cada_socket_con_sus_bytes_y_su_dueno(pareja: tuple[socket.socket, ...]) -> None:
    escucha, ana, conexion = pareja
    ana.sendall(b"x" * 1000)
    assert conexion.recv(300)
    puerto, el_de_ana = escucha.getsockname()[1], ana.getsockname()[1]

    vistos = {tuple(datos[:3]): (datos, de) for datos, de in los_de(puerto, {os.getpid(): 7})}

    assert vistos[puerto, 0, True][1] == [7]
    assert vistos[puerto, el_de_ana, False][0][4] == 1000  # también lo que aún no se ha leído
    enviados = vistos[el_de_ana, puerto, False][0][3]
    assert 1000 <= enviados <= 1002  # el SYN cuenta como un byte


@solo_linux
def test_los_bytes_que_esperan_salir_tambien_estan_enviados(
    pareja: tuple[socket.socket, ...],
) -> None:
    escucha, ana, _ = pareja
    ana.setblocking(False)
    enviados = 0
    try:
        while True:
            enviados += ana.send(b"x" * 65536)
    except BlockingIOError:
        pass

    vistos = los_de(escucha.getsockname()[1], {os.getpid(): 7})
    el_de_ana = next(datos for datos, _ in vistos if datos[0] == ana.getsockname()[1])

    assert enviados <= el_de_ana[3] <= enviados + 2


@solo_linux
@con_hilos_alrededor
def test_lo_que_hereda_un_hijo_es_de_su_programa(pareja: tuple[socket.socket, ...]) -> None:
    escucha, _, conexion = pareja
    hijo = os.fork()
    if hijo == 0:
        os.read(conexion.fileno(), 1)
        os._exit(0)
    try:
        vistos = los_de(escucha.getsockname()[1], {hijo: 3})

        assert {tuple(de) for _, de in vistos} == {(3,)}
    finally:
        os.kill(hijo, 9)
        os.waitpid(hijo, 0)


@solo_linux
def test_los_contadores_cuentan_tambien_lo_que_ya_se_cerro() -> None:
    antes = contadores()
    with socket.create_server(("127.0.0.1", 0)) as escucha:
        with socket.create_connection(escucha.getsockname()) as ana:
            ana.sendall(b"hola")
        with escucha.accept()[0] as conexion:
            assert conexion.recv(10) == b"hola"

    ahora = contadores()

    assert ahora["abiertas"] > antes["abiertas"]
    assert ahora["con_datos"] > antes["con_datos"]


# --- Quién no es quien dice ----------------------------------------------------------------------


def libro_con(*lineas: tuple[bytes, int]) -> Libro:
    libro = Libro()
    for linea, pid in lineas:
        libro.llega(linea, pid)
    return libro


def arranca(pid: int, programa: str = "servidor.py") -> bytes:
    campos = f'"tipo":"arranca","hilo":1,"instante":0,"pid":{pid},"programa":"{programa}"'
    return f"{{{campos}}}".encode()


@solo_linux
def test_quien_dice_ser_quien_es_no_es_un_impostor() -> None:
    yo = os.getpid()

    assert impostores.buscar_impostor(libro_con((arranca(yo), yo))) == ""


@solo_linux
def test_un_proceso_que_dice_ser_otro_es_un_impostor() -> None:
    yo = os.getpid()
    libro = libro_con((arranca(yo + 1), yo))

    assert "dice ser otro" in impostores.buscar_impostor(libro)


@solo_linux
def test_un_proceso_que_habla_por_dos_canales_es_un_impostor() -> None:
    yo = os.getpid()
    libro = libro_con((arranca(yo), yo), (arranca(yo, "cliente.py"), yo))

    assert "dos sondas a la vez" in impostores.buscar_impostor(libro)


@solo_linux
def test_una_sonda_que_se_va_mientras_su_proceso_sigue_es_un_impostor(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    yo = os.getpid()
    libro = libro_con((arranca(yo), yo))
    libro.se_va(libro.procesos[0])
    assert impostores.buscar_impostor(libro) == ""  # quizá está acabando

    monkeypatch.setattr(impostores, "ADIOS", -1.0)

    assert "sigue en marcha" in impostores.buscar_impostor(libro)


@solo_linux
@con_hilos_alrededor
def test_un_proceso_que_ha_acabado_no_es_un_impostor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(impostores, "ADIOS", -1.0)
    hijo = os.fork()
    if hijo == 0:
        os._exit(0)
    libro = libro_con((arranca(hijo), hijo))
    os.waitpid(hijo, 0)
    libro.se_va(libro.procesos[0])

    assert impostores.buscar_impostor(libro) == ""


# --- La copia de la sonda ------------------------------------------------------------------------


def test_se_ve_si_alguien_cambia_la_sonda(tmp_path: Path) -> None:
    copia = CopiaDeLaSonda(tmp_path / "sonda")
    assert copia.cambiado() is None

    archivo = tmp_path / "sonda" / "_sonda_de_chatlab" / "trafico.py"
    archivo.write_text("# ya no cuenta nada", encoding="utf-8")

    assert copia.cambiado() == Path("_sonda_de_chatlab/trafico.py")


@pytest.mark.skipif(sys.platform == "win32", reason="en Windows hace falta permiso para enlazar")
def test_cambiarla_por_un_enlace_tambien_se_ve(tmp_path: Path) -> None:
    copia = CopiaDeLaSonda(tmp_path / "sonda")
    archivo = tmp_path / "sonda" / "sitecustomize.py"
    archivo.rename(tmp_path / "el de antes.py")
    archivo.symlink_to(tmp_path / "el de antes.py")

    assert copia.cambiado() == Path("sitecustomize.py")
