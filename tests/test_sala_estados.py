"""Cada fila de la tabla de estados se hace ocurrir en una sala de verdad."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chatlab.chat.estados import TRANSICIONES, Estado, Transicion
from chatlab.chat.protocolo import LineaMala
from chatlab.chat.sala import NO_LEE
from tests.apoyo.sala_observada import SalaObservada

#: Lo que le ocurre a la conexión de Ana, que es ese número.
Suceso = Callable[[SalaObservada, int], object]


def cualquier_otra_cosa(sala: SalaObservada, ana: int) -> None:
    sala.decir(ana, "Ana", "/salir")
    sala.decir_lote(ana, "hola")
    sala.cortarse(ana)
    sala.expulsar(ana, "Fuera.")
    sala.agotar_el_plazo_del_nombre(ana)
    sala.abandonar(ana, NO_LEE)


SUCESOS: dict[str, Suceso] = {
    "se conecta": lambda sala, _: sala.llegar(),
    "se conecta y no hay sitio": lambda sala, _: sala.llegar(),
    "cualquier otra cosa": cualquier_otra_cosa,
    "da un nombre libre que sirve": lambda sala, ana: sala.decir(ana, "Ana"),
    "da otra cosa": lambda sala, ana: sala.decir(ana, "Carlos"),
    "pide /ayuda": lambda sala, ana: sala.decir(ana, "/ayuda"),
    "da otra cosa por quinta vez": lambda sala, ana: sala.decir(ana, "Carlos"),
    "pasa un minuto sin nombre": lambda sala, ana: sala.agotar_el_plazo_del_nombre(ana),
    "se despide": lambda sala, ana: sala.decir(ana, "/salir"),
    "se corta": lambda sala, ana: sala.cortarse(ana),
    "se cierra el servidor": lambda sala, _: sala.cerrar(),
    "envía un mensaje": lambda sala, ana: sala.decir(ana, "¡Hola a todos!"),
    "envía una línea que no vale": lambda sala, ana: sala.decir(
        ana, LineaMala("La línea no es UTF-8: el byte 1 es 0xff.")
    ),
    "envía una línea vacía": lambda sala, ana: sala.decir(ana, ""),
    "no lee lo que le llega": lambda sala, ana: sala.abandonar(ana, NO_LEE),
}


def llevar(sala: SalaObservada, desde: Estado, ocurre: str = "") -> int:
    """Deja a Ana en ese estado, a punto de que le ocurra eso; devuelve su número."""
    if ocurre == "se conecta y no hay sitio":
        while sala.sala.hay_sitio:
            sala.llegar()
    if desde is Estado.FUERA:
        return len(sala.pantallas) + 1  # el que le tocará
    if desde is Estado.EN_LA_SALA:
        return sala.entrar("Ana")
    ana = sala.llegar()
    if ocurre == "da otra cosa por quinta vez":
        sala.decir(ana, *["Carlos"] * 4)
    return ana


def estado(sala: SalaObservada, numero: int) -> Estado:
    if sala.sala.espera_nombre(numero):
        return Estado.SIN_NOMBRE
    return Estado.EN_LA_SALA if numero in sala.sala.personas() else Estado.FUERA


def una_sala_con_carlos() -> tuple[SalaObservada, int]:
    sala = SalaObservada()
    return sala, sala.entrar("Carlos")


@pytest.mark.parametrize(
    "fila", TRANSICIONES, ids=lambda fila: f"{fila.desde.value}: {fila.ocurre}"
)
def test_cada_fila_de_la_tabla_es_lo_que_hace_la_sala(fila: Transicion) -> None:
    sala, carlos = una_sala_con_carlos()
    ana = llevar(sala, fila.desde, fila.ocurre)
    for pantalla in sala.pantallas.values():
        pantalla.clear()
    assert estado(sala, ana) is fila.desde

    SUCESOS[fila.ocurre](sala, ana)

    assert estado(sala, ana) is fila.hasta
    assert sala.pantallas.get(ana, []) == ([fila.lee_ana] if fila.lee_ana else [])
    assert sala.novedades(carlos) == ([fila.lee_carlos] if fila.lee_carlos else [])


@pytest.mark.parametrize("ocurre", SUCESOS)
@pytest.mark.parametrize("desde", Estado)
def test_ningun_suceso_lleva_por_un_camino_que_no_esta_en_la_tabla(
    desde: Estado, ocurre: str
) -> None:
    sala, _ = una_sala_con_carlos()
    ana = llevar(sala, desde)

    SUCESOS[ocurre](sala, ana)

    assert (desde, estado(sala, ana)) in {(fila.desde, fila.hasta) for fila in TRANSICIONES}


@pytest.mark.parametrize(
    "fila",
    [fila for fila in TRANSICIONES if fila.hasta is Estado.FUERA and fila.desde != fila.hasta],
    ids=lambda fila: f"{fila.desde.value}: {fila.ocurre}",
)
def test_a_quien_ya_esta_fuera_no_le_ocurre_nada_mas(fila: Transicion) -> None:
    sala, carlos = una_sala_con_carlos()
    ana = llevar(sala, fila.desde, fila.ocurre)
    SUCESOS[fila.ocurre](sala, ana)
    antes = sala.pantallas[ana].copy(), sala.pantallas[carlos].copy()

    cualquier_otra_cosa(sala, ana)

    assert estado(sala, ana) is Estado.FUERA
    assert (sala.pantallas[ana], sala.pantallas[carlos]) == antes
