"""Sin faltas, el espía no cambia nada: ni los bytes, ni cómo acaba la conexión."""

from __future__ import annotations

import random
import re
import socket
import struct
import threading

import psutil
import pytest

from tests.apoyo.transcripcion import PLAZO
from tests.espia.conftest import Cable, Tender, recibir, recibir_hasta_el_final
from tests.espia.test_faltas import hasta_el_corte, llenar

UN_MEGA = random.Random(5).randbytes(1_000_000)


def test_un_mega_pasa_intacto_en_los_dos_sentidos_a_la_vez(tender: Tender) -> None:
    cable = tender()

    def enviar(conexion: socket.socket) -> None:
        conexion.sendall(UN_MEGA)
        conexion.shutdown(socket.SHUT_WR)

    recibido: dict[str, bytes] = {}
    hilos = [
        threading.Thread(target=enviar, args=[cable.cliente]),
        threading.Thread(target=enviar, args=[cable.servidor]),
        threading.Thread(
            target=lambda: recibido.update(bajada=recibir_hasta_el_final(cable.cliente))
        ),
        threading.Thread(
            target=lambda: recibido.update(subida=recibir_hasta_el_final(cable.servidor))
        ),
    ]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join(PLAZO)

    assert recibido == {"subida": UN_MEGA, "bajada": UN_MEGA}
    cable.espia.esperar("cliente 1 y el servidor han terminado\n")


def test_un_medio_cierre_llega_al_otro_lado_y_el_otro_sentido_sigue(tender: Tender) -> None:
    cable = tender()

    cable.cliente.sendall(b"pregunta")
    cable.cliente.shutdown(socket.SHUT_WR)
    assert recibir_hasta_el_final(cable.servidor) == b"pregunta"
    cable.servidor.sendall(b"respuesta")
    assert recibir(cable.cliente, 9) == b"respuesta"

    cable.servidor.close()
    assert cable.cliente.recv(1) == b""
    cable.espia.esperar("fin: no enviará más\n", veces=2)


@pytest.mark.parametrize("quien", ["cliente", "servidor"])
def test_un_corte_llega_al_otro_lado_como_un_corte(tender: Tender, quien: str) -> None:
    cable = tender()
    uno, otro = cable.cliente, cable.servidor
    if quien == "servidor":
        uno, otro = otro, uno

    uno.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    uno.close()

    assert hasta_el_corte(otro) == b""
    cable.espia.esperar("conexión cortada\n")


def test_quien_no_lee_no_llena_la_memoria_ni_detiene_a_los_demas(
    tender: Tender, escucha: socket.socket
) -> None:
    cable = tender()
    antes = psutil.Process(cable.espia.proceso.pid).memory_info().rss

    llenar(cable.cliente)

    despues = psutil.Process(cable.espia.proceso.pid).memory_info().rss
    assert despues - antes < 20_000_000
    otro = Cable(cable.espia, escucha)
    otro.cliente.sendall(b"hola")
    assert recibir(otro.servidor, 4) == b"hola"
    otro.cerrar()


def test_muchas_conversaciones_a_la_vez(tender: Tender, escucha: socket.socket) -> None:
    cable = tender()
    cables = [cable, *(Cable(cable.espia, escucha) for _ in range(40))]

    for numero, uno in enumerate(cables):
        uno.cliente.sendall(f"soy {numero}\n".encode())
    for numero, uno in enumerate(cables):
        esperado = f"soy {numero}\n".encode()
        assert recibir(uno.servidor, len(esperado)) == esperado

    for uno in cables[1:]:
        uno.cerrar()
    cable.espia.esperar(" y el servidor han terminado\n", veces=40)


def test_cada_trozo_es_una_linea_alineada_con_los_bytes_a_la_vista(tender: Tender) -> None:
    cable = tender()

    cable.cliente.sendall("ñ\tAna\\\r\n".encode() + b"\x1b[2J\xff")
    recibir(cable.servidor, 14)
    cable.servidor.sendall(b"!")
    recibir(cable.cliente, 1)

    cable.espia.esperar("byte  !")
    lineas = [linea for linea in cable.espia.pantalla.splitlines() if "→" in linea]
    assert re.fullmatch(
        r"\d\d:\d\d:\d\d  cliente 1 → servidor      14 bytes  "
        r"\\xc3\\xb1\\tAna\\\\\\r\\n\\x1b\[2J\\xff",
        lineas[0],
    )
    assert re.fullmatch(r"\d\d:\d\d:\d\d  servidor → cliente 1        1 byte  !", lineas[1])
    assert "\x1b" not in cable.espia.pantalla


def test_de_un_trozo_largo_se_ensena_el_principio(tender: Tender) -> None:
    cable = tender("--muestra", "4")

    cable.cliente.sendall(b"abcdefg")

    cable.espia.esperar("7 bytes  abcd… (y 3 bytes más)\n")
