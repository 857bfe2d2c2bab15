"""De los sucesos de unos programas, la secuencia que se dibuja."""

from __future__ import annotations

import itertools
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatlab.observador.actores import DESCONOCIDO
from chatlab.observador.dibujo import MAX_PASOS, dibujar
from chatlab.observador.palabras import citar, contar_secuencia
from chatlab.observador.secuencia import Flecha, Nota, Secuencia, leer_secuencia
from chatlab.sonda import Suceso

SERVIDOR, ANA = 10, 11
NOMBRES = {SERVIDOR: "servidor", ANA: "Ana"}
PUERTO, DE_ANA = 9000, 50001


class Guion:
    """Escribe sucesos, cada uno un instante después del anterior."""

    def __init__(self) -> None:
        self.sucesos: list[Suceso] = []
        self._reloj = itertools.count()

    def anota(
        self, tipo: str, pid: int, datos: bytes = b"", *, instante: float | None = None
    ) -> None:
        de_aqui, de_alli = ("127.0.0.1", DE_ANA), ("127.0.0.1", PUERTO)
        local, remoto = (de_aqui, de_alli) if pid == ANA else (de_alli, de_aqui)
        cuando = float(next(self._reloj)) if instante is None else instante
        self.sucesos.append(
            Suceso(tipo, pid, 1, 1, "x.py", cuando, local, remoto, len(datos), datos)
        )

    def conectados(self) -> Guion:
        self.sucesos.append(
            Suceso("listen", SERVIDOR, 1, 0, "x.py", -1.0, ("127.0.0.1", PUERTO), None)
        )
        self.anota("connect", ANA)
        self.anota("accept", SERVIDOR)
        return self

    def secuencia(self) -> Secuencia:
        return leer_secuencia(self.sucesos, NOMBRES)


def test_una_conversacion_va_de_principio_a_fin() -> None:
    guion = Guion().conectados()
    guion.anota("send", ANA, "¡hola!\n".encode())
    guion.anota("recv", SERVIDOR, "¡hola!\n".encode())
    guion.anota("close", ANA)
    guion.anota("recv", SERVIDOR)
    guion.anota("close", SERVIDOR)

    assert contar_secuencia(guion.secuencia()) == [
        "El servidor: escucha en el puerto 9000.",
        "Ana llama al servidor (connect al puerto 9000).",
        "El servidor: accept.",
        "Ana envía 8 bytes al servidor: «¡hola!\\n».",
        "Ana cierra su conexión con el servidor.",
        'El servidor: recv: b"", Ana ha cerrado.',
        "El servidor cierra su conexión con Ana.",
    ]


def test_nada_llega_antes_de_enviarse_aunque_lo_digan_los_relojes() -> None:
    guion = Guion().conectados()
    guion.anota("recv", SERVIDOR, b"hola", instante=5.0)
    guion.anota("send", SERVIDOR, b"eco", instante=6.0)
    guion.anota("send", ANA, b"hola", instante=7.0)

    envios = [p.origen for p in guion.secuencia().pasos if isinstance(p, Flecha) and p.cuantos]
    assert envios == ["Ana", "servidor"]


def test_entre_dos_cortes_no_importa_quien_corrio_mas() -> None:
    """Ana envía nada más llamar: da igual que el servidor la acepte antes o después."""
    secuencias = []
    for acepta, envia in ((2.0, 3.0), (3.0, 2.0)):
        guion = Guion()
        guion.anota("connect", ANA, instante=1.0)
        guion.anota("accept", SERVIDOR, instante=acepta)
        guion.anota("send", ANA, b"hola", instante=envia)
        secuencias.append(leer_secuencia(guion.sucesos, NOMBRES, cortes=[0.0, 9.0]))

    assert secuencias[0] == secuencias[1]


@pytest.mark.parametrize(
    ("envios", "lecturas", "rareza"),
    [
        ([b"uno", b"dos"], [b"unodos"], "recv: 6 bytes de Ana, 2 envíos juntos"),
        ([b"unodos"], [b"uno", b"dos"], "recv: 3 bytes de Ana, un trozo del envío"),
    ],
)
def test_se_dice_lo_que_tcp_junto_o_partio(
    envios: list[bytes], lecturas: list[bytes], rareza: str
) -> None:
    guion = Guion().conectados()
    for envio in envios:
        guion.anota("send", ANA, envio)
    for lectura in lecturas:
        guion.anota("recv", SERVIDOR, lectura)

    assert Nota("servidor", rareza) in guion.secuencia().pasos


