"""Lección 01: cada paso hace lo que dice su guía, y su fallo anunciado ocurre."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.apoyo.programa import RAIZ, Programa
from tests.conftest import Conectar, Lanzar

LECCION = RAIZ / "lessons" / "01_bitacora"
PASO1 = LECCION / "paso1_un_mensaje"
PASO2 = LECCION / "paso2_bucle"
PASO3 = LECCION / "paso3_lineas"
PASO4 = LECCION / "paso4_archivo"


def con_pasos(*pasos: Path) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("paso", pasos, ids=lambda paso: str(paso.name))


con_ctrl_c = pytest.mark.skipif(
    sys.platform == "win32", reason="en Windows accept() y recv() no se interrumpen con Ctrl+C"
)

EL_CLIENTE_HA_CERRADO = "[CONEXIÓN] El cliente ha cerrado"
SE_HA_CORTADO = "[CONEXIÓN] Se ha cortado la conexión con el cliente"


@pytest.fixture(autouse=True)
def en_otra_carpeta(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Los programas corren en una carpeta vacía: el paso 4 escribe ahí su archivo."""
    monkeypatch.chdir(tmp_path)


def arrancar_servidor(lanzar: Lanzar, paso: Path, puerto: int = 0) -> Programa:
    return lanzar(str(paso / "servidor.py"), str(puerto), carpeta=Path.cwd())


def arrancar_cliente(lanzar: Lanzar, paso: Path, puerto: int) -> Programa:
    return lanzar(str(paso / "cliente.py"), "localhost", str(puerto), carpeta=Path.cwd())


def arrancar_demostracion(lanzar: Lanzar, puerto: int) -> Programa:
    return lanzar(str(PASO3 / "demostracion.py"), "localhost", str(puerto), carpeta=Path.cwd())


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


def mensajes(programa: Programa) -> list[str]:
    """Lo que hay entre « y » en la pantalla, mensaje a mensaje."""
    return re.findall(r"«(.*?)»", programa.pantalla, re.DOTALL)


# --- Lo que vale para todos los pasos ---


@pytest.mark.parametrize(
    "programa",
    [*(paso / "cliente.py" for paso in (PASO1, PASO2, PASO3, PASO4)), PASO3 / "demostracion.py"],
    ids=lambda ruta: f"{ruta.parent.name}/{ruta.name}",
)
def test_sin_servidor_el_cliente_dice_que_hacer(lanzar: Lanzar, programa: Path) -> None:
    with socket.socket() as reservado:  # con el puerto tomado, pero sin escuchar
        reservado.bind(("127.0.0.1", 0))
        puerto = reservado.getsockname()[1]
        cliente = lanzar(str(programa), "localhost", str(puerto))
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


@con_ctrl_c
@con_pasos(PASO1, PASO2, PASO3, PASO4)
def test_ctrl_c_termina_el_servidor_con_un_cliente(
    lanzar: Lanzar, conectar: Conectar, paso: Path
) -> None:
    servidor = arrancar_servidor(lanzar, paso)
    conectar(servidor.puerto())
    servidor.esperar("[CONEXIÓN] Cliente conectado desde ('127.0.0.1', ")
    pulsar_ctrl_c(servidor)
    assert servidor.termina_bien(), servidor.transcripcion()


@con_ctrl_c
@con_pasos(PASO1, PASO2, PASO3, PASO4)
def test_ctrl_c_termina_el_cliente(lanzar: Lanzar, paso: Path) -> None:
    cliente = arrancar_cliente(lanzar, paso, arrancar_servidor(lanzar, paso).puerto())
    cliente.esperar("Mensaje: ")
    pulsar_ctrl_c(cliente)
    assert cliente.termina_bien(), cliente.transcripcion()
    assert cliente.pantalla == "Mensaje: \nAdiós.\n"


@con_pasos(PASO1, PASO2, PASO3, PASO4)
def test_el_fin_de_la_entrada_termina_el_cliente(lanzar: Lanzar, paso: Path) -> None:
    cliente = arrancar_cliente(lanzar, paso, arrancar_servidor(lanzar, paso).puerto())
    cliente.cerrar_teclado()
    assert cliente.termina_bien(), cliente.transcripcion()
    assert cliente.pantalla == "Mensaje: \nAdiós.\n"


