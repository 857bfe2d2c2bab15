"""Lección 02: cada paso hace lo que dice su guía, y su fallo anunciado ocurre."""

from __future__ import annotations

import re
import socket
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.apoyo.programa import RAIZ, Programa
from tests.apoyo.transcripcion import PLAZO
from tests.conftest import Conectar, Lanzar

LECCION = RAIZ / "lessons" / "02_turnos"
PASO1 = LECCION / "paso1_un_intercambio"
PASO2 = LECCION / "paso2_turnos"
PASO3 = LECCION / "paso3_despedida"
PASO4 = LECCION / "paso4_fuera_de_turno"


def con_pasos(*pasos: Path) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("paso", pasos, ids=lambda paso: str(paso.name))


SIN_CTRL_C = sys.platform == "win32"
con_ctrl_c = pytest.mark.skipif(
    SIN_CTRL_C, reason="en Windows accept() y recv() no se interrumpen con Ctrl+C"
)
IRSE = ["salir", "fin de la entrada", "matar", *([] if SIN_CTRL_C else ["ctrl+c"])]

EL_CLIENTE_SE_HA_IDO = "El cliente se ha ido.\n"
EL_SERVIDOR_SE_HA_IDO = "El servidor se ha ido.\n"


@pytest.fixture
def escucha() -> Iterator[socket.socket]:
    """Un socket que escucha, para hacer de servidor byte a byte."""
    with socket.create_server(("127.0.0.1", 0)) as servidor:
        servidor.settimeout(PLAZO)
        yield servidor


def arrancar_servidor(lanzar: Lanzar, paso: Path, puerto: int = 0) -> Programa:
    return lanzar("servidor.py", str(puerto), carpeta=paso)


def arrancar_cliente(lanzar: Lanzar, paso: Path, puerto: int) -> Programa:
    return lanzar("cliente.py", "localhost", str(puerto), carpeta=paso)


def arrancar_los_dos(lanzar: Lanzar, paso: Path) -> tuple[Programa, Programa]:
    servidor = arrancar_servidor(lanzar, paso)
    return servidor, arrancar_cliente(lanzar, paso, servidor.puerto())


def pulsar_ctrl_c(programa: Programa) -> None:
    """Pulsa Ctrl+C, y otra vez si hace falta, como haría una persona.

    Si la señal llega justo antes de que Python se ponga a leer el teclado, se queda pendiente
    hasta que haya algo que leer.
    """
    for _ in range(10):
        programa.ctrl_c()
        try:
            programa.proceso.wait(1)
        except subprocess.TimeoutExpired:
            continue
        return


def irse(programa: Programa, como: str) -> None:
    if como == "salir":
        programa.escribir("salir")
    elif como == "fin de la entrada":
        programa.cerrar_teclado()
    elif como == "matar":
        programa.matar()
    else:
        pulsar_ctrl_c(programa)
    programa.esperar_fin()


def termina_con_la_conexion_rota(programa: Programa) -> bool:
    rota = r"^(BrokenPipe|ConnectionReset|ConnectionAborted)Error: "
    return programa.esperar_fin() == 1 and bool(
        re.search(rota, programa.errores.texto, re.MULTILINE)
    )


# --- Lo que vale para todos los pasos ---


@con_pasos(PASO1, PASO2, PASO3, PASO4)
def test_sin_servidor_el_cliente_dice_que_hacer(lanzar: Lanzar, paso: Path) -> None:
    with socket.socket() as reservado:  # con el puerto tomado, pero sin escuchar
        reservado.bind(("127.0.0.1", 0))
        puerto = reservado.getsockname()[1]
        cliente = arrancar_cliente(lanzar, paso, puerto)
        assert cliente.esperar_fin() == 1
    assert cliente.errores.texto == (
        f"No hay ningún servidor en localhost:{puerto}. Arráncalo primero en otra terminal.\n"
    )


@con_pasos(PASO1, PASO2, PASO3, PASO4)
def test_con_el_puerto_ocupado_el_servidor_dice_que_hacer(lanzar: Lanzar, paso: Path) -> None:
    puerto = arrancar_servidor(lanzar, paso).puerto()
    segundo = arrancar_servidor(lanzar, paso, puerto)
    assert segundo.esperar_fin() == 1
    assert segundo.errores.texto == (
        f"No puedo usar el puerto {puerto}: ¿está ocupado? Usa otro o espera un minuto.\n"
    )


