"""Lección 04: cada paso hace lo que dice su guía, también en la red, y sus fallos ocurren."""

from __future__ import annotations

import ast
import re
import runpy
import socket
import sys
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from docs.taller.guion import GRABACIONES, todos_los_guiones
from docs.taller.sustancia import en_sustancia
from tests.apoyo.programa import RAIZ, Programa
from tests.apoyo.transcripcion import PLAZO
from tests.conftest import Conectar, Lanzar, LanzarNc

LECCION = RAIZ / "lessons" / "04_tramas"
PASO1 = LECCION / "paso1_trozos"
PASO2 = LECCION / "paso2_letras_partidas"
PASO3 = LECCION / "paso3_delimitador"
PASO4 = LECCION / "paso4_longitud"
PASO5 = LECCION / "paso5_decodificador"
PASOS = [PASO1, PASO2, PASO3, PASO4, PASO5]
CON_MENSAJES = [PASO3, PASO4, PASO5]
CON_CABECERA = [PASO4, PASO5]

EL_CLIENTE_HA_CERRADO = "[CONEXIÓN] El cliente ha cerrado"
SE_HA_CORTADO = "[CONEXIÓN] Se ha cortado la conexión con el cliente\n"
POEMA = "Volverán las oscuras golondrinas\nen tu balcón sus nidos a colgar"

con_ctrl_c = pytest.mark.skipif(
    sys.platform == "win32", reason="en Windows accept() y recv() no se interrumpen con Ctrl+C"
)


def en_los_pasos(*pasos: Path) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("paso", pasos, ids=lambda paso: str(paso.name))


def arrancar_servidor(lanzar: Lanzar, paso: Path, puerto: int = 0) -> Programa:
    return lanzar("servidor.py", str(puerto), carpeta=paso)


def arrancar_sin_tope(lanzar: Lanzar, paso: Path, tope: str) -> Programa:
    """El servidor de un paso, con su tope tan alto que es como si no estuviera."""
    cambiado = f"import sys, servidor; servidor.{tope} = 2**32; servidor.principal()"
    return lanzar("-c", cambiado, "0", carpeta=paso)


def arrancar_cliente(lanzar: Lanzar, paso: Path, puerto: int) -> Programa:
    return lanzar("cliente.py", "localhost", str(puerto), carpeta=paso)


def teclear(cliente: Programa, paso: Path, *mensajes: str) -> None:
    """Teclea cada mensaje y, donde puede tener varias líneas, el punto que lo acaba."""
    for mensaje in mensajes:
        cliente.escribir(mensaje, *(["."] if paso in CON_CABECERA else []))


def entramar(paso: Path, mensaje: str | bytes) -> bytes:
    """Los bytes con que un mensaje viaja en ese paso."""
    datos = mensaje.encode() if isinstance(mensaje, str) else mensaje
    if paso in CON_CABECERA:
        return len(datos).to_bytes(4, "big") + datos
    return datos + b"\n" if paso == PASO3 else datos


def mensajes(pantalla: str) -> list[str]:
    """Los mensajes que enseña un servidor, en orden."""
    encontrados = re.findall(r"^Mensaje (\d+): (.*)$", pantalla, re.MULTILINE)
    assert [int(numero) for numero, _ in encontrados] == list(range(1, len(encontrados) + 1))
    return [ast.literal_eval(mensaje) for _, mensaje in encontrados]


def recibido_de_un_cliente(lanzar: Lanzar, paso: Path, *lineas: str) -> bytes:
    """Los bytes que envía el cliente de un paso al teclear esas líneas."""
    with socket.create_server(("localhost", 0)) as escucha:
        escucha.settimeout(PLAZO)
        cliente = arrancar_cliente(lanzar, paso, escucha.getsockname()[1])
        conexion, _ = escucha.accept()
        with conexion:
            conexion.settimeout(PLAZO)
            cliente.escribir(*lineas)
            cliente.cerrar_teclado()
            datos = b""
            while trozo := conexion.recv(1024):
                datos += trozo
    assert cliente.termina_bien(), cliente.transcripcion()
    return datos