def test_el_codigo_citado_en_la_guia_es_el_de_los_pasos_o_el_del_ejercicio() -> None:
    de_la_leccion = {
        linea.strip()
        for carpeta in ("paso*", "ejercicio")
        for archivo in LECCION.glob(f"{carpeta}/*.py")
        for linea in archivo.read_text(encoding="utf-8").splitlines()
    }
    guia = (LECCION / "README.md").read_text(encoding="utf-8")
    citadas = "\n".join(re.findall(r"^```python\n(.*?)^```", guia, re.DOTALL | re.MULTILINE))
    assert citadas
    assert {linea.strip() for linea in citadas.splitlines()} <= de_la_leccion


# --- Paso 1: un mensaje ---


def test_un_mensaje_llega_y_los_dos_terminan(lanzar: Lanzar) -> None:
    servidor = arrancar_servidor(lanzar, PASO1)
    cliente = arrancar_cliente(lanzar, PASO1, servidor.puerto())
    cliente.escribir("¡Hola, señor servidor!")
    assert cliente.termina_bien(), cliente.transcripcion()
    assert servidor.termina_bien(), servidor.transcripcion()
    assert servidor.pantalla.endswith("[MENSAJE] «¡Hola, señor servidor!»\n")


def test_el_paso_1_se_puede_repetir_enseguida_en_el_mismo_puerto(lanzar: Lanzar) -> None:
    puerto = 0
    for _ in range(3):
        servidor = arrancar_servidor(lanzar, PASO1, puerto)
        puerto = servidor.puerto()
        arrancar_cliente(lanzar, PASO1, puerto).escribir("hola")
        assert servidor.termina_bien(), servidor.transcripcion()


def test_en_el_paso_1_el_final_de_un_mensaje_largo_se_pierde(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, PASO1)
    conectar(servidor.puerto()).enviar("a" * 2000)
    servidor.esperar("»")
    assert len(mensajes(servidor)[0]) <= 1024


def test_en_el_paso_1_un_cliente_que_muere_rompe_el_servidor(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, PASO1)
    conexion = conectar(servidor.puerto())
    servidor.esperar("[CONEXIÓN]")
    conexion.cortar()
    assert servidor.esperar_fin() == 1
    assert "ConnectionResetError" in servidor.errores.texto


# --- Paso 2: el bucle ---


@con_pasos(PASO2, PASO3)
def test_los_mensajes_llegan_uno_a_uno_hasta_que_el_cliente_cierra(
    lanzar: Lanzar, paso: Path
) -> None:
    servidor = arrancar_servidor(lanzar, paso)
    cliente = arrancar_cliente(lanzar, paso, servidor.puerto())
    for mensaje in ("hola", "¿hay alguien ahí?", "mañana más"):
        cliente.escribir(mensaje)
        servidor.esperar(f"[MENSAJE] «{mensaje}»\n")
    cliente.cerrar_teclado()
    assert cliente.termina_bien(), cliente.transcripcion()
    assert servidor.termina_bien(), servidor.transcripcion()
    assert servidor.pantalla.endswith(f"{EL_CLIENTE_HA_CERRADO}\n")


@con_pasos(PASO2, PASO3)
def test_el_servidor_dice_que_el_cliente_se_ha_cortado(
    lanzar: Lanzar, conectar: Conectar, paso: Path
) -> None:
    servidor = arrancar_servidor(lanzar, paso)
    conexion = conectar(servidor.puerto())
    servidor.esperar("[CONEXIÓN]")
    conexion.cortar()
    assert servidor.termina_bien(), servidor.transcripcion()
    assert servidor.pantalla.endswith(f"{SE_HA_CORTADO}\n")


@con_ctrl_c
@con_pasos(PASO2, PASO3, PASO4)
def test_sin_servidor_el_primer_mensaje_se_pierde_y_el_segundo_da_error(
    lanzar: Lanzar, paso: Path
) -> None:
    servidor = arrancar_servidor(lanzar, paso)
    cliente = arrancar_cliente(lanzar, paso, servidor.puerto())
    servidor.esperar("[CONEXIÓN]")
    pulsar_ctrl_c(servidor)
    servidor.esperar_fin()
    cliente.escribir("uno")
    cliente.esperar("Mensaje: ", veces=2)
    cliente.escribir("dos")
    assert cliente.esperar_fin() == 1
    assert cliente.errores.texto == "El servidor ha cerrado la conexión.\n"


