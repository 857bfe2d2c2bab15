"""El lote rápido y la vía cuidadosa dan exactamente lo mismo, y es lo que dice la sala.

El servidor se ejecuta aquí mismo, en un hilo, con sockets de verdad: así se le puede quitar el lote
(todo va entonces por la vía cuidadosa) o `sendmsg`, y Hypothesis puede probar muchas veces.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatlab.chat.limites import Limites
from chatlab.chat.protocolo import MAX_LINEA, Decodificador
from chatlab.eventos.servidor import Servidor
from chatlab.motor import atraso, lectura
from chatlab.red import sockets
from chatlab.terminal.diario import Diario
from tests.apoyo.conexion import Conexion
from tests.apoyo.sala_observada import SalaObservada
from tests.apoyo.transcripcion import PLAZO

FIN = "esto es el final"
TROZOS = st.sampled_from(
    [
        *(b"hola\n", "ñ á 😀\n".encode(), b"voy a salir\n", b"y/o\n", b"x" * 900 + b"\n"),
        *(b"\n", b"  \n", b"hola\r\n", b"//barra\n", b"/usuarios\n", b"/acuse\n", b"/nada\n"),
        *(b"/privado Luis psst\n", b"/nombre Ana\n", b"\x1b[2Jhola\n", b"ca\xf1a\n", b"sin final"),
        *(b"x" * MAX_LINEA + b"\n", b"y" * (MAX_LINEA - 1) + b"\n", "\u202e\n".encode()),
    ]
)
GUIONES = st.lists(TROZOS | TROZOS.map(lambda linea: linea * 50), max_size=12).map(b"".join)


class SinPantalla(Diario):
    """Un diario que no escribe en ninguna parte."""

    def __init__(self) -> None:
        self.lineas: list[str] = []

    def anotar(self, texto: str) -> None:
        self.lineas.append(texto)


@contextmanager
def servidor_en_marcha() -> Iterator[tuple[int, SinPantalla]]:
    """Un servidor en un hilo, su puerto y lo que anota."""
    diario = SinPantalla()
    with sockets.escuchar("127.0.0.1", 0) as escucha:
        puerto = escucha.getsockname()[1]
        atiende = Servidor(escucha, Limites(mensajes_por_segundo=0), diario)
        hilo = threading.Thread(target=atiende.atender)
        hilo.start()
        try:
            yield puerto, diario
        finally:
            atiende.terminar()
            hilo.join(PLAZO)
            assert not hilo.is_alive()


def entrar(puerto: int, nombre: str) -> Conexion:
    conexion = Conexion(puerto)
    conexion.enviar(f"{nombre}\n")
    conexion.esperar(f"* Hola, {nombre}.")
    return conexion


def lo_que_leen(envios: Sequence[bytes]) -> tuple[list[str], list[str], list[str], list[str]]:
    """Lo que leen Ana, que envía esos bytes, Luis y Eva; y lo que se anota."""
    with servidor_en_marcha() as (puerto, diario):
        ana, luis, eva = (entrar(puerto, nombre) for nombre in ("Ana", "Luis", "Eva"))
        ana.esperar("* Eva se ha unido al chat\n")
        for envio in envios:
            ana.enviar(envio)
        ana.enviar(f"\n{FIN}\n/ayuda\n")
        ana.esperar("* /salir: ")
        for otra in (luis, eva):
            otra.esperar(f"Ana: {FIN}\n")
        leido = ana.lineas, luis.lineas, eva.lineas
        for conexion in (ana, luis, eva):
            conexion.cerrar()
    return *leido, [linea for linea in diario.lineas if linea.startswith("Ana: ")]


def lo_que_dice_la_sala(datos: bytes) -> tuple[list[str], list[str], list[str], list[str]]:
    sala = SalaObservada()
    ana, luis, eva = (sala.llegar() for _ in range(3))
    for numero, nombre in ((ana, "Ana"), (luis, "Luis"), (eva, "Eva")):
        sala.decir(numero, nombre)
    sala.decir(ana, *Decodificador().recibir(datos + f"\n{FIN}\n/ayuda\n".encode()))
    anotado = [linea for linea in sala.diario if linea.startswith("Ana: ")]
    return sala.pantallas[ana], sala.pantallas[luis], sala.pantallas[eva], anotado


@settings(max_examples=25)
@given(datos=GUIONES, cortes=st.lists(st.integers(0, 100_000), max_size=4))
def test_con_lote_y_sin_lote_cada_persona_lee_lo_mismo(datos: bytes, cortes: list[int]) -> None:
    limites = [0, *sorted(corte % (len(datos) + 1) for corte in cortes), len(datos)]
    envios = [datos[a:b] for a, b in pairwise(limites)]
    esperado = lo_que_dice_la_sala(datos)

    with pytest.MonkeyPatch.context() as cambio:
        assert lo_que_leen(envios) == esperado
        cambio.setattr(lectura, "son_mensajes", lambda _lineas: False)
        assert lo_que_leen(envios) == esperado


@pytest.mark.parametrize("hay_sendmsg", [True, False], ids=["con sendmsg", "sin sendmsg"])
def test_varias_personas_a_la_vez_y_cada_una_lee_lo_de_las_demas_en_el_mismo_orden(
    monkeypatch: pytest.MonkeyPatch, hay_sendmsg: bool
) -> None:
    monkeypatch.setattr(atraso, "HAY_SENDMSG", hay_sendmsg and atraso.HAY_SENDMSG)
    lineas = [f"mensaje {numero}" for numero in range(2000)]
    with servidor_en_marcha() as (puerto, _):
        personas = {nombre: entrar(puerto, nombre) for nombre in ("Ana", "Luis", "Eva", "Oto")}
        enviar = [
            threading.Thread(target=conexion.enviar, args=("\n".join([*lineas, FIN, ""]),))
            for conexion in personas.values()
        ]
        for hilo in enviar:
            hilo.start()
        for hilo in enviar:
            hilo.join(PLAZO)
        leido = {}
        for nombre, conexion in personas.items():
            conexion.esperar(f": {FIN}\n", veces=len(personas) - 1)
            leido[nombre] = [linea for linea in conexion.lineas if not linea.startswith("* ")]
            conexion.cerrar()

    for una, lee_una in leido.items():
        for otra, lee_otra in leido.items():
            # Quitando lo que dice cada una de las dos, han leído lo mismo.
            assert sin(otra, lee_una) == sin(una, lee_otra)
            if una != otra:
                assert de(otra, lee_una) == [f"{otra}: {linea}" for linea in [*lineas, FIN]]


def de(nombre: str, lineas: list[str]) -> list[str]:
    return [linea for linea in lineas if linea.startswith(f"{nombre}: ")]


def sin(nombre: str, lineas: list[str]) -> list[str]:
    return [linea for linea in lineas if not linea.startswith(f"{nombre}: ")]
