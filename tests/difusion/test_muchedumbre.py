"""Muchas personas escriben a la vez y la mitad cae: las demás leen todas lo mismo."""

from __future__ import annotations

from collections import defaultdict

import pytest

from tests.apoyo.chat import Chat, mensajes_de
from tests.apoyo.conexion import Conexion

MENSAJES = [f"mensaje {numero}" for numero in range(20)]
SOLO_PARA_UNA = ("* Bienvenido", "* Hola", "* En la sala")


@pytest.mark.parametrize("personas", [50, pytest.param(200, marks=pytest.mark.lento)])
def test_las_que_quedan_leen_lo_que_deben_y_todas_en_el_mismo_orden(
    chat: Chat, personas: int
) -> None:
    # Cada una recibe lo que dicen todas: con el doble de personas hay cuatro veces más trabajo.
    quedan = caen = personas // 2
    procesos = personas // 50
    siguen = {nombre: chat.entrar(nombre) for nombre in nombres("Sigue", quedan)}
    cuelgan = {nombre: chat.entrar(nombre) for nombre in nombres("Cuelga", (caen - procesos) // 2)}
    cortan = {nombre: chat.entrar(nombre) for nombre in nombres("Corta", (caen - procesos) // 2)}
    mueren = {nombre: chat.cliente(nombre) for nombre in nombres("Muere", procesos)}

    for programa in mueren.values():
        programa.escribir(*MENSAJES)
    for conexion in (*siguen.values(), *cuelgan.values(), *cortan.values()):
        conexion.enviar("".join(f"{mensaje}\n" for mensaje in MENSAJES))
    for programa in mueren.values():
        programa.matar()
    for conexion in cortan.values():
        conexion.cortar()  # RST
    for conexion in cuelgan.values():
        conexion.no_enviar_mas()  # FIN

    # Cuando llega el «fin» de cada una, ha llegado todo lo que dijo antes.
    (nombre_testigo, testigo), *demas = siguen.items()
    for _, conexion in demas:
        conexion.enviar("fin\n")
    testigo.esperar(": fin\n", veces=len(demas))
    testigo.esperar(" se ha desconectado\n", veces=len(cuelgan) + len(cortan) + len(mueren))
    testigo.enviar("fin\n/usuarios\n")
    testigo.esperar(f"* En la sala ({quedan}): ")

    oido = lo_oido(testigo)
    for nombre, conexion in demas:
        conexion.esperar(f"{nombre_testigo}: fin\n")
        # Cada una oye lo mismo que el testigo, quitando lo que dice cada uno de los dos.
        assert sin(nombre_testigo, lo_oido(conexion)) == sin(nombre, oido), nombre
    assert mensajes_de(conexion, nombre_testigo) == [*MENSAJES, "fin"]

    oido_de = por_persona(oido)
    for nombre, _ in demas:
        assert oido_de[nombre] == [*MENSAJES, "fin"], nombre
    for nombre in cuelgan:  # lo que envió antes de colgar es como lo de cualquiera
        assert oido_de[nombre] == [*MENSAJES, "se ha desconectado"], nombre
    for nombre in (*cortan, *mueren):  # un corte puede llevarse lo último, y nada más
        *mensajes, aviso = oido_de[nombre]
        assert aviso == "se ha desconectado", nombre
        assert mensajes == MENSAJES[: len(mensajes)], nombre


def nombres(de_que: str, cuantos: int) -> list[str]:
    return [f"{de_que}-{numero}" for numero in range(cuantos)]


def lo_oido(conexion: Conexion) -> list[str]:
    """Los mensajes y las salidas, sin lo que el servidor dice a una sola y sin las entradas."""
    return [
        linea
        for linea in conexion.lineas
        if not linea.startswith(SOLO_PARA_UNA) and not linea.endswith("se ha unido al chat")
    ]


def sin(nombre: str, lineas: list[str]) -> list[str]:
    return [linea for linea in lineas if not linea.startswith(f"{nombre}: ")]


def por_persona(lineas: list[str]) -> dict[str, list[str]]:
    """De cada persona, lo que dijo y cómo se fue."""
    de_cada_una = defaultdict(list)
    for linea in lineas:
        nombre, _, resto = linea.removeprefix("* ").partition(" ")
        de_cada_una[nombre.removesuffix(":")].append(resto)
    return de_cada_una