def test_en_el_paso_2_dos_mensajes_seguidos_salen_pegados(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, PASO2)
    conectar(servidor.puerto()).enviar("hola" + "adiós")
    servidor.esperar("[MENSAJE] «holaadiós»\n")


def test_en_el_paso_2_un_mensaje_largo_sale_partido(lanzar: Lanzar) -> None:
    servidor = arrancar_servidor(lanzar, PASO2)
    cliente = arrancar_cliente(lanzar, PASO2, servidor.puerto())
    cliente.escribir("a" * 2000)
    cliente.cerrar_teclado()
    servidor.esperar(EL_CLIENTE_HA_CERRADO)
    assert len(mensajes(servidor)) >= 2
    assert "".join(mensajes(servidor)) == "a" * 2000


def test_en_el_paso_2_un_mensaje_vacio_no_llega(lanzar: Lanzar) -> None:
    servidor = arrancar_servidor(lanzar, PASO2)
    cliente = arrancar_cliente(lanzar, PASO2, servidor.puerto())
    cliente.escribir("", "hola")
    servidor.esperar("[MENSAJE] «hola»\n")
    assert mensajes(servidor) == ["hola"]


def test_la_demostracion_pega_y_rompe_el_servidor_del_paso_2(lanzar: Lanzar) -> None:
    servidor = arrancar_servidor(lanzar, PASO2)
    demostracion = arrancar_demostracion(lanzar, servidor.puerto())
    demostracion.esperar(r"Envío tres mensajes a la vez: b'uno\ndos\ntres\n'" + "\n")
    demostracion.esperar("Mira el servidor y pulsa Intro para seguir. ")
    servidor.esperar("»")
    assert mensajes(servidor) == ["uno\ndos\ntres\n"]

    demostracion.escribir("")
    demostracion.esperar(r"Envío medio mensaje: b'ma\xc3'" + "\n")
    assert servidor.esperar_fin() == 1
    assert "UnicodeDecodeError" in servidor.errores.texto


# --- Paso 3: líneas ---


@con_pasos(PASO3, PASO4)
def test_la_demostracion_sale_bien_con_lineas(lanzar: Lanzar, paso: Path) -> None:
    servidor = arrancar_servidor(lanzar, paso)
    demostracion = arrancar_demostracion(lanzar, servidor.puerto())
    servidor.esperar("»", veces=3)
    assert mensajes(servidor) == ["uno", "dos", "tres"]

    demostracion.escribir("", "")
    demostracion.esperar(r"Envío el otro medio: b'\xb1ana\n'" + "\n")
    assert demostracion.termina_bien(), demostracion.transcripcion()
    servidor.esperar(EL_CLIENTE_HA_CERRADO)
    assert mensajes(servidor) == ["uno", "dos", "tres", "mañana"]


@con_pasos(PASO3, PASO4)
def test_con_lineas_un_mensaje_vacio_tambien_llega(lanzar: Lanzar, paso: Path) -> None:
    servidor = arrancar_servidor(lanzar, paso)
    cliente = arrancar_cliente(lanzar, paso, servidor.puerto())
    cliente.escribir("", "hola")
    servidor.esperar("«hola»")
    assert mensajes(servidor) == ["", "hola"]


@con_pasos(PASO3, PASO4)
def test_un_mensaje_largo_llega_entero(lanzar: Lanzar, paso: Path) -> None:
    servidor = arrancar_servidor(lanzar, paso)
    cliente = arrancar_cliente(lanzar, paso, servidor.puerto())
    cliente.escribir("ñ" * 2000)
    servidor.esperar("»")
    assert mensajes(servidor) == ["ñ" * 2000]


@con_pasos(PASO3, PASO4)
def test_una_linea_sin_terminar_no_se_muestra(
    lanzar: Lanzar, conectar: Conectar, paso: Path
) -> None:
    servidor = arrancar_servidor(lanzar, paso)
    conexion = conectar(servidor.puerto())
    conexion.enviar("entera\na medi")
    conexion.no_enviar_mas()
    servidor.esperar(EL_CLIENTE_HA_CERRADO)
    assert mensajes(servidor) == ["entera"]