@con_ctrl_c
@con_pasos(PASO1, PASO2, PASO3, PASO4)
def test_ctrl_c_termina_el_servidor_que_espera(lanzar: Lanzar, paso: Path) -> None:
    servidor = arrancar_servidor(lanzar, paso)
    puerto = servidor.puerto()
    servidor.esperar("\n")  # el anuncio, entero
    pulsar_ctrl_c(servidor)
    assert servidor.termina_bien(), servidor.transcripcion()
    assert servidor.pantalla == (
        f"[SERVIDOR] Servidor iniciado en localhost:{puerto}\n\n[SERVIDOR] Servidor cerrado\n"
    )


@con_pasos(PASO1, PASO2, PASO3, PASO4)
@pytest.mark.parametrize("como", [como for como in IRSE if como in ("fin de la entrada", "ctrl+c")])
def test_en_su_turno_cualquiera_termina_sin_errores(lanzar: Lanzar, paso: Path, como: str) -> None:
    _, cliente = arrancar_los_dos(lanzar, paso)
    cliente.esperar("Tú: ")
    irse(cliente, como)
    assert cliente.termina_bien(), cliente.transcripcion()
    assert cliente.pantalla == "Tú: \nAdiós.\n"

    servidor, cliente = arrancar_los_dos(lanzar, paso)
    cliente.escribir("hola")
    servidor.esperar("Tú: ")
    irse(servidor, como)
    assert servidor.termina_bien(), servidor.transcripcion()
    assert servidor.pantalla.endswith("Cliente: hola\nTú: \n[SERVIDOR] Servidor cerrado\n")


@con_ctrl_c
@con_pasos(PASO1, PASO2, PASO3, PASO4)
def test_ctrl_c_termina_el_cliente_que_espera_la_respuesta(lanzar: Lanzar, paso: Path) -> None:
    servidor, cliente = arrancar_los_dos(lanzar, paso)
    cliente.escribir("hola")
    servidor.esperar("Cliente: hola")  # ya no es el turno del cliente: espera en recv
    pulsar_ctrl_c(cliente)
    assert cliente.termina_bien(), cliente.transcripcion()
    assert cliente.pantalla == "Tú: \nAdiós.\n"


def test_el_codigo_citado_en_la_guia_es_el_de_los_pasos() -> None:
    de_los_pasos = {
        linea.strip()
        for archivo in LECCION.glob("paso*/*.py")
        for linea in archivo.read_text(encoding="utf-8").splitlines()
    }
    guia = (LECCION / "README.md").read_text(encoding="utf-8")
    citadas = "\n".join(re.findall(r"^```python\n(.*?)^```", guia, re.DOTALL | re.MULTILINE))
    assert citadas
    assert {linea.strip() for linea in citadas.splitlines()} <= de_los_pasos


# --- Paso 1: un intercambio ---


@con_pasos(PASO1, PASO2, PASO3, PASO4)
def test_el_servidor_pide_la_respuesta_cuando_llega_el_mensaje(lanzar: Lanzar, paso: Path) -> None:
    servidor, cliente = arrancar_los_dos(lanzar, paso)
    servidor.esperar("[CONEXIÓN] Cliente conectado desde ('127.0.0.1', ")
    cliente.esperar("Tú: ")
    assert "Tú: " not in servidor.pantalla

    cliente.escribir("¿qué hora es?")
    pantalla = servidor.esperar("Tú: ")
    assert pantalla.endswith("\nCliente: ¿qué hora es?\nTú: ")
    assert cliente.pantalla == "Tú: "

    servidor.escribir("las nueve y pico, señor")
    cliente.esperar("Tú: Servidor: las nueve y pico, señor\n")


def test_en_el_paso_1_los_dos_terminan_tras_un_intercambio(lanzar: Lanzar) -> None:
    servidor, cliente = arrancar_los_dos(lanzar, PASO1)
    cliente.escribir("hola")
    servidor.escribir("buenas")
    assert cliente.termina_bien(), cliente.transcripcion()
    assert servidor.termina_bien(), servidor.transcripcion()


