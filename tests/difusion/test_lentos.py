"""Quien lee despacio no pierde nada; quien no lee, se va; y nadie espera por ninguno de los dos."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import psutil
import pytest

from tests.apoyo.chat import Chat, mensajes_de
from tests.apoyo.conexion import Conexion
from tests.difusion.conftest import AbrirChat

KIB = 1024
MIB = 1024 * KIB

#: Con nombre, cabe en los 4096 bytes de una línea. Las líneas largas son las que más ocupan.
LARGO = 4000


def lineas_largas(cuantas: int) -> list[str]:
    return [f"{numero:05} ".ljust(LARGO, "x") for numero in range(cuantas)]


def en_envios_de(cuantas: int, lineas: list[str]) -> Iterator[str]:
    for inicio in range(0, len(lineas), cuantas):
        yield "".join(f"{linea}\n" for linea in lineas[inicio : inicio + cuantas])


def memoria(chat: Chat) -> int:
    """Bytes de memoria que ocupa el servidor."""
    return int(psutil.Process(chat.servidor.proceso.pid).memory_info().rss)


def test_quien_no_lee_se_va_con_su_motivo_y_los_demas_lo_reciben_todo(
    abrir_chat: AbrirChat,
) -> None:
    # Sin la segunda marca: la memoria ha de quedar acotada solo con frenar a quien escribe.
    opciones = ("--max-ritmo", "0", "--espera-lento", "1", "--max-pendiente", "1000000000")
    chat = abrir_chat("--callado", *opciones)
    ana, luis = chat.entrar("Ana"), chat.entrar("Luis")
    callado = chat.entrar_sin_leer("Callado", lo_ve=ana)
    lineas = lineas_largas(20 * MIB // LARGO)

    al_empezar = memoria(chat)
    ocupada = []
    for envio in en_envios_de(250, lineas):  # cerca de 1 MB
        ana.enviar(envio)
        ocupada.append(memoria(chat) - al_empezar)

    luis.esperar(f"Ana: {lineas[-1]}\n")
    assert mensajes_de(luis, "Ana") == lineas
    assert max(ocupada) < 10 * MIB, f"El servidor ha llegado a ocupar {max(ocupada) // MIB} MiB más"
    for otra in (ana, luis):
        otra.esperar("* Callado se ha desconectado\n")

    callado.empezar_a_leer()
    *_, ultima = callado.esperar_fin().splitlines()
    leidas = mensajes_de(callado, "Ana")
    assert ultima.startswith("! Te desconecto: "), ultima[:100]
    assert leidas == lineas[: len(leidas)], "lo que sí leyó no está entero o en orden"
    assert len(leidas) < len(lineas)


def test_quien_pasa_de_la_segunda_marca_se_va_en_el_acto(abrir_chat: AbrirChat) -> None:
    # Sin frenar a nadie y con toda la paciencia, solo queda la segunda marca.
    chat = abrir_chat("--callado", "--max-ritmo", "0", "--frenar", "1000000000")
    ana = chat.entrar("Ana")
    callado = chat.entrar_sin_leer("Callado", lo_ve=ana)
    ana.enviar("/acuse\n")
    lineas = lineas_largas(10 * MIB // LARGO)
    for envio in en_envios_de(250, lineas):
        ana.enviar(envio)
    ana.esperar("* Callado se ha desconectado\n")
    callado.empezar_a_leer()
    *_, ultima = callado.esperar_fin().splitlines()
    assert ultima.startswith("! Te desconecto: "), ultima[:100]
    leidas = mensajes_de(callado, "Ana")
    assert leidas == lineas[: len(leidas)], "le falta algo de en medio"


@pytest.mark.lento
def test_quien_lee_despacio_no_pierde_nada_ni_se_va(abrir_chat: AbrirChat) -> None:
    # Tanta gente le deja en espera, de una vez, lo que tarda en leer más de dos segundos.
    chat = abrir_chat("--callado", "--espera-lento", "2", "--frenar", str(16 * KIB))
    luis = chat.entrar("Luis")
    hablan = {nombre: chat.entrar(nombre) for nombre in map("Persona-{}".format, range(160))}
    lenta = chat.entrar_sin_leer("Lenta", lo_ve=luis)
    # Su sistema le guarda poco: lo demás tiene que esperar en el servidor.
    lenta.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 32 * KIB)
    (linea,) = lineas_largas(1)
    for conexion in hablan.values():
        conexion.enviar(f"{linea}\n")

    leer_despacio(lenta, hasta=f"{linea}\n", veces=len(hablan), por_segundo=200 * KIB)
    luis.esperar(f"{linea}\n", veces=len(hablan))
    assert sorted(de_persona(lenta)) == sorted(f"{nombre}: {linea}" for nombre in hablan)
    assert de_persona(lenta) == de_persona(luis), "no han leído lo mismo en el mismo orden"
    luis.enviar("/usuarios\n")
    luis.esperar("* En la sala (162): ")


def de_persona(conexion: Conexion) -> list[str]:
    return [linea for linea in conexion.lineas if linea.startswith("Persona-")]


def leer_despacio(conexion: Conexion, *, hasta: str, veces: int, por_segundo: int) -> None:
    """Lee a ese ritmo, en bytes por segundo, hasta que lo que espera ha llegado tantas veces."""
    leidos = 0
    al_empezar = time.monotonic()
    descanso = threading.Event()  # nadie lo activa: es una pausa, no una espera
    while conexion.texto.count(hasta) < veces:
        descanso.wait(0.05)
        le_tocan = int((time.monotonic() - al_empezar) * por_segundo) - leidos
        datos = conexion.socket.recv(le_tocan)
        assert datos, f"la han desconectado: {conexion.texto[-200:]}"
        conexion.recibido.anadir(datos)
        leidos += len(datos)