def test_en_el_paso_3_una_linea_que_no_es_utf_8_detiene_el_servidor(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, PASO3)
    conectar(servidor.puerto()).enviar("mañana\n".encode("latin-1"))
    assert servidor.esperar_fin() == 1
    assert "UnicodeDecodeError" in servidor.errores.texto


# --- Paso 4: el archivo ---


def anotado() -> list[str]:
    return Path("bitacora.txt").read_text(encoding="utf-8").splitlines()


def test_cada_linea_se_anota_con_su_numero_y_su_hora(lanzar: Lanzar) -> None:
    servidor = arrancar_servidor(lanzar, PASO4)
    cliente = arrancar_cliente(lanzar, PASO4, servidor.puerto())
    cliente.escribir("hola", "mañana más")
    servidor.esperar("»", veces=2)
    en_pantalla = servidor.pantalla.splitlines()[2:]
    assert anotado() == en_pantalla
    assert re.fullmatch(r"1 \d\d:\d\d:\d\d «hola»", en_pantalla[0])
    assert re.fullmatch(r"2 \d\d:\d\d:\d\d «mañana más»", en_pantalla[1])


def test_matar_el_servidor_no_pierde_nada_de_lo_que_se_vio(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, PASO4)
    conexion = conectar(servidor.puerto())
    for numero in range(500):
        conexion.enviar(f"mensaje {numero}\n")
    servidor.esperar("«mensaje 250»")
    servidor.matar()
    servidor.esperar_fin()
    vistas = [linea for linea in servidor.pantalla.split("\n")[:-1] if "«" in linea]
    assert len(vistas) >= 250
    assert anotado()[: len(vistas)] == vistas


def test_atiende_a_un_cliente_tras_otro_y_sigue_la_cuenta(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, PASO4)
    puerto = servidor.puerto()
    primero = conectar(puerto)
    primero.enviar("hola\n")
    servidor.esperar("«hola»")
    primero.cortar()
    servidor.esperar(SE_HA_CORTADO)
    cliente = arrancar_cliente(lanzar, PASO4, puerto)
    cliente.escribir("¿qué tal?")
    cliente.cerrar_teclado()
    servidor.esperar(EL_CLIENTE_HA_CERRADO)
    conectar(puerto).enviar("adiós\n")
    servidor.esperar("«adiós»")
    assert [re.sub(r" [\d:]+ ", " ", linea) for linea in anotado()] == [
        "1 «hola»",
        "2 «¿qué tal?»",
        "3 «adiós»",
    ]


def test_al_arrancar_otra_vez_anota_detras_y_cuenta_desde_uno(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    for mensaje in ("hola", "adiós"):
        servidor = arrancar_servidor(lanzar, PASO4)
        conectar(servidor.puerto()).enviar(f"{mensaje}\n")
        servidor.esperar(f"«{mensaje}»")
        servidor.matar()
        servidor.esperar_fin()
    assert [re.sub(r" [\d:]+ ", " ", linea) for linea in anotado()] == ["1 «hola»", "1 «adiós»"]


def test_en_el_paso_4_una_linea_que_no_es_utf_8_no_detiene_el_servidor(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, PASO4)
    conectar(servidor.puerto()).enviar("mañana\n".encode("latin-1") + b"sigo\n")
    servidor.esperar("«sigo»")
    assert mensajes(servidor) == ["ma�ana", "sigo"]


def test_en_el_paso_4_un_cliente_callado_hace_esperar_a_los_demas(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, PASO4)
    callado = conectar(servidor.puerto())
    servidor.esperar("[CONEXIÓN]")
    cliente = arrancar_cliente(lanzar, PASO4, servidor.puerto())
    cliente.escribir("¿hay alguien?")
    cliente.esperar("Mensaje: ", veces=2)  # el cliente ya lo ha enviado

    callado.enviar("sigo aquí\n")
    servidor.esperar("«sigo aquí»")
    assert "«¿hay alguien?»" not in servidor.pantalla

    callado.no_enviar_mas()
    servidor.esperar("«¿hay alguien?»")


def test_en_el_paso_4_una_linea_sin_fin_se_guarda_toda_en_memoria(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, PASO4)
    conexion = conectar(servidor.puerto())
    conexion.enviar("a" * 1_000_000)
    conexion.enviar("\n")
    servidor.esperar("»")
    assert mensajes(servidor) == ["a" * 1_000_000]