def test_el_paso_1_se_puede_repetir_enseguida_en_el_mismo_puerto(lanzar: Lanzar) -> None:
    puerto = 0
    for _ in range(3):
        servidor = arrancar_servidor(lanzar, PASO1, puerto)
        puerto = servidor.puerto()
        arrancar_cliente(lanzar, PASO1, puerto).escribir("hola")
        servidor.escribir("buenas")
        assert servidor.termina_bien(), servidor.transcripcion()


def test_en_el_paso_1_un_cliente_que_se_va_deja_un_mensaje_vacio(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, PASO1)
    conectar(servidor.puerto()).no_enviar_mas()
    assert servidor.esperar("Tú: ").endswith("\nCliente: \nTú: ")


@con_pasos(PASO1, PASO2, PASO3)
def test_un_mensaje_vacio_no_manda_ningun_byte(
    lanzar: Lanzar, escucha: socket.socket, paso: Path
) -> None:
    cliente = arrancar_cliente(lanzar, paso, escucha.getsockname()[1])
    cliente.escribir("")
    cliente.cerrar_teclado()
    conexion, _ = escucha.accept()
    with conexion:
        conexion.settimeout(PLAZO)
        # El cliente espera respuesta a un mensaje que no ha salido: solo sigue si se la damos.
        conexion.sendall("¿sigues ahí?".encode())
        cliente.esperar("Servidor: ¿sigues ahí?\n")
        cliente.esperar_fin()
        assert conexion.recv(1024) == b""


# --- Paso 2: el bucle por turnos ---


@con_pasos(PASO2, PASO3, PASO4)
def test_se_turnan_una_y_otra_vez(lanzar: Lanzar, paso: Path) -> None:
    servidor, cliente = arrancar_los_dos(lanzar, paso)
    for vez in (1, 2, 3):
        cliente.escribir(f"pregunta {vez}")
        servidor.esperar(f"Cliente: pregunta {vez}\nTú: ")
        servidor.escribir(f"respuesta {vez}")
        cliente.esperar(f"Servidor: respuesta {vez}\nTú: ")


def test_en_el_paso_2_el_servidor_no_se_entera_de_que_el_cliente_se_va(lanzar: Lanzar) -> None:
    servidor, cliente = arrancar_los_dos(lanzar, PASO2)
    servidor.esperar("[CONEXIÓN]")
    cliente.cerrar_teclado()
    cliente.esperar_fin()
    assert servidor.esperar("Tú: ").endswith("\nCliente: \nTú: ")
    servidor.escribir("¿hola?", "¿hay alguien?")
    assert termina_con_la_conexion_rota(servidor), servidor.transcripcion()


def test_en_el_paso_2_el_cliente_no_se_entera_de_que_el_servidor_se_va(lanzar: Lanzar) -> None:
    servidor, cliente = arrancar_los_dos(lanzar, PASO2)
    cliente.escribir("hola")
    servidor.esperar("Tú: ")
    servidor.cerrar_teclado()
    servidor.esperar_fin()
    cliente.esperar("Servidor: \nTú: ")
    cliente.escribir("¿hola?", "¿hay alguien?")
    assert termina_con_la_conexion_rota(cliente), cliente.transcripcion()


@con_pasos(PASO1, PASO2, PASO3)
def test_dos_mensajes_seguidos_se_pegan(lanzar: Lanzar, conectar: Conectar, paso: Path) -> None:
    servidor = arrancar_servidor(lanzar, paso)
    conexion = conectar(servidor.puerto())
    conexion.enviar("hola\n¿estás ahí?\n")
    assert servidor.esperar("Tú: ").endswith("\nCliente: hola\n¿estás ahí?\n\nTú: ")


# --- Paso 3: la despedida ---


@con_pasos(PASO3, PASO4)
@pytest.mark.parametrize("como", IRSE)
def test_si_el_cliente_se_va_el_servidor_lo_dice(lanzar: Lanzar, paso: Path, como: str) -> None:
    servidor, cliente = arrancar_los_dos(lanzar, paso)
    cliente.escribir("hola")
    servidor.escribir("buenas")
    cliente.esperar("Servidor: buenas\nTú: ")
    irse(cliente, como)
    assert servidor.termina_bien(), servidor.transcripcion()
    assert servidor.pantalla.endswith("Cliente: hola\nTú: El cliente se ha ido.\n")


