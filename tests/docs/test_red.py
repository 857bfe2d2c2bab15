"""Lo que las páginas cuentan de TCP, de UDP y del cable: las capturas dicen eso, y se repite."""

from __future__ import annotations

import re
import socket
import subprocess
import sys

import pytest

from tests.apoyo.programa import RAIZ

EJEMPLOS = RAIZ / "docs" / "ejemplos"
CAPTURAS = RAIZ / "docs" / "capturas"
#: De las letras con que tshark escribe las señales, cómo se llama cada una.
LETRAS = {"S": "SYN", "P": "PSH", "F": "FIN", "R": "RST", "A": "ACK"}


def ejecutar(programa: str, *argumentos: str) -> str:
    """Lo que escribe uno de los ejemplos, que tiene que acabar bien."""
    orden = [sys.executable, programa, *argumentos]
    ejecucion = subprocess.run(
        orden, cwd=EJEMPLOS, capture_output=True, encoding="utf-8", timeout=60, check=True
    )
    return ejecucion.stdout


def segmentos(captura: str) -> list[tuple[str, str, int]]:
    """De cada segmento, quién lo envía, qué señales lleva y cuántos bytes."""
    filas = re.findall(
        r"^ *\d+ +(\w+) → \w+ +((?:[A-Z]{3} )+) *(\d+) bytes",
        ejecutar("leer_captura.py", f"{captura}.pcap"),
        re.MULTILINE,
    )
    return [(quien, senales.strip(), int(bytes_)) for quien, senales, bytes_ in filas]


def test_conectar_son_tres_segmentos_sin_un_byte() -> None:
    for captura in ("captura", "captura_larga"):
        assert segmentos(captura)[:3] == [
            ("cliente", "SYN", 0),
            ("servidor", "SYN ACK", 0),
            ("cliente", "ACK", 0),
        ]


def test_un_solo_envio_largo_viaja_en_varios_segmentos() -> None:
    llevan = [bytes_ for _, _, bytes_ in segmentos("captura_larga") if bytes_]

    assert llevan == [1448, 1448, 1104]


@pytest.mark.parametrize("captura", ["captura", "captura_larga"])
def test_el_programa_lee_en_la_captura_lo_mismo_que_tshark(captura: str) -> None:
    de_tshark = []
    for linea in (CAPTURAS / f"{captura}.tshark.txt").read_text("utf-8").splitlines():
        _, origen, _, letras, bytes_ = linea.split()
        senales = " ".join(nombre for letra, nombre in LETRAS.items() if letra in letras)
        quien = "servidor" if origen == "8000" else "cliente"
        de_tshark.append((quien, senales, int(bytes_)))

    assert segmentos(captura) == de_tshark


def test_el_mss_es_el_de_un_cable() -> None:
    """En el SYN de cada lado: la opción 2 de TCP, de cuatro bytes (RFC 9293, 3.2)."""
    captura = (EJEMPLOS / "captura_larga.pcap").read_bytes()

    assert captura.count(b"\x02\x04" + (1460).to_bytes(2, "big")) == 2


def test_de_mil_datagramas_se_pierde_mas_de_uno_y_nadie_lo_dice() -> None:
    llegados = int(ejecutar("udp_se_pierde.py").split()[-1])

    assert 0 < llegados < 1000


def test_send_se_lleva_lo_que_cabe_y_repetirlo_lo_lleva_todo() -> None:
    veces = re.findall(r"se lleva (\d+) bytes, y quedan (\d+)", ejecutar("enviar_a_trozos.py"))

    assert len(veces) > 1
    assert sum(int(enviados) for enviados, _ in veces) == 500_000
    assert int(veces[-1][1]) == 0


def hay_ipv6() -> bool:
    """Si este ordenador tiene `::1`: un contenedor puede no tenerla."""
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            return True
    except OSError:
        return False


@pytest.mark.skipif(not hay_ipv6(), reason="este ordenador no tiene la dirección ::1")
def test_quien_prueba_las_dos_direcciones_conecta_y_quien_prueba_una_quiza_no() -> None:
    salida = ejecutar("dos_direcciones.py")

    primero, segundo = salida.split("Un servidor en ::1")
    assert "127.0.0.1 → conectado" in primero
    assert "127.0.0.1 → aquí no hay nadie" in segundo
    assert "conectado" not in segundo
