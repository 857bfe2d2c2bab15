"""Lo que puede ir mal, dicho en una frase."""

from __future__ import annotations

import socket
import sys

import pytest

from chatlab.chat.protocolo import codificar
from chatlab.errores import ErrorDeRed
from chatlab.medidor import grupo
from chatlab.medidor.avance import SinBarra
from chatlab.medidor.encargo import Encargo
from chatlab.medidor.grupo import NoDejaEntrar, NoHablaChatlab, SeHaCortado
from chatlab.medidor.objetivos import ModoPropio, NoArranca
from chatlab.medidor.ronda import medir
from chatlab.modos import MODOS, Modo
from tests.conftest import Lanzar
from tests.medidor.conftest import AbrirSala
from tests.medidor.sala_de_prueba import SalaDePrueba

POCOS = Encargo(clientes=10, mensajes=200)


def test_si_no_hay_servidor_dice_como_arrancar_uno(lanzar: Lanzar) -> None:
    with socket.socket() as sin_escuchar:
        sin_escuchar.bind(("127.0.0.1", 0))
        destino = f"127.0.0.1:{sin_escuchar.getsockname()[1]}"

        orden = lanzar("-m", "chatlab", "medir", destino)

        assert orden.esperar_fin() == 1
    assert f"No hay ningún servidor en {destino}" in orden.errores.texto
    assert "chatlab servidor difusion" in orden.errores.texto
    assert "Traceback" not in orden.errores.texto


def test_si_la_maquina_no_existe_lo_dice(lanzar: Lanzar) -> None:
    orden = lanzar("-m", "chatlab", "medir", "no.existe.invalid:8000")

    assert orden.esperar_fin() == 1
    assert "«no.existe.invalid». Revisa el destino." in orden.errores.texto


class ServidorDeCorreo(SalaDePrueba):
    bienvenida = b"220 correo.example\x1b[2J ESMTP\r\n"


def test_si_no_es_chatlab_1_dice_que_esperaba_y_que_ha_leido(abrir_sala: AbrirSala) -> None:
    with pytest.raises(NoHablaChatlab) as error:
        medir(abrir_sala(ServidorDeCorreo).destino, POCOS, SinBarra())

    assert "«* Bienvenido a chatlab. Dentro tienes /ayuda. Escribe tu nombre:»" in str(error.value)
    assert "ha dicho «220 correo.example[2J ESMTP»" in str(error.value)


class ServidorCallado(SalaDePrueba):
    bienvenida = b""


class ServidorSinFinales(SalaDePrueba):
    bienvenida = b"Nombre: "


class ServidorQueNoPara(SalaDePrueba):
    bienvenida = b"x" * 10_000


@pytest.mark.parametrize(
    ("clase", "dicho"),
    [
        (ServidorCallado, "no ha dicho nada"),
        (ServidorSinFinales, "ha dicho «Nombre:»"),
        (ServidorQueNoPara, "ha dicho «xxx"),
    ],
)
def test_si_no_acaba_de_dar_la_bienvenida_lo_dice(
    abrir_sala: AbrirSala, monkeypatch: pytest.MonkeyPatch, clase: type[SalaDePrueba], dicho: str
) -> None:
    monkeypatch.setattr(grupo, "PLAZO", 2.0)

    with pytest.raises(NoHablaChatlab, match=dicho):
        medir(abrir_sala(clase).destino, POCOS, SinBarra())


class SalaCompleta(SalaDePrueba):
    bienvenida = codificar("! La sala está completa (5). Prueba más tarde.")


def test_si_no_deja_entrar_dice_lo_que_ha_dicho(abrir_sala: AbrirSala) -> None:
    with pytest.raises(NoDejaEntrar, match="La sala está completa"):
        medir(abrir_sala(SalaCompleta).destino, POCOS, SinBarra())


class SalaSorda(SalaDePrueba):
    def recibir(self, nombre: str, lineas: list[bytes]) -> None:
        pass


def test_si_no_reparte_nada_no_se_queda_esperando(
    abrir_sala: AbrirSala, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grupo, "PLAZO", 2.0)

    with pytest.raises(ErrorDeRed, match="sin repetir a los demás una frase"):
        medir(abrir_sala(SalaSorda).destino, POCOS, SinBarra())


class SalaQueCorta(SalaDePrueba):
    """Reparte unos pocos mensajes, se queja y corta."""

    def recibir(self, nombre: str, lineas: list[bytes]) -> None:
        if lineas[0].startswith(b"calma"):
            self.repartir(nombre, lineas)
        else:
            self.repartir(nombre, lineas[:50])
            self.enviar_a_todos(codificar("! Me voy."))
            self.cortar()


def test_si_corta_a_mitad_dice_hasta_donde_habia_llegado(abrir_sala: AbrirSala) -> None:
    with pytest.raises(SeHaCortado) as error:
        medir(abrir_sala(SalaQueCorta).destino, POCOS, SinBarra())

    assert "El servidor ha cortado la conexión" in str(error.value)
    assert "Se habían enviado 200 de 200 mensajes" in str(error.value)
    assert "Me voy." in str(error.value)


class SalaQueSeArrepiente(SalaDePrueba):
    """Da la bienvenida y corta."""

    def enviar_a_todos(self, datos: bytes, *, menos: str = "") -> None:
        self.cortar()


def test_si_corta_mientras_entran_lo_dice(abrir_sala: AbrirSala) -> None:
    with pytest.raises(SeHaCortado):
        medir(abrir_sala(SalaQueSeArrepiente).destino, POCOS, SinBarra())


def test_si_el_servidor_propio_no_arranca_ensena_lo_que_dijo(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Un modo que no existe: Python lo dice y termina.
    monkeypatch.setitem(MODOS, "eventos", Modo("no_existe", "", ""))

    with pytest.raises(NoArranca, match="No module named"):
        medir(ModoPropio("eventos"), POCOS, SinBarra())


CON_TOPE = """
import resource, sys
resource.setrlimit(resource.RLIMIT_NOFILE, (int(sys.argv[1]), int(sys.argv[2])))
from chatlab.ordenes import medir
from chatlab.programa.ejecutar import ejecutar
ejecutar(medir.principal, sys.argv[3:])
"""
POCA_COSA = ("--modo", "eventos", "--clientes", "10", "--mensajes", "20")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows no pone ese tope")
def test_si_el_sistema_no_da_descriptores_lo_dice(lanzar: Lanzar) -> None:
    orden = lanzar("-c", CON_TOPE, "60", "60", *POCA_COSA)

    assert orden.esperar_fin() == 1
    assert "Demasiados descriptores" in orden.errores.texto
    assert "el sistema solo deja 60" in orden.errores.texto


@pytest.mark.skipif(sys.platform == "win32", reason="Windows no pone ese tope")
def test_si_el_tope_de_descriptores_se_puede_subir_lo_sube(lanzar: Lanzar) -> None:
    orden = lanzar("-c", CON_TOPE, "60", "200", *POCA_COSA)

    assert orden.esperar_fin() == 0, orden.transcripcion()
