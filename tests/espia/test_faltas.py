"""Cada falta hace lo que dice, y se ve en los dos lados."""

from __future__ import annotations

import selectors
import socket
import sys
import time

import pytest

from chatlab.chat.protocolo import Decodificador
from tests.apoyo.transcripcion import PLAZO
from tests.espia.conftest import Cable, Espiar, Tender, recibir, recibir_hasta_el_final

TEXTO = "¡Hola, Íñigo!\n"


def test_de_uno_en_uno_cada_recv_ve_un_byte_y_al_decodificador_le_da_lo_mismo(
    tender: Tender,
) -> None:
    texto = "¡Sí!\n"
    # Con una pausa generosa: entre un byte y el siguiente da tiempo a leer.
    cable = tender("--falta", "de-uno-en-uno", "--valor", "100")

    cable.cliente.sendall(texto.encode())
    trozos = [cable.servidor.recv(1000) for _ in range(3)]
    trozos.append(recibir(cable.servidor, len(texto.encode()) - sum(map(len, trozos))))

    assert [len(trozo) for trozo in trozos[:3]] == [1, 1, 1]
    decodificador = Decodificador()
    lineas = [linea for trozo in trozos for linea in decodificador.recibir(trozo)]
    assert lineas == ["¡Sí!"]
    cable.espia.esperar("entró 1 trozo de 7 bytes; salieron 7 de 1 byte en ")


def test_de_uno_en_uno_tambien_de_vuelta(tender: Tender) -> None:
    cable = tender("--falta", "de-uno-en-uno")

    cable.servidor.sendall(TEXTO.encode())

    assert recibir(cable.cliente, len(TEXTO.encode())) == TEXTO.encode()
    cable.espia.esperar("salieron 17 de 1 byte en ")


def test_pegar_junta_lo_que_llega_en_su_ventana(tender: Tender) -> None:
    cable = tender("--falta", "pegar", "--valor", "600000")

    for numero, palabra in enumerate((b"uno", b"dos", b"tres"), start=1):
        cable.cliente.sendall(palabra)
        # Así se sabe que son tres trozos: el espía ya ha leído este.
        cable.espia.esperar("cliente 1 → servidor", veces=numero)
    # Cuando quien envía termina, no queda nada que esperar.
    cable.cliente.shutdown(socket.SHUT_WR)

    assert cable.servidor.recv(1000) == b"unodostres"
    assert cable.servidor.recv(1000) == b""
    cable.espia.esperar("entraron 3 trozos, 10 bytes en total; salió 1 de 10 bytes en ")


def test_pegar_entrega_lo_junto_cuando_acaba_su_ventana(tender: Tender) -> None:
    cable = tender("--falta", "pegar", "--valor", "300")

    salida = time.monotonic()
    cable.cliente.sendall(b"hola")
    assert cable.servidor.recv(1000) == b"hola"

    assert time.monotonic() - salida >= 0.3


def test_retrasar_entrega_cada_trozo_entero_y_mas_tarde(tender: Tender) -> None:
    cable = tender("--falta", "retrasar", "--valor", "300")

    salida = time.monotonic()
    cable.cliente.sendall(b"tarde")
    assert cable.servidor.recv(1000) == b"tarde"

    assert time.monotonic() - salida >= 0.3
    cable.espia.esperar("entró 1 trozo de 5 bytes; salió 1 de 5 bytes en ")


def test_frenar_no_pasa_de_sus_bytes_por_segundo(tender: Tender) -> None:
    cable = tender("--falta", "frenar", "--valor", "400", "--sentido", "bajada")

    salida = time.monotonic()
    cable.servidor.sendall(b"x" * 300)
    assert recibir(cable.cliente, 300) == b"x" * 300

    # El último poquito, de 20 bytes, no tiene que esperar a nadie.
    assert time.monotonic() - salida >= 280 / 400
    cable.espia.esperar("entró 1 trozo de 300 bytes; salieron 15 de 20 bytes en ")


def test_frenar_un_sentido_no_frena_el_otro(tender: Tender) -> None:
    cable = tender("--falta", "frenar", "--valor", "1", "--sentido", "bajada")

    cable.servidor.sendall(b"esto tarda veinte segundos")
    cable.cliente.sendall(b"esto no\n")

    assert recibir(cable.servidor, 8) == b"esto no\n"


def llenar(conexion: socket.socket) -> int:
    """Envía hasta que el sistema deje de aceptar, y un rato después siga sin aceptar."""
    conexion.setblocking(False)
    enviados = 0
    with selectors.DefaultSelector() as selector:
        selector.register(conexion, selectors.EVENT_WRITE)
        while selector.select(1.0):
            enviados += conexion.send(b"x" * 65536)
            assert enviados < 200_000_000, "alguien está leyendo"
    return enviados