@con_pasos(PASO3, PASO4)
@pytest.mark.parametrize("como", IRSE)
def test_si_el_servidor_se_va_el_cliente_lo_dice(lanzar: Lanzar, paso: Path, como: str) -> None:
    servidor, cliente = arrancar_los_dos(lanzar, paso)
    cliente.escribir("hola")
    servidor.esperar("Tú: ")
    irse(servidor, como)
    assert cliente.termina_bien(), cliente.transcripcion()
    assert cliente.pantalla == "Tú: El servidor se ha ido.\n"


@con_pasos(PASO3, PASO4)
def test_el_que_escribe_salir_se_despide(lanzar: Lanzar, paso: Path) -> None:
    _, cliente = arrancar_los_dos(lanzar, paso)
    cliente.escribir("salir")
    assert cliente.termina_bien(), cliente.transcripcion()
    assert cliente.pantalla == "Tú: Adiós.\n"

    servidor, cliente = arrancar_los_dos(lanzar, paso)
    cliente.escribir("hola")
    servidor.escribir("salir")
    assert servidor.termina_bien(), servidor.transcripcion()
    assert servidor.pantalla.endswith("Tú: Adiós.\n")


@con_pasos(PASO3, PASO4)
def test_si_se_corta_la_red_el_servidor_lo_dice(
    lanzar: Lanzar, conectar: Conectar, paso: Path
) -> None:
    servidor = arrancar_servidor(lanzar, paso)
    conexion = conectar(servidor.puerto())
    servidor.esperar("[CONEXIÓN]")
    conexion.cortar()
    assert servidor.termina_bien(), servidor.transcripcion()
    assert servidor.pantalla.endswith(EL_CLIENTE_SE_HA_IDO)


@con_pasos(PASO3, PASO4)
def test_si_se_corta_la_red_el_cliente_lo_dice(
    lanzar: Lanzar, escucha: socket.socket, paso: Path
) -> None:
    cliente = arrancar_cliente(lanzar, paso, escucha.getsockname()[1])
    cliente.escribir("hola")
    conexion, _ = escucha.accept()
    conexion.settimeout(PLAZO)
    assert conexion.recv(1024).startswith(b"hola")
    conexion.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    conexion.close()
    assert cliente.termina_bien(), cliente.transcripcion()
    assert cliente.pantalla.endswith(EL_SERVIDOR_SE_HA_IDO)


@con_pasos(PASO3, PASO4)
def test_mientras_escribe_no_se_entera_de_que_el_otro_se_ha_ido(lanzar: Lanzar, paso: Path) -> None:
    servidor, cliente = arrancar_los_dos(lanzar, paso)
    cliente.escribir("hola")
    servidor.esperar("Tú: ")
    cliente.matar()
    cliente.esperar_fin()
    servidor.escribir("¿qué tal?")
    assert servidor.termina_bien(), servidor.transcripcion()
    assert servidor.pantalla.endswith("Cliente: hola\nTú: El cliente se ha ido.\n")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows no reserva el puerto")
@con_pasos(PASO3, PASO4)
def test_si_el_servidor_se_va_primero_su_puerto_queda_reservado(lanzar: Lanzar, paso: Path) -> None:
    servidor, cliente = arrancar_los_dos(lanzar, paso)
    puerto = servidor.puerto()
    cliente.escribir("hola")
    servidor.escribir("salir")
    servidor.esperar_fin()
    cliente.esperar_fin()
    otra_vez = arrancar_servidor(lanzar, paso, puerto)
    assert otra_vez.esperar_fin() == 1
    assert "Usa otro o espera un minuto." in otra_vez.errores.texto


# --- Paso 4: fuera de turno ---