class ConexionDePega:
    """Da los trozos que se le digan, por orden, y `b""` al final, como haría un socket."""

    def __init__(self, trozos: list[bytes]) -> None:
        self._trozos = trozos

    def recv(self, cuantos: int) -> bytes:
        if not self._trozos:
            return b""
        primero, *resto = self._trozos
        self._trozos = [primero[cuantos:], *resto] if primero[cuantos:] else resto
        return primero[:cuantos]


@pytest.fixture
def servidor_sin_red(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Da `atender_cliente` del servidor de un paso, para darle los trozos sin red."""

    def cargar(paso: Path) -> Any:
        monkeypatch.syspath_prepend(str(paso))
        return runpy.run_path(str(paso / "servidor.py"))["atender_cliente"]

    yield cargar
    sys.modules.pop("tramas", None)


def maneras_de_partir(datos: bytes) -> Iterator[list[bytes]]:
    """Enteros, de uno en uno, y con uno o dos cortes por todos los sitios."""
    yield [datos]
    yield [datos[i : i + 1] for i in range(len(datos))]
    for i in range(1, len(datos)):
        yield [datos[:i], datos[i:]]
    for i, j in combinations(range(1, len(datos)), 2):
        yield [datos[:i], datos[i:j], datos[j:]]


# --- Lo que vale para todos los pasos ---


@en_los_pasos(*PASOS)
def test_sin_servidor_el_cliente_dice_que_hacer(lanzar: Lanzar, paso: Path) -> None:
    with socket.socket() as reservado:  # con el puerto tomado, pero sin escuchar
        reservado.bind(("127.0.0.1", 0))
        puerto = reservado.getsockname()[1]
        cliente = arrancar_cliente(lanzar, paso, puerto)
        assert cliente.esperar_fin() == 1
    assert cliente.errores.texto == (
        f"No hay ningún servidor en localhost:{puerto}. Arráncalo primero en otra terminal.\n"
    )


@en_los_pasos(*PASOS)
def test_con_el_puerto_ocupado_el_servidor_dice_que_hacer(lanzar: Lanzar, paso: Path) -> None:
    puerto = arrancar_servidor(lanzar, paso).puerto()
    segundo = arrancar_servidor(lanzar, paso, puerto)
    assert segundo.esperar_fin() == 1
    assert segundo.errores.texto == (
        f"No puedo usar el puerto {puerto}: ¿está ocupado? Usa otro o espera un minuto.\n"
    )


@con_ctrl_c
@en_los_pasos(*PASOS)
def test_ctrl_c_termina_el_servidor_y_se_puede_arrancar_otra_vez_enseguida(
    lanzar: Lanzar, conectar: Conectar, paso: Path
) -> None:
    servidor = arrancar_servidor(lanzar, paso)
    puerto = servidor.puerto()
    ana = conectar(puerto)
    servidor.esperar("[CONEXIÓN] Cliente conectado desde ('127.0.0.1', ")
    servidor.insistir_con_ctrl_c()
    assert servidor.termina_bien(), servidor.transcripcion()
    assert servidor.pantalla.endswith("\n[SERVIDOR] Servidor cerrado\n")
    ana.esperar_fin()
    assert arrancar_servidor(lanzar, paso, puerto).puerto() == puerto


@con_ctrl_c
@en_los_pasos(*PASOS)
def test_ctrl_c_termina_el_cliente_y_el_servidor_atiende_a_otro(lanzar: Lanzar, paso: Path) -> None:
    servidor = arrancar_servidor(lanzar, paso)
    ana = arrancar_cliente(lanzar, paso, servidor.puerto())
    ana.esperar("Mensaje: ")
    ana.insistir_con_ctrl_c()
    assert ana.termina_bien(), ana.transcripcion()
    assert ana.pantalla == "Mensaje: \nAdiós.\n"
    servidor.esperar(EL_CLIENTE_HA_CERRADO)
    carlos = arrancar_cliente(lanzar, paso, servidor.puerto())
    teclear(carlos, paso, "hola")
    servidor.esperar("'hola'\n" if paso != PASO1 else "b'hola'\n")


@en_los_pasos(*PASOS)
def test_el_fin_de_la_entrada_termina_el_cliente(lanzar: Lanzar, paso: Path) -> None:
    cliente = arrancar_cliente(lanzar, paso, arrancar_servidor(lanzar, paso).puerto())
    cliente.cerrar_teclado()
    assert cliente.termina_bien(), cliente.transcripcion()
    assert cliente.pantalla == "Mensaje: \nAdiós.\n"


@en_los_pasos(*PASOS)
def test_una_conexion_cortada_de_golpe_no_impide_atender_a_otra(
    lanzar: Lanzar, conectar: Conectar, paso: Path
) -> None:
    servidor = arrancar_servidor(lanzar, paso)
    eva = conectar(servidor.puerto())
    servidor.esperar("[CONEXIÓN] Cliente conectado")
    eva.cortar()
    servidor.esperar(SE_HA_CORTADO)
    conectar(servidor.puerto()).enviar(entramar(paso, "hola"))
    servidor.esperar("'hola'\n")
    assert servidor.errores.texto == ""


@en_los_pasos(*PASOS)
def test_nada_de_lo_que_se_envia_manda_sobre_la_terminal(
    lanzar: Lanzar, conectar: Conectar, paso: Path
) -> None:
    servidor = arrancar_servidor(lanzar, paso)
    conectar(servidor.puerto()).enviar(entramar(paso, "\x1b[2J\a"))
    servidor.esperar(r"'\x1b[2J\x07'" + "\n")
    assert "\x1b" not in servidor.pantalla


@en_los_pasos(*PASOS)
def test_si_el_servidor_cierra_el_cliente_lo_dice(lanzar: Lanzar, paso: Path) -> None:
    with socket.create_server(("localhost", 0)) as escucha:
        escucha.settimeout(PLAZO)
        cliente = arrancar_cliente(lanzar, paso, escucha.getsockname()[1])
        conexion, _ = escucha.accept()
        cliente.esperar("Mensaje: ")
        conexion.close()
        teclear(cliente, paso, "uno")  # provoca el corte, y aún no se nota
        cliente.esperar("Mensaje: ", veces=2)
        teclear(cliente, paso, "dos")
    assert cliente.esperar_fin() == 1
    assert cliente.errores.texto == "El servidor ha cerrado la conexión.\n"


@pytest.mark.parametrize(
    ("paso", "viaja"),
    [
        (PASO1, rb"s\xc3\xad"),
        (PASO2, rb"s\xc3\xad"),
        (PASO3, rb"s\xc3\xad\n"),
        (PASO4, rb"\x00\x00\x00\x03s\xc3\xad"),
        (PASO5, rb"\x00\x00\x00\x03s\xc3\xad"),
    ],
    ids=[paso.name for paso in PASOS],
)
def test_lo_que_viaja_es_lo_que_dice_la_tabla_de_la_guia(
    lanzar: Lanzar, paso: Path, viaja: bytes
) -> None:
    teclado = ["sí", "."] if paso in CON_CABECERA else ["sí"]
    recibido = recibido_de_un_cliente(lanzar, paso, *teclado)
    assert recibido == ast.literal_eval(f"b'{viaja.decode()}'")
    guia = (LECCION / "README.md").read_text(encoding="utf-8")
    assert re.search(rf"^\| . `{paso.name}` \|.*\| `{re.escape(viaja.decode())}` \|$", guia, re.M)


# --- La guía ---


def bloques_de_la_guia(lenguaje: str) -> str:
    guia = (LECCION / "README.md").read_text(encoding="utf-8")
    encontrados = re.findall(rf"^```{lenguaje}\n(.*?)^```", guia, re.DOTALL | re.MULTILINE)
    assert encontrados
    return "\n".join(encontrados)


def test_el_codigo_citado_en_la_guia_es_el_de_los_pasos() -> None:
    de_los_pasos = {
        linea.strip()
        for archivo in LECCION.glob("paso*/*.py")
        for linea in archivo.read_text(encoding="utf-8").splitlines()
    }
    citadas = {linea.strip() for linea in bloques_de_la_guia("python").splitlines()}
    assert citadas <= de_los_pasos


def test_las_consolas_de_la_guia_son_las_grabadas() -> None:
    """Línea a línea: las horas y los puertos del sistema no cuentan."""
    ruta = Path("una_grabacion.txt")
    grabadas = {
        en_sustancia(ruta, linea)
        for grabacion in (GRABACIONES / "04_tramas").rglob("*.txt")
        for linea in grabacion.read_text(encoding="utf-8").splitlines()
    }
    grabadas |= {linea[10:] for linea in grabadas if re.match(r"\S{8}  cliente", linea)}
    ordenes = {
        accion.texto
        for guion in todos_los_guiones("04_tramas")
        for accion in guion.acciones
        if accion.orden
    }
    for linea in filter(None, bloques_de_la_guia("console").splitlines()):
        if orden := re.match(r"Terminal \d\$ (.*)", linea):
            assert orden[1] in ordenes
        else:
            assert en_sustancia(ruta, linea) in grabadas


# --- Paso 1: los trozos ---


def test_en_el_paso_1_cada_trozo_se_ve_con_sus_bytes(lanzar: Lanzar) -> None:
    servidor = arrancar_servidor(lanzar, PASO1)
    cliente = arrancar_cliente(lanzar, PASO1, servidor.puerto())
    cliente.escribir("Hola")
    servidor.esperar("Trozo 1 (bytes: 4): b'Hola'\n")
    cliente.escribir("¿sí?")
    servidor.esperar(r"Trozo 2 (bytes: 6): b'\xc2\xbfs\xc3\xad?'" + "\n")
    cliente.cerrar_teclado()
    servidor.esperar(f"{EL_CLIENTE_HA_CERRADO}\n")


def test_en_el_paso_1_un_mensaje_largo_llega_en_dos_trozos_y_parte_una_letra(
    lanzar: Lanzar,
) -> None:
    servidor = arrancar_servidor(lanzar, PASO1)
    cliente = arrancar_cliente(lanzar, PASO1, servidor.puerto())
    cliente.escribir("¿Quién ha visto hoy la cigüeña en la torre?")
    servidor.esperar("torre?'\n")
    assert re.search(r"Trozo 1 \(bytes: 32\): b'.*\\xc3'\n", servidor.pantalla)
    assert "Trozo 2 (bytes: 15): b'\\xb1a en la torre?'\n" in servidor.pantalla


@en_los_pasos(PASO1, PASO2)
def test_lo_que_se_escribe_mientras_el_servidor_atiende_a_otra_llega_en_un_trozo(
    lanzar: Lanzar, conectar: Conectar, paso: Path
) -> None:
    servidor = arrancar_servidor(lanzar, paso)
    ana = conectar(servidor.puerto())
    servidor.esperar("[CONEXIÓN] Cliente conectado")
    carlos = arrancar_cliente(lanzar, paso, servidor.puerto())
    carlos.escribir("uno", "dos", "tres")
    carlos.esperar("Mensaje: ", veces=4)  # los tres están enviados
    ana.cerrar()
    servidor.esperar("Trozo 1 (bytes: 10): " + ("b" if paso == PASO1 else "") + "'unodostres'\n")


@en_los_pasos(PASO1, PASO2)
def test_con_el_espia_dos_mensajes_llegan_en_un_trozo(lanzar: Lanzar, paso: Path) -> None:
    servidor = arrancar_servidor(lanzar, paso)
    espia = arrancar_espia(lanzar, servidor.puerto(), "pegar", "60000")
    cliente = arrancar_cliente(lanzar, paso, espia.puerto())
    cliente.escribir("Hola", "adiós")
    cliente.esperar("Mensaje: ", veces=3)
    cliente.cerrar_teclado()
    servidor.esperar(EL_CLIENTE_HA_CERRADO)
    assert servidor.pantalla.count("Trozo") == 1


def arrancar_espia(lanzar: Lanzar, puerto: int, falta: str, valor: str) -> Programa:
    hacia = ["--escucha", "0", "--hacia", f"localhost:{puerto}"]
    return lanzar("-m", "chatlab", "espia", *hacia, "--falta", falta, "--valor", valor)


# --- Paso 2: las letras partidas ---


def test_en_el_paso_2_una_letra_partida_sale_entera(lanzar: Lanzar, conectar: Conectar) -> None:
    servidor = arrancar_servidor(lanzar, PASO2)
    ana = conectar(servidor.puerto())
    ana.enviar(b"ma\xc3")  # media «ñ»
    servidor.esperar("Trozo 1 (bytes: 3): 'ma'\n")
    ana.enviar(b"\xb1ana")
    servidor.esperar("Trozo 2 (bytes: 4): 'ñana'\n")


def test_en_el_paso_2_la_media_letra_de_una_no_se_junta_con_lo_de_otro(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, PASO2)
    ana = conectar(servidor.puerto())
    ana.enviar(b"ma\xc3")
    servidor.esperar("'ma'\n")
    ana.cerrar()
    conectar(servidor.puerto()).enviar("hola")
    servidor.esperar("'hola'\n")


@en_los_pasos(PASO2, *CON_MENSAJES)
def test_lo_que_no_es_utf8_no_detiene_al_servidor(
    lanzar: Lanzar, conectar: Conectar, paso: Path
) -> None:
    servidor = arrancar_servidor(lanzar, paso)
    eva = conectar(servidor.puerto())
    eva.enviar(entramar(paso, b"a\xf1o nuevo"))
    servidor.esperar("'a�o nuevo'\n")
    eva.enviar(entramar(paso, "hola"))
    servidor.esperar("'hola'\n")


def test_en_el_paso_2_la_demostracion_parte_la_letra_y_solo_con_memoria_sale_bien(
    lanzar: Lanzar,
) -> None:
    demostracion = lanzar("demostracion.py", carpeta=PASO2)
    assert demostracion.termina_bien(), demostracion.transcripcion()
    assert (
        "[b'a\\xc3', b'\\xb1o']\n"
        "    sin cuidado: UnicodeDecodeError\n"
        "    con replace: ['a�', '�o']\n"
        "    con memoria: ['a', 'ño']\n"
    ) in demostracion.pantalla
    assert demostracion.pantalla.count("con memoria:") == len("año".encode()) - 1
    assert demostracion.pantalla.count("�") == 2


# --- Los tres pasos que separan mensajes ---


@en_los_pasos(*CON_MENSAJES)
def test_cada_mensaje_tecleado_llega_entero_y_separado_tambien_el_vacio(
    lanzar: Lanzar, paso: Path
) -> None:
    servidor = arrancar_servidor(lanzar, paso)
    cliente = arrancar_cliente(lanzar, paso, servidor.puerto())
    largo = "¿Quién ha visto hoy la cigüeña en la torre? " * 5
    teclear(cliente, paso, "Hola", largo, "", "🙂")
    cliente.cerrar_teclado()
    servidor.esperar(EL_CLIENTE_HA_CERRADO)
    assert mensajes(servidor.pantalla) == ["Hola", largo, "", "🙂"]


@en_los_pasos(*CON_MENSAJES)
@pytest.mark.parametrize(
    ("falta", "valor"), [("de-uno-en-uno", "20"), ("pegar", "60000"), ("frenar", "100")]
)
def test_el_espia_no_cambia_los_mensajes(
    lanzar: Lanzar, paso: Path, falta: str, valor: str
) -> None:
    servidor = arrancar_servidor(lanzar, paso)
    espia = arrancar_espia(lanzar, servidor.puerto(), falta, valor)
    cliente = arrancar_cliente(lanzar, paso, espia.puerto())
    teclear(cliente, paso, "sí", "ñandú")
    cliente.cerrar_teclado()
    servidor.esperar(EL_CLIENTE_HA_CERRADO)
    assert mensajes(servidor.pantalla) == ["sí", "ñandú"]


@en_los_pasos(*CON_MENSAJES)
def test_da_lo_mismo_por_donde_se_partan_los_bytes(
    servidor_sin_red: Any, capsys: pytest.CaptureFixture[str], paso: Path
) -> None:
    atender_cliente = servidor_sin_red(paso)
    datos = b"".join(entramar(paso, mensaje) for mensaje in ("sí", "", "a b", "🙂"))
    for trozos in maneras_de_partir(datos):
        atender_cliente(ConexionDePega(trozos))
        assert mensajes(capsys.readouterr().out) == ["sí", "", "a b", "🙂"], trozos


@en_los_pasos(*CON_MENSAJES)
def test_del_mensaje_a_medias_de_quien_se_va_no_se_ve_nada(
    lanzar: Lanzar, conectar: Conectar, paso: Path
) -> None:
    servidor = arrancar_servidor(lanzar, paso)
    eva = conectar(servidor.puerto())
    eva.enviar(entramar(paso, "entero") + entramar(paso, "a medias")[:-1])
    eva.cerrar()
    conectar(servidor.puerto()).enviar(entramar(paso, "hola"))
    servidor.esperar("Mensaje 1: 'hola'\n")
    assert "a medias'" not in servidor.pantalla
    a_medias = {
        PASO3: "ha cerrado. Bytes a medias: 8\n",
        PASO4: "[CONEXIÓN] La corto: el cliente ha cerrado a mitad de un mensaje\n",
        PASO5: "ha cerrado. Bytes a medias: 11\n",
    }
    assert a_medias[paso] in servidor.pantalla


TOPES = {PASO3: 1000, PASO4: 10_000, PASO5: 10_000}


@en_los_pasos(*CON_MENSAJES)
def test_un_mensaje_que_llega_justo_al_tope_se_acepta_y_uno_que_pasa_se_corta(
    lanzar: Lanzar, conectar: Conectar, paso: Path
) -> None:
    servidor = arrancar_servidor(lanzar, paso)
    justo = "a" * TOPES[paso]
    eva = conectar(servidor.puerto())
    eva.enviar(entramar(paso, justo))
    servidor.esperar(f"Mensaje 1: '{justo}'\n")
    eva.enviar(entramar(paso, justo + "a"))
    eva.esperar_fin()
    servidor.esperar("[CONEXIÓN] La corto: ")
    assert len(mensajes(servidor.pantalla)) == 1
    conectar(servidor.puerto()).enviar(entramar(paso, "hola"))
    servidor.esperar("Mensaje 1: 'hola'\n")
    assert servidor.errores.texto == ""


# --- Paso 3: el delimitador ---


def test_en_el_paso_3_se_puede_hablar_con_nc(lanzar: Lanzar, nc: LanzarNc) -> None:
    servidor = arrancar_servidor(lanzar, PASO3)
    carlos = nc(servidor.puerto())
    carlos.escribir("hola desde nc")
    servidor.esperar("Mensaje 1: 'hola desde nc'\n")


def test_en_el_paso_3_una_linea_que_no_acaba_se_corta_al_llegar_al_tope(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, PASO3)
    eva = conectar(servidor.puerto())
    eva.enviar("a" * 1001)  # ni un final de línea, ni se va
    eva.esperar_fin()
    servidor.esperar("[CONEXIÓN] La corto: una línea pasa de 1000 bytes\n")


def test_en_el_paso_3_sin_tope_se_guarda_todo_lo_que_llegue(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_sin_tope(lanzar, PASO3, "MAX_LINEA")
    eva = conectar(servidor.puerto())
    eva.enviar("a" * 100_000)
    eva.no_enviar_mas()
    servidor.esperar(f"{EL_CLIENTE_HA_CERRADO}. Bytes a medias: 100000\n")


def test_en_el_paso_3_el_tope_no_depende_de_como_se_partan_los_bytes(
    servidor_sin_red: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    atender_cliente = servidor_sin_red(PASO3)
    datos = b"buena\n" + b"a" * 1001 + b"\nno se ve\n"
    for corte in (0, 5, 6, 7, 1005, 1006, 1007, 1008, 1009):
        atender_cliente(
            ConexionDePega([trozo for trozo in (datos[:corte], datos[corte:]) if trozo])
        )
        pantalla = capsys.readouterr().out
        assert mensajes(pantalla) == ["buena"], corte
        assert pantalla.endswith("[CONEXIÓN] La corto: una línea pasa de 1000 bytes\n")


def test_en_el_paso_3_un_poema_llega_como_dos_mensajes(lanzar: Lanzar, conectar: Conectar) -> None:
    servidor = arrancar_servidor(lanzar, PASO3)
    conectar(servidor.puerto()).enviar(POEMA + "\n")
    servidor.esperar("Mensaje 2: ")
    servidor.esperar("colgar'\n")
    assert mensajes(servidor.pantalla) == POEMA.split("\n")


# --- Pasos 4 y 5: la longitud ---


@en_los_pasos(*CON_CABECERA)
def test_un_poema_es_un_solo_mensaje_y_el_punto_no_viaja(lanzar: Lanzar, paso: Path) -> None:
    servidor = arrancar_servidor(lanzar, paso)
    cliente = arrancar_cliente(lanzar, paso, servidor.puerto())
    cliente.escribir(*POEMA.split("\n"), ".", "..", "a.", ".", ".")
    cliente.cerrar_teclado()
    servidor.esperar(EL_CLIENTE_HA_CERRADO)
    assert mensajes(servidor.pantalla) == [POEMA, "..\na.", ""]


@en_los_pasos(*CON_CABECERA)
def test_lo_que_se_teclea_sin_el_punto_no_se_envia(lanzar: Lanzar, paso: Path) -> None:
    assert recibido_de_un_cliente(lanzar, paso, "uno", ".", "dos") == entramar(paso, "uno")


@en_los_pasos(*CON_CABECERA)
@pytest.mark.parametrize(
    ("enviado", "longitud"), [("hola", 1752132705), ("GET / HTTP/1.1\r\n", 1195725856)]
)
def test_quien_no_envia_tramas_se_corta_con_una_frase(
    lanzar: Lanzar, conectar: Conectar, paso: Path, enviado: str, longitud: int
) -> None:
    servidor = arrancar_servidor(lanzar, paso)
    eva = conectar(servidor.puerto())
    eva.enviar(enviado)
    eva.esperar_fin()
    servidor.esperar("[CONEXIÓN] La corto: ")
    servidor.esperar("10000")
    assert str(longitud) in servidor.pantalla
    conectar(servidor.puerto()).enviar(entramar(paso, "hola"))
    servidor.esperar("Mensaje 1: 'hola'\n")


@en_los_pasos(*CON_CABECERA)
def test_una_longitud_equivocada_estropea_lo_que_viene_detras(
    lanzar: Lanzar, conectar: Conectar, paso: Path
) -> None:
    servidor = arrancar_servidor(lanzar, paso)
    eva = conectar(servidor.puerto())
    eva.enviar(b"\x00\x00\x00\x04" + b"barco" + entramar(paso, "tren"))
    eva.esperar_fin()
    servidor.esperar("[CONEXIÓN] La corto: ")
    assert mensajes(servidor.pantalla) == ["barc"]


def test_en_el_paso_4_sin_tope_el_servidor_espera_lo_que_no_va_a_llegar(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_sin_tope(lanzar, PASO4, "MAX_MENSAJE")
    carlos = conectar(servidor.puerto())
    carlos.enviar("hola\n¿Por qué no sale nada?\n")
    servidor.esperar("Cabecera b'hola': longitud 1752132705\n")
    carlos.cerrar()
    servidor.esperar("[CONEXIÓN] La corto: el cliente ha cerrado a mitad de un mensaje\n")
    assert mensajes(servidor.pantalla) == []


def test_en_el_paso_4_una_cabecera_a_medias_no_es_irse_bien(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, PASO4)
    eva = conectar(servidor.puerto())
    eva.enviar(b"\x00\x00")
    eva.cerrar()
    servidor.esperar("[CONEXIÓN] La corto: el cliente ha cerrado a mitad de una cabecera\n")


@en_los_pasos(*CON_CABECERA)
def test_mientras_una_no_acaba_su_mensaje_los_demas_esperan(
    lanzar: Lanzar, conectar: Conectar, paso: Path
) -> None:
    servidor = arrancar_servidor(lanzar, paso)
    eva = conectar(servidor.puerto())
    eva.enviar(entramar(paso, "antes") + b"\x00\x00\x00\x64tra")
    servidor.esperar("'antes'\n")
    carlos = arrancar_cliente(lanzar, paso, servidor.puerto())
    teclear(carlos, paso, "¿Hay alguien?")
    carlos.esperar("Mensaje: ", veces=2)  # está enviado
    eva.enviar("x" * 97)
    servidor.esperar(f"Mensaje 2: 'tra{'x' * 97}'\n")
    eva.cerrar()
    servidor.esperar("Mensaje 1: '¿Hay alguien?'\n")
    assert servidor.pantalla.index("tra") < servidor.pantalla.index("alguien")


def test_en_el_paso_4_separar_los_mensajes_no_se_puede_probar_sin_un_socket(lanzar: Lanzar) -> None:
    orden = r"import servidor; servidor.recibir_mensaje(b'\x00\x00\x00\x04hola')"
    prueba = lanzar("-c", orden, carpeta=PASO4)
    assert prueba.esperar_fin() == 1
    assert "AttributeError: 'bytes' object has no attribute 'recv'" in prueba.errores.texto


# --- Paso 5: el decodificador ---


def test_en_el_paso_5_las_tramas_no_tienen_entrada_ni_salida() -> None:
    arbol = ast.parse((PASO5 / "tramas.py").read_text(encoding="utf-8"))
    importados = [nodo for nodo in ast.walk(arbol) if isinstance(nodo, ast.Import | ast.ImportFrom)]
    assert [ast.unparse(nodo) for nodo in importados] == ["from dataclasses import dataclass"]
    llamadas = {ast.unparse(nodo.func) for nodo in ast.walk(arbol) if isinstance(nodo, ast.Call)}
    assert not llamadas & {"print", "input", "open"}


def test_en_el_paso_5_la_prueba_parte_los_bytes_de_todas_las_maneras(lanzar: Lanzar) -> None:
    prueba = lanzar("prueba_tramas.py", carpeta=PASO5)
    assert prueba.termina_bien(), prueba.transcripcion()
    assert prueba.pantalla == ("Bien: 15 bytes, partidos de 16384 maneras, dan siempre lo mismo.\n")
    maneras = "import itertools, prueba_tramas as p; print(len({tuple(p.partir(b'abcde', c)) "
    maneras += "for c in itertools.product([False, True], repeat=4)}))"
    distintas = lanzar("-c", maneras, carpeta=PASO5)
    assert distintas.termina_bien(), distintas.transcripcion()
    assert distintas.pantalla == f"{2**4}\n"


@pytest.mark.parametrize(
    ("bueno", "malo"),
    [
        ("self._pendiente += datos", "self._pendiente = datos"),
        ("self._pendiente = self._pendiente[final:]", "self._pendiente = b''"),
        ("if len(self._pendiente) < final:", "if len(self._pendiente) < final - 1:"),
        ("if len(self._pendiente) < BYTES_DE_CABECERA:", "if not self._pendiente:"),
        ("while (mensaje := self._sacar()) is not None:", "while mensaje := self._sacar():"),
        ("if longitud > MAX_MENSAJE:", "if longitud > 2**32:"),
    ],
)
def test_en_el_paso_5_la_prueba_descubre_un_decodificador_estropeado(
    lanzar: Lanzar, tmp_path: Path, bueno: str, malo: str
) -> None:
    tramas = (PASO5 / "tramas.py").read_text(encoding="utf-8")
    assert tramas.count(bueno) == 1
    (tmp_path / "tramas.py").write_text(tramas.replace(bueno, malo), encoding="utf-8")
    prueba = (PASO5 / "prueba_tramas.py").read_text(encoding="utf-8")
    (tmp_path / "prueba_tramas.py").write_text(prueba, encoding="utf-8")
    estropeada = lanzar("prueba_tramas.py", carpeta=tmp_path)
    assert estropeada.esperar_fin() == 1
    assert estropeada.errores.texto.startswith("Mal. Con [")


def test_en_el_paso_5_lo_bueno_que_venia_delante_de_una_trama_mala_no_se_pierde(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, PASO5)
    eva = conectar(servidor.puerto())
    eva.enviar(entramar(PASO5, "hola") + b"GET / HTTP/1.1")  # caben en un solo trozo
    eva.esperar_fin()
    servidor.esperar("[CONEXIÓN] La corto: anuncia 1195725856 bytes, y el tope es 10000\n")
    assert mensajes(servidor.pantalla) == ["hola"]


def test_en_el_paso_5_el_decodificador_nunca_guarda_mas_que_una_trama_y_un_trozo() -> None:
    decodificador = runpy.run_path(str(PASO5 / "tramas.py"))["Decodificador"]()
    trama = entramar(PASO5, b"x" * 9_000)
    recibidos = 0
    for _ in range(100):
        recibidos += len(decodificador.recibir(trama[:5000]))
        assert decodificador.bytes_a_medias() <= len(trama)
        recibidos += len(decodificador.recibir(trama[5000:]))
        assert decodificador.bytes_a_medias() == 0
    assert recibidos == 100

    assert len(decodificador.recibir(b"hola")) == 1  # una trama mala, y ya no se lee más
    assert decodificador.recibir(b"x" * 100_000) == []
    assert decodificador.bytes_a_medias() == 0