def test_no_leer_bloquea_a_quien_envia_y_los_demas_siguen(
    tender: Tender, escucha: socket.socket
) -> None:
    cable = tender("--falta", "no-leer", "--valor", "5")

    cable.servidor.sendall(b"12345")
    assert recibir(cable.cliente, 5) == b"12345"
    cable.espia.esperar("desde aquí no leo más")
    assert llenar(cable.servidor) > 0

    # El otro sentido de la misma conversación sigue, y otro cliente, también.
    cable.cliente.sendall(b"sigo\n")
    cable.servidor.settimeout(PLAZO)
    assert recibir(cable.servidor, 5) == b"sigo\n"
    otro = Cable(cable.espia, escucha)
    otro.cliente.sendall(b"hola")
    assert recibir(otro.servidor, 4) == b"hola"
    otro.cerrar()


def test_no_leer_puede_ser_del_cliente(tender: Tender) -> None:
    cable = tender("--falta", "no-leer", "--valor", "3", "--sentido", "subida")

    cable.cliente.sendall(b"123456")
    assert recibir(cable.servidor, 3) == b"123"
    cable.servidor.sendall(b"te contesto")

    assert recibir(cable.cliente, 11) == b"te contesto"
    assert llenar(cable.cliente) > 0


def hasta_el_corte(conexion: socket.socket) -> bytes:
    """Todo lo que se recibe hasta que la conexión se corta, que debe cortarse."""
    datos = bytearray()
    with pytest.raises(ConnectionResetError):
        while trozo := conexion.recv(1000):
            datos += trozo
    return bytes(datos)


def test_cortar_es_un_error_en_los_dos_lados_tras_sus_bytes(tender: Tender) -> None:
    cable = tender("--falta", "cortar", "--valor", "4", "--sentido", "subida")

    cable.cliente.sendall(b"123456")

    llegado = hasta_el_corte(cable.servidor)
    # En Windows, el corte se lleva por delante lo que aún no se había leído.
    assert llegado == b"1234" or (sys.platform == "win32" and b"1234".startswith(llegado))
    assert hasta_el_corte(cable.cliente) == b""
    cable.espia.esperar("4 bytes, y corto: RST a cliente 1 y al servidor")


def test_cortar_a_uno_no_corta_a_los_demas(tender: Tender, escucha: socket.socket) -> None:
    cable = tender("--falta", "cortar", "--valor", "4")
    otro = Cable(cable.espia, escucha)

    cable.cliente.sendall(b"1234")
    hasta_el_corte(cable.cliente)

    otro.cliente.sendall(b"123")
    assert recibir(otro.servidor, 3) == b"123"
    otro.cerrar()


def test_estropear_cambia_justo_los_bytes_dichos_vengan_como_vengan(tender: Tender) -> None:
    cable = tender("--falta", "estropear", "--valor", "5", "--sentido", "subida")

    llegado = b""
    for trozo in (b"abc", b"defghi", b"jkl", b"m"):
        cable.cliente.sendall(trozo)
        llegado += recibir(cable.servidor, len(trozo))
    cable.servidor.sendall(b"abcdefghij")

    esperado = bytearray(b"abcdefghijklm")
    esperado[4] ^= 0x80
    esperado[9] ^= 0x80
    assert llegado == esperado
    assert recibir(cable.cliente, 10) == b"abcdefghij", "el otro sentido va bien"
    cable.espia.esperar(r"salió 1 de 6 bytes en ")
    assert r"s: d\xe5fghi" in cable.espia.pantalla


@pytest.mark.parametrize("falta", ["de-uno-en-uno", "retrasar", "frenar"])
def test_lo_que_la_falta_guarda_llega_aunque_quien_lo_envio_ya_se_haya_ido(
    tender: Tender, falta: str
) -> None:
    cable = tender("--falta", falta)

    cable.cliente.sendall(b"adios")
    cable.cliente.close()

    assert recibir_hasta_el_final(cable.servidor) == b"adios"


@pytest.mark.parametrize("falta", ["de-uno-en-uno", "pegar", "retrasar", "frenar", "estropear"])
def test_una_falta_guarda_poco_aunque_el_otro_lado_no_lea(espiar: Espiar, falta: str) -> None:
    """Se frena a quien envía: ni se guarda sin fin ni se pierde nada."""
    with socket.create_server(("127.0.0.1", 0)) as escucha:
        espia = espiar(escucha.getsockname()[1], "--falta", falta, "--valor", "2")
        cable = Cable(espia, escucha)
        assert llenar(cable.cliente) < 50_000_000
        cable.cerrar()