def test_quien_muere_cierra_su_conexion() -> None:
    guion = Guion().conectados()
    guion.anota("recv", SERVIDOR)
    guion.sucesos.append(Suceso("termina", ANA, 0, None, "x.py", 99.0))

    pasos = guion.secuencia().pasos
    cierre = pasos.index(Flecha("close", "Ana", "servidor", "el programa termina"))
    assert cierre < pasos.index(Nota("servidor", 'recv: b"", Ana ha cerrado'))


def test_lo_que_envio_quien_murio_sin_contarlo_tambien_sale() -> None:
    guion = Guion().conectados()
    guion.anota("send", ANA, b"hola")
    guion.anota("recv", SERVIDOR, b"hola")
    guion.anota("recv", SERVIDOR, b"/salir")

    assert Flecha("send", "Ana", "servidor", "", 6, b"/salir") in guion.secuencia().pasos


def test_quien_no_lleva_la_sonda_tambien_sale() -> None:
    guion = Guion()
    guion.anota("accept", SERVIDOR)
    guion.anota("recv", SERVIDOR, b"hola")

    secuencia = leer_secuencia(guion.sucesos, {SERVIDOR: "servidor"}, ["Ana"])

    assert secuencia.actores == ["servidor", "Ana"]
    assert Flecha("send", "Ana", "servidor", "", 4, b"hola") in secuencia.pasos


def test_lo_citado_no_rompe_la_pagina() -> None:
    assert citar(b"a\x1b[2Jb\r\n\xff") == "«a[2Jb\\r\\n�»"
    assert citar(b"x" * 99, 10) == "«xxxxxxxxx…»"


def test_el_dibujo_es_svg_con_titulo_y_sin_colores() -> None:
    guion = Guion().conectados()
    guion.anota("send", ANA, b"<b>&\"'")

    svg = dibujar(guion.secuencia(), "Ana dice <algo>", "prueba")

    raiz = ET.fromstring(svg)
    espacio = "{http://www.w3.org/2000/svg}"
    titulo = raiz.find(f"{espacio}title")
    assert titulo is not None
    assert titulo.text == "Ana dice <algo>"
    assert raiz.find(f"{espacio}desc") is not None
    assert raiz.get("aria-labelledby") == "prueba-titulo prueba-descripcion"
    assert "fill=" not in svg
    assert "stroke=" not in svg
    assert "\n\n" not in svg


def test_una_secuencia_larguisima_no_hace_un_dibujo_larguisimo() -> None:
    guion = Guion().conectados()
    for _ in range(200):
        guion.anota("send", ANA, b"x")

    svg = dibujar(guion.secuencia(), "Muchos envíos", "prueba")

    assert svg.count("<text") < 3 * MAX_PASOS


SUCESOS = st.builds(
    Suceso,
    tipo=st.sampled_from(
        ["listen", "connect", "accept", "send", "recv", "close", "shutdown", "fallo", "termina"]
    ),
    pid=st.sampled_from([SERVIDOR, ANA, 99]),
    hilo=st.just(1),
    conexion=st.none() | st.integers(1, 2),
    programa=st.just("x.py"),
    instante=st.floats(0, 10),
    local=st.none() | st.just(("h", 1)) | st.just(("h", 2)),
    remoto=st.none() | st.just(("h", 1)) | st.just(("h", 2)),
    cuantos=st.integers(0, 9),
    datos=st.binary(max_size=9),
    detalle=st.sampled_from(["", "recv: OSError: x"]),
)


@given(st.lists(SUCESOS, max_size=30))
def test_ningun_orden_de_sucesos_hace_fallar_al_dibujo(sucesos: list[Suceso]) -> None:
    secuencia = leer_secuencia(sucesos, NOMBRES)

    assert ET.fromstring(dibujar(secuencia, "x", "x")) is not None
    assert set(secuencia.actores) <= {*NOMBRES.values(), DESCONOCIDO}


def test_cerrar_solo_la_mitad_se_dice() -> None:
    guion = Guion().conectados()
    guion.anota("shutdown", ANA)
    guion.anota("recv", SERVIDOR)

    assert contar_secuencia(guion.secuencia())[-2:] == [
        "Ana deja de enviar al servidor (shutdown).",
        'El servidor: recv: b"", Ana no envía más.',
    ]


def test_de_quien_no_lleva_la_sonda_tambien_se_ve_que_acaba() -> None:
    guion = Guion()
    guion.anota("accept", SERVIDOR)
    guion.anota("recv", SERVIDOR)

    secuencia = leer_secuencia(guion.sucesos, {SERVIDOR: "servidor"}, ["Ana"])

    assert contar_secuencia(secuencia)[-2:] == [
        "Ana deja de enviar al servidor.",
        'El servidor: recv: b"", Ana no envía más.',
    ]