def test_las_lineas_fuera_de_turno_esperan_el_suyo(lanzar: Lanzar, conectar: Conectar) -> None:
    servidor = arrancar_servidor(lanzar, PASO4)
    conexion = conectar(servidor.puerto())
    conexion.enviar("hola\n¿estás ahí?\n¿hola?\n")
    assert servidor.esperar("Tú: ").endswith("\nCliente: hola\nTú: ")
    servidor.escribir("sí")
    conexion.esperar("sí\n")
    assert servidor.esperar("Tú: ", veces=2).endswith("Tú: Cliente: ¿estás ahí?\nTú: ")
    servidor.escribir("que sí")
    conexion.esperar("que sí\n")
    assert servidor.esperar("Tú: ", veces=3).endswith("Tú: Cliente: ¿hola?\nTú: ")


def test_tampoco_el_cliente_pierde_las_lineas_fuera_de_turno(
    lanzar: Lanzar, escucha: socket.socket
) -> None:
    cliente = arrancar_cliente(lanzar, PASO4, escucha.getsockname()[1])
    conexion, _ = escucha.accept()
    with conexion:
        conexion.sendall(b"uno\ndos\n")
        cliente.escribir("hola")
        assert cliente.esperar("Tú: ", veces=2) == "Tú: Servidor: uno\nTú: "
        cliente.escribir("sigue")
        assert cliente.esperar("Tú: ", veces=3).endswith("Tú: Servidor: dos\nTú: ")


def test_un_mensaje_llega_entero_aunque_venga_a_trozos(lanzar: Lanzar, conectar: Conectar) -> None:
    servidor = arrancar_servidor(lanzar, PASO4)
    conexion = conectar(servidor.puerto())
    for byte in "¡mañana más!\n".encode():
        conexion.enviar(bytes([byte]))
    assert servidor.esperar("Tú: ").endswith("\nCliente: ¡mañana más!\nTú: ")


def test_en_el_paso_4_un_mensaje_largo_llega_entero(lanzar: Lanzar) -> None:
    servidor, cliente = arrancar_los_dos(lanzar, PASO4)
    cliente.escribir("ñ" * 3000)
    assert servidor.esperar("Tú: ").endswith(f"\nCliente: {'ñ' * 3000}\nTú: ")


def test_en_el_paso_4_un_mensaje_vacio_tambien_es_un_mensaje(lanzar: Lanzar) -> None:
    servidor, cliente = arrancar_los_dos(lanzar, PASO4)
    cliente.escribir("")
    assert servidor.esperar("Tú: ").endswith("\nCliente: \nTú: ")
    servidor.escribir("")
    assert cliente.esperar("Tú: ", veces=2) == "Tú: Servidor: \nTú: "


def test_en_el_paso_4_una_linea_que_no_es_utf_8_no_detiene_el_servidor(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, PASO4)
    conectar(servidor.puerto()).enviar("mañana\n".encode("latin-1"))
    assert servidor.esperar("Tú: ").endswith("\nCliente: ma�ana\nTú: ")


def test_al_irse_el_cliente_sus_lineas_en_espera_ya_no_se_muestran(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, PASO4)
    conexion = conectar(servidor.puerto())
    conexion.enviar("uno\ndos\ntres\n")
    servidor.esperar("Cliente: uno\nTú: ")
    conexion.cerrar()
    servidor.escribir("a uno")
    servidor.esperar("Cliente: dos\nTú: ")
    servidor.escribir("a dos")
    assert servidor.termina_bien(), servidor.transcripcion()
    assert servidor.pantalla.endswith("Cliente: dos\nTú: El cliente se ha ido.\n")


def test_en_el_paso_4_a_un_segundo_cliente_no_lo_atiende_nadie(lanzar: Lanzar) -> None:
    servidor, primero = arrancar_los_dos(lanzar, PASO4)
    servidor.esperar("[CONEXIÓN]")
    segundo = arrancar_cliente(lanzar, PASO4, servidor.puerto())
    segundo.esperar("Tú: ")  # se ha conectado
    segundo.escribir("¿y yo?")
    primero.escribir("hola")
    servidor.escribir("buenas")
    primero.esperar("Servidor: buenas\nTú: ")
    primero.escribir("salir")
    assert servidor.termina_bien(), servidor.transcripcion()
    assert "¿y yo?" not in servidor.pantalla
    assert segundo.termina_bien(), segundo.transcripcion()
    assert segundo.pantalla == "Tú: El servidor se ha ido.\n"
