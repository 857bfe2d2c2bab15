"""La bitácora: el cliente escribe, el servidor apunta, y lo que se ha visto no se pierde."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from pathlib import Path

import pytest

from chatlab.bitacora.cuaderno import Cuaderno
from chatlab.red.antesala import MAX_ESPERANDO
from tests.apoyo.conexion import Conexion
from tests.apoyo.programa import RAIZ, Programa, con_head
from tests.apoyo.transcripcion import PLAZO
from tests.conftest import Conectar, Lanzar, LanzarNc

SERVIDOR = "chatlab.bitacora.servidor"
CLIENTE = "chatlab.bitacora.cliente"

APUNTE = re.compile(r"(\d+)  (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)  (127\.0\.0\.1:\d+)  (.*)")
CONECTADO = "* Conectado a localhost. Escribe salir para irte.\n"

ESPERA = "* Espera: el servidor está con otra persona. Lo que escribas no se pierde.\n"
ATENDIDO = "* El servidor ya está contigo.\n"

solo_en_linux = pytest.mark.skipif(sys.platform != "linux", reason="usa algo propio de Linux")


def arrancar_servidor(lanzar: Lanzar, *opciones: str) -> Programa:
    return lanzar("-m", SERVIDOR, "--puerto", "0", *opciones)


def arrancar_cliente(lanzar: Lanzar, puerto: int) -> Programa:
    return lanzar("-m", CLIENTE, "--puerto", str(puerto))


def servidor_ocupado(lanzar: Lanzar, conectar: Conectar) -> tuple[Programa, Conexion]:
    """Un servidor que atiende a una conexión, y esa conexión: quien llegue después espera."""
    servidor = arrancar_servidor(lanzar)
    atendido = conectar(servidor.puerto())
    servidor.esperar("se ha conectado")
    return servidor, atendido


def apuntes(texto: str) -> list[str]:
    """Las líneas apuntadas, enteras, de una pantalla o de un archivo."""
    return [linea for linea in texto.split("\n") if APUNTE.fullmatch(linea)]


def numeros(texto: str) -> list[int]:
    return [int(linea.split()[0]) for linea in apuntes(texto)]


def mensajes(texto: str) -> list[str]:
    return [linea.split("  ", maxsplit=3)[3] for linea in apuntes(texto)]


def origen(conexion: Conexion) -> str:
    host, puerto = conexion.socket.getsockname()
    return f"{host}:{puerto}"


def esperar_despedida(servidor: Programa, *, veces: int = 1) -> str:
    """Espera a que el servidor diga cuánto envió cada cliente; devuelve su pantalla."""
    return servidor.esperar(" bytes\n", veces=veces)


# --- El servidor: lo que apunta ----------------------------------------------------------------


def test_lo_primero_que_dice_el_servidor_es_donde_escucha(lanzar: Lanzar) -> None:
    servidor = arrancar_servidor(lanzar)
    puerto = servidor.puerto()
    assert puerto > 0
    assert servidor.esperar("\n") == f"Escuchando en 127.0.0.1:{puerto}\n"


def test_cada_linea_lleva_su_numero_su_hora_y_su_origen(lanzar: Lanzar, conectar: Conectar) -> None:
    servidor = arrancar_servidor(lanzar)
    cliente = conectar(servidor.puerto())
    antes = datetime.now().replace(microsecond=0)
    cliente.enviar("hola\n\n¿Qué tal, señor 😀?\n")
    servidor.esperar("😀?\n")
    despues = datetime.now()

    vistas = apuntes(servidor.pantalla)
    partes = [APUNTE.fullmatch(linea) for linea in vistas]
    assert [parte.group(1, 3, 4) for parte in partes if parte] == [
        ("1", origen(cliente), "hola"),
        ("2", origen(cliente), ""),
        ("3", origen(cliente), "¿Qué tal, señor 😀?"),
    ]
    for parte in partes:
        assert parte and antes <= datetime.fromisoformat(parte[2]) <= despues


def test_atiende_a_un_cliente_tras_otro_y_dice_cuanto_envio_cada_uno(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar)
    puerto = servidor.puerto()
    clientes = []
    for numero, texto in enumerate(("uno\ndos\n", "ñ\n", ""), start=1):
        clientes.append(conectar(puerto))
        clientes[-1].enviar(texto)
        clientes[-1].no_enviar_mas()
        esperar_despedida(servidor, veces=numero)

    avisos = [linea for linea in servidor.pantalla.split("\n") if linea.startswith("-- ")]
    assert avisos == [
        f"-- {origen(clientes[0])} se ha conectado",
        f"-- {origen(clientes[0])} ha terminado: 2 líneas, 8 bytes",
        f"-- {origen(clientes[1])} se ha conectado",
        f"-- {origen(clientes[1])} ha terminado: 1 línea, 3 bytes",
        f"-- {origen(clientes[2])} se ha conectado",
        f"-- {origen(clientes[2])} ha terminado: 0 líneas, 0 bytes",
    ]
    assert numeros(servidor.pantalla) == [1, 2, 3], "la numeración sigue de un cliente a otro"


def test_un_byte_cada_vez_se_entiende_igual(lanzar: Lanzar, conectar: Conectar) -> None:
    servidor = arrancar_servidor(lanzar)
    cliente = conectar(servidor.puerto())
    # Sin esto, el sistema junta los bytes antes de enviarlos.
    cliente.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for byte in "ñ á 😀\r\nsegunda\n".encode():
        cliente.enviar(bytes([byte]))
    servidor.esperar("segunda\n")
    assert mensajes(servidor.pantalla) == ["ñ á 😀", "segunda"]


def test_nc_es_un_cliente_mas(lanzar: Lanzar, nc: LanzarNc) -> None:
    servidor = arrancar_servidor(lanzar)
    cliente = nc(servidor.puerto(), "-N")
    cliente.escribir("hola desde nc", "adiós 😀")
    cliente.cerrar_teclado()
    esperar_despedida(servidor)
    assert mensajes(servidor.pantalla) == ["hola desde nc", "adiós 😀"]
    assert cliente.esperar_fin() == 0
    assert cliente.pantalla == ""


def test_las_lineas_malas_se_apuntan_con_su_motivo_y_se_sigue(
    lanzar: Lanzar, conectar: Conectar, tmp_path: Path
) -> None:
    archivo = tmp_path / "bitacora.txt"
    servidor = arrancar_servidor(lanzar, "--archivo", str(archivo))
    cliente = conectar(servidor.puerto())
    cliente.enviar(b"a" * 4095 + b"\n")
    cliente.enviar(b"b" * 1_000_000 + b"\n")
    cliente.enviar("mañana\n".encode("latin-1"))
    cliente.enviar("\x1b[2J\x1b]0;título\x07\u202eborra\x9b2J\ttodo\n")
    cliente.enviar("sigo aquí\n")
    servidor.esperar("sigo aquí\n")

    assert mensajes(servidor.pantalla) == [
        "a" * 4095,
        "[línea descartada] La línea pasa de 4096 bytes, el máximo. Pártela.",
        "[línea descartada] La línea no es UTF-8: el byte 3 es 0xf1. Pon tu terminal en UTF-8.",
        "[2J]0;títuloborra2J todo",
        "sigo aquí",
    ]
    assert apuntes(archivo.read_text("utf-8")) == apuntes(servidor.pantalla)
    for mando in ("\x1b", "\x07", "\x9b", "\u202e"):
        assert mando not in servidor.pantalla
        assert mando not in archivo.read_text("utf-8")


@pytest.mark.parametrize("cortada", [False, True], ids=["terminada", "cortada"])
def test_la_media_linea_de_un_cliente_que_se_va_tambien_se_apunta(
    lanzar: Lanzar, conectar: Conectar, cortada: bool
) -> None:
    servidor = arrancar_servidor(lanzar)
    puerto = servidor.puerto()
    cliente = conectar(puerto)
    cliente.enviar("entera\na medi")
    servidor.esperar("entera\n")
    if cortada:
        cliente.cortar()
    else:
        cliente.no_enviar_mas()
    final = "se ha cortado" if cortada else "ha terminado"
    servidor.esperar(f" {final}: 2 líneas, 13 bytes\n")
    conectar(puerto).enviar("otro\n")
    servidor.esperar("otro\n")
    assert mensajes(servidor.pantalla) == ["entera", "a medi", "otro"]


def test_el_servidor_no_envia_ni_un_byte(lanzar: Lanzar, conectar: Conectar) -> None:
    servidor = arrancar_servidor(lanzar)
    for datos in (b"hola\n", b"\xff\n", b"x" * 5000 + b"\n", b"/ayuda\n", b"salir\n", b""):
        cliente = conectar(servidor.puerto())
        cliente.enviar(datos)
        cliente.no_enviar_mas()
        assert cliente.esperar_fin() == "", f"contestó a {datos[:10]!r}"


# --- El servidor: cómo termina -----------------------------------------------------------------


def test_ctrl_c_termina_bien_y_el_puerto_queda_libre(lanzar: Lanzar, conectar: Conectar) -> None:
    servidor = arrancar_servidor(lanzar)
    puerto = servidor.puerto()
    cliente = conectar(puerto)
    cliente.enviar("hola\n")
    servidor.esperar("hola\n")
    servidor.ctrl_c()
    assert servidor.esperar_fin() == 0, servidor.transcripcion()
    assert servidor.errores.texto == ""
    assert servidor.pantalla.endswith("\nBitácora cerrada: 1 línea.\n")
    assert cliente.esperar_fin() == ""

    otro = lanzar("-m", SERVIDOR, "--puerto", str(puerto))
    assert otro.puerto() == puerto, otro.transcripcion()


def test_ctrl_c_termina_tambien_al_servidor_que_espera(lanzar: Lanzar) -> None:
    servidor = arrancar_servidor(lanzar)
    servidor.puerto()
    servidor.ctrl_c()
    assert servidor.esperar_fin() == 0, servidor.transcripcion()
    assert servidor.errores.texto == ""


def test_el_servidor_termina_con_una_frase_si_nadie_lee_su_pantalla(
    conectar: Conectar, tmp_path: Path
) -> None:
    archivo = tmp_path / "bitacora.txt"
    with con_head("-m", SERVIDOR, "--puerto", "0", "--archivo", str(archivo)) as (linea, proceso):
        conectar(int(linea.rpartition(":")[2])).enviar("hola\n")
        _, errores = proceso.communicate(timeout=PLAZO)
    assert errores == "Nadie lee la salida de este programa: lo dejo aquí.\n"
    assert proceso.returncode == 1


# --- El archivo --------------------------------------------------------------------------------


def test_el_archivo_guarda_lo_mismo_que_se_ve_y_sigue_la_cuenta_al_reabrirlo(
    lanzar: Lanzar, conectar: Conectar, tmp_path: Path
) -> None:
    archivo = tmp_path / "bitacora.txt"
    vistas = []
    for mensaje in ("uno\ndos\n", "tres\n"):
        servidor = arrancar_servidor(lanzar, "--archivo", str(archivo), "--fsync")
        cliente = conectar(servidor.puerto())
        cliente.enviar(mensaje)
        cliente.no_enviar_mas()
        esperar_despedida(servidor)
        vistas += apuntes(servidor.pantalla)
        servidor.ctrl_c()
        assert servidor.esperar_fin() == 0
    assert archivo.read_text("utf-8") == "".join(f"{linea}\n" for linea in vistas)
    assert numeros(archivo.read_text("utf-8")) == [1, 2, 3]


LINEAS = 100_000


@contextmanager
def servidor_que_se_lee_poco_a_poco(archivo: Path) -> Iterator[subprocess.Popen[str]]:
    """Sin un hilo que lo lea: el servidor no puede adelantarse más de lo que cabe en la tubería."""
    with subprocess.Popen(
        [sys.executable, "-m", SERVIDOR, "--puerto", "0", "--archivo", str(archivo)],
        cwd=RAIZ,
        env={**os.environ, "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as servidor:
        try:
            yield servidor
        finally:
            servidor.kill()


def enviar_mientras_se_pueda(conexion: Conexion) -> None:
    try:
        conexion.enviar("".join(f"mensaje {numero}\n" for numero in range(LINEAS)))
    except OSError:
        pass  # han matado al servidor


def matar_en_medio(archivo: Path, conectar: Conectar, cuando_se_hayan_visto: int) -> list[str]:
    """Mata al servidor mientras recibe cien mil líneas, y devuelve las que mostró enteras."""
    with servidor_que_se_lee_poco_a_poco(archivo) as servidor:
        assert servidor.stdout is not None
        conexion = conectar(int(servidor.stdout.readline().rpartition(":")[2]))
        emisor = threading.Thread(target=enviar_mientras_se_pueda, args=(conexion,))
        emisor.start()
        pantalla = "".join(islice(servidor.stdout, 1 + cuando_se_hayan_visto))
        servidor.kill()
        pantalla += servidor.stdout.read()
        emisor.join()
    return apuntes(pantalla[: pantalla.rfind("\n")])


def test_matar_el_servidor_no_pierde_ni_una_linea_que_se_haya_visto(
    conectar: Conectar, tmp_path: Path
) -> None:
    archivo = tmp_path / "bitacora.txt"
    archivo.touch()
    for momento in (1, 700, 7_000, 40_000, 90_000):
        ya_estaban = len(archivo.read_text("utf-8").splitlines())
        vistas = matar_en_medio(archivo, conectar, momento)
        assert momento <= len(vistas) < LINEAS, "no se le mató en medio"
        assert [mensaje.split()[-1] for mensaje in vistas] == [str(n) for n in range(len(vistas))]
        guardadas = archivo.read_text("utf-8").splitlines()[ya_estaban:]
        assert guardadas[: len(vistas)] == vistas, f"al matarlo tras {momento} líneas"
    # Lo que pudo quedar a medias es la última línea de cada vez, que nadie había visto.
    todos = re.findall(r"^(\d+)  ", archivo.read_text("utf-8"), re.MULTILINE)
    assert todos == [str(numero) for numero in range(1, len(todos) + 1)]


@pytest.mark.parametrize(
    ("media", "siguiente"),
    [("3", 3), ("3  2026-01-01 00:00:02  127.0.0.1:5000  a med", 4)],
    ids=["sin_numero_entero", "con_numero"],
)
def test_la_media_linea_que_dejo_un_corte_de_luz_no_se_pega_a_la_siguiente(
    tmp_path: Path, media: str, siguiente: int
) -> None:
    archivo = tmp_path / "bitacora.txt"
    anteriores = "1  2026-01-01 00:00:00  127.0.0.1:5000  a\n2  2026-01-01 00:00:01  x  b\n"
    archivo.write_text(anteriores + media, "utf-8")
    with Cuaderno(str(archivo)) as cuaderno:
        assert cuaderno.guardar(["sigo"]) == f"{siguiente}  sigo\n"
    assert archivo.read_text("utf-8") == f"{anteriores}{media}\n{siguiente}  sigo\n"


def test_un_numero_de_miles_de_cifras_no_es_nuestro(tmp_path: Path) -> None:
    """Python se niega a leer un entero de más de 4300 cifras."""
    archivo = tmp_path / "bitacora.txt"
    archivo.write_text(f"7  2026-01-01 00:00:00  x  hola\n{'9' * 5000}  otra cosa\n", "utf-8")
    with Cuaderno(str(archivo)) as cuaderno:
        assert cuaderno.guardar(["sigo"]) == "8  sigo\n"


def test_la_cuenta_sigue_aunque_el_archivo_sea_muy_largo(tmp_path: Path) -> None:
    archivo = tmp_path / "bitacora.txt"
    with Cuaderno(str(archivo)) as cuaderno:
        cuaderno.guardar(["ñ" * 2000] * 100)
    with Cuaderno(str(archivo)) as cuaderno:
        assert cuaderno.guardar(["sigo"]) == "101  sigo\n"


@pytest.mark.parametrize("fsync", [True, False])
def test_con_fsync_se_espera_al_disco_cuando_la_linea_ya_esta_en_el_archivo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fsync: bool
) -> None:
    archivo = tmp_path / "bitacora.txt"
    guardado_al_pedirlo = []
    monkeypatch.setattr(os, "fsync", lambda _: guardado_al_pedirlo.append(archivo.read_text()))
    with Cuaderno(str(archivo), fsync=fsync) as cuaderno:
        cuaderno.guardar(["hola"])
        cuaderno.guardar(["adiós"])
    assert guardado_al_pedirlo == (["1  hola\n", "1  hola\n2  adiós\n"] if fsync else [])


@pytest.mark.parametrize(
    ("ruta", "causa"),
    [("no_existe/bitacora.txt", "no existe su carpeta"), (".", "es una carpeta")],
)
def test_un_archivo_que_no_se_puede_abrir_se_explica_antes_de_escuchar(
    lanzar: Lanzar, tmp_path: Path, ruta: str, causa: str
) -> None:
    archivo = tmp_path / ruta
    servidor = arrancar_servidor(lanzar, "--archivo", str(archivo))
    assert servidor.esperar_fin() == 1
    assert servidor.pantalla == ""
    assert servidor.errores.texto == (
        f"No puedo abrir «{archivo}»: {causa}. Arréglalo, o elige otro archivo con --archivo.\n"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="los permisos de Windows son otros")
def test_un_archivo_sin_permiso_se_explica(lanzar_sin_poderes: Lanzar, tmp_path: Path) -> None:
    archivo = tmp_path / "bitacora.txt"
    archivo.write_text("mío")
    archivo.chmod(0o400)
    servidor = arrancar_servidor(lanzar_sin_poderes, "--archivo", str(archivo))
    assert servidor.esperar_fin() == 1
    assert servidor.errores.texto == (
        f"No puedo abrir «{archivo}»: no tienes permiso. "
        "Arréglalo, o elige otro archivo con --archivo.\n"
    )


@solo_en_linux
def test_con_el_disco_lleno_termina_y_no_muestra_lo_que_no_guardo(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor = arrancar_servidor(lanzar, "--archivo", "/dev/full")
    cliente = conectar(servidor.puerto())
    cliente.enviar("hola\n")
    assert servidor.esperar_fin() == 1
    assert servidor.errores.texto == (
        "No puedo escribir en «/dev/full»: no queda espacio en el disco. "
        "Arréglalo, o elige otro archivo con --archivo.\n"
    )
    assert "hola" not in servidor.pantalla


#: Ejecuta un módulo sin dejarle hacer archivos de más de mil bytes: un disco que se llena.
CON_MIL_BYTES = """
import resource, runpy, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
runpy.run_module(sys.argv.pop(1), run_name="__main__", alter_sys=True)
"""


@solo_en_linux
def test_si_el_disco_se_llena_a_media_linea_no_se_pierde_lo_visto_y_se_puede_seguir(
    lanzar: Lanzar, conectar: Conectar, tmp_path: Path
) -> None:
    archivo = tmp_path / "bitacora.txt"
    opciones = (SERVIDOR, "--puerto", "0", "--archivo", str(archivo))
    # -B: que Python no quiera guardar nada más.
    servidor = lanzar("-B", "-c", CON_MIL_BYTES, *opciones)
    cliente = conectar(servidor.puerto())
    for numero in range(1, 4):
        cliente.enviar(f"{'ñ' * 100} {numero}\n")
        servidor.esperar(f"ñ {numero}\n")
    cliente.enviar("a" * 2000 + "\n")
    assert servidor.esperar_fin() == 1
    assert re.fullmatch(r"No puedo escribir en «.*»: .*\n", servidor.errores.texto)
    vistas = apuntes(servidor.pantalla)
    assert numeros(servidor.pantalla) == [1, 2, 3]
    assert archivo.stat().st_size == 1000, "no quedó media línea: no se prueba lo que se quiere"
    assert apuntes(archivo.read_text("utf-8"))[:3] == vistas

    servidor = lanzar("-m", *opciones)
    conectar(servidor.puerto()).enviar("hay sitio\n")
    servidor.esperar("hay sitio\n")
    *_, media, ultima = archivo.read_text("utf-8").splitlines()
    assert media.startswith("4  ") and media.endswith("aaa")
    assert ultima.startswith("5  ") and ultima.endswith("  hay sitio")


# --- El cliente --------------------------------------------------------------------------------


@pytest.mark.parametrize("despedida", ["salir", "/quit", " EXIT "])
def test_el_cliente_envia_lo_que_se_escribe_hasta_la_despedida(
    lanzar: Lanzar, despedida: str
) -> None:
    servidor = arrancar_servidor(lanzar)
    cliente = arrancar_cliente(lanzar, servidor.puerto())
    cliente.escribir("hola", "¿qué tal, señor 😀?", despedida, "esto ya no")
    assert cliente.esperar_fin() == 0, cliente.transcripcion()
    esperar_despedida(servidor)
    assert mensajes(servidor.pantalla) == ["hola", "¿qué tal, señor 😀?"]
    assert cliente.pantalla == (
        f"{CONECTADO}Tú: hola\nTú: ¿qué tal, señor 😀?\nTú: {despedida}\n* 1 línea sin enviar.\n"
    )
    assert cliente.errores.texto == ""


def test_el_fin_de_la_entrada_es_irse_aunque_la_ultima_linea_no_tenga_final(
    lanzar: Lanzar,
) -> None:
    servidor = arrancar_servidor(lanzar)
    cliente = arrancar_cliente(lanzar, servidor.puerto())
    assert cliente.proceso.stdin is not None
    cliente.proceso.stdin.write("hola\nadiós".encode())
    cliente.cerrar_teclado()
    assert cliente.esperar_fin() == 0, cliente.transcripcion()
    esperar_despedida(servidor)
    assert mensajes(servidor.pantalla) == ["hola", "adiós"]


def test_el_cliente_no_envia_las_lineas_que_no_caben_y_lo_dice(lanzar: Lanzar) -> None:
    servidor = arrancar_servidor(lanzar)
    cliente = arrancar_cliente(lanzar, servidor.puerto())
    cliente.escribir("a" * 5000, "corta", "salir")
    assert cliente.esperar_fin() == 0, cliente.transcripcion()
    esperar_despedida(servidor)
    assert mensajes(servidor.pantalla) == ["corta"]
    assert "! No se ha enviado. La línea pasa de 4096 bytes" in cliente.pantalla


def test_ctrl_c_en_el_cliente_termina_bien_y_el_servidor_sigue(lanzar: Lanzar) -> None:
    servidor = arrancar_servidor(lanzar)
    cliente = arrancar_cliente(lanzar, servidor.puerto())
    cliente.escribir("hola")
    servidor.esperar("hola\n")
    cliente.ctrl_c()
    assert cliente.esperar_fin() == 0, cliente.transcripcion()
    assert cliente.errores.texto == ""
    servidor.esperar(" ha terminado: 1 línea, 5 bytes\n")
    assert servidor.proceso.poll() is None


def test_si_el_servidor_muere_el_cliente_lo_dice_en_cuanto_ocurre(lanzar: Lanzar) -> None:
    servidor = arrancar_servidor(lanzar)
    cliente = arrancar_cliente(lanzar, servidor.puerto())
    cliente.escribir("hola")
    servidor.esperar("hola\n")
    servidor.matar()
    assert cliente.esperar_fin() == 1
    assert cliente.errores.texto == (
        "El servidor ha cerrado la conexión: lo que escribas ya no llegaría.\n"
    )


def test_si_el_servidor_muere_sin_leerlo_todo_el_cliente_no_da_por_enviado_lo_que_se_perdio(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor, _ = servidor_ocupado(lanzar, conectar)  # no lee lo del cliente
    cliente = arrancar_cliente(lanzar, servidor.puerto())
    cliente.escribir("hola", "salir")
    cliente.esperar("Tú: salir\n")
    servidor.matar()
    assert cliente.esperar_fin() == 1, cliente.transcripcion()
    assert "conexión" in cliente.errores.texto
    assert "Traceback" not in cliente.errores.texto


def test_si_el_servidor_muere_sin_atenderle_el_cliente_que_esperaba_lo_dice(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor, _ = servidor_ocupado(lanzar, conectar)
    cliente = arrancar_cliente(lanzar, servidor.puerto())
    cliente.esperar("* Espera: ")
    cliente.escribir("hola", "salir")
    cliente.esperar("Tú: salir\n")
    servidor.matar()
    assert cliente.esperar_fin() == 1, cliente.transcripcion()
    assert "conexión" in cliente.errores.texto
    assert "Traceback" not in cliente.errores.texto


def test_sin_servidor_el_cliente_dice_como_arrancarlo(lanzar: Lanzar) -> None:
    with socket.socket() as reservado:  # con el puerto tomado, pero sin escuchar
        reservado.bind(("127.0.0.1", 0))
        puerto = reservado.getsockname()[1]
        cliente = arrancar_cliente(lanzar, puerto)
        assert cliente.esperar_fin() == 1
    python = Path(sys.executable).stem
    assert cliente.errores.texto == (
        f"No hay ningún servidor en localhost:{puerto}. ¿Lo has arrancado? "
        f"Prueba: {python} -m chatlab servidor bitacora --puerto {puerto}\n"
    )
    assert cliente.pantalla == ""


def test_mientras_se_atiende_a_otro_el_cliente_termina_con_un_aviso_y_nada_se_pierde(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor, atendido = servidor_ocupado(lanzar, conectar)
    cliente = arrancar_cliente(lanzar, servidor.puerto())
    cliente.escribir("espero mi turno", "salir")
    assert cliente.esperar_fin() == 0, cliente.transcripcion()
    assert cliente.pantalla.endswith(
        "* Enviado. El servidor aún no lo ha leído: quizá atiende a otra persona.\n"
    )
    assert "espero mi turno" not in servidor.pantalla
    atendido.no_enviar_mas()
    esperar_despedida(servidor, veces=2)
    assert mensajes(servidor.pantalla) == ["espero mi turno"]


def test_quien_llega_segundo_sabe_que_espera_y_cuando_le_atienden(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor, atendido = servidor_ocupado(lanzar, conectar)
    segundo = arrancar_cliente(lanzar, servidor.puerto())
    segundo.esperar(ESPERA)
    segundo.escribir("mientras espero")
    segundo.esperar("Tú: mientras espero\n")
    assert ATENDIDO not in segundo.pantalla
    atendido.no_enviar_mas()
    segundo.esperar(ATENDIDO)
    servidor.esperar("mientras espero\n")
    assert atendido.esperar_fin() == "", "a quien no espera no se le dice nada"


def test_quien_espera_con_nc_tambien_lo_sabe(
    lanzar: Lanzar, conectar: Conectar, nc: LanzarNc
) -> None:
    servidor, atendido = servidor_ocupado(lanzar, conectar)
    segundo = nc(servidor.puerto())
    segundo.esperar(ESPERA)
    atendido.no_enviar_mas()
    segundo.esperar(ATENDIDO)
    segundo.escribir("ya")
    servidor.esperar("ya\n")


def test_lo_de_quien_espera_y_se_va_sin_leer_el_aviso_no_se_pierde(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor, atendido = servidor_ocupado(lanzar, conectar)
    for numero in range(3):
        segundo = conectar(servidor.puerto(), leer=False)
        segundo.enviar(f"soy {numero}\n")
        segundo.cerrar()
    atendido.no_enviar_mas()
    esperar_despedida(servidor, veces=4)
    assert mensajes(servidor.pantalla) == ["soy 0", "soy 1", "soy 2"]


def test_con_la_antesala_llena_los_demas_esperan_fuera_y_se_atiende_a_todos(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor, atendido = servidor_ocupado(lanzar, conectar)
    cuantos = MAX_ESPERANDO + 5
    for numero in range(cuantos):
        conexion = conectar(servidor.puerto())
        conexion.enviar(f"soy {numero}\n")
        conexion.no_enviar_mas()
    atendido.no_enviar_mas()
    esperar_despedida(servidor, veces=cuantos + 1)
    assert mensajes(servidor.pantalla) == [f"soy {numero}" for numero in range(cuantos)]


def test_con_ctrl_c_se_dice_si_el_servidor_aun_no_lo_ha_leido(
    lanzar: Lanzar, conectar: Conectar
) -> None:
    servidor, _ = servidor_ocupado(lanzar, conectar)
    segundo = arrancar_cliente(lanzar, servidor.puerto())
    segundo.escribir("¿llegará?")
    segundo.esperar("Tú: ¿llegará?\n")
    segundo.ctrl_c()
    assert segundo.esperar_fin() == 0, segundo.transcripcion()
    aun_no = "* Enviado. El servidor aún no lo ha leído: quizá atiende a otra persona.\n"
    assert aun_no in segundo.pantalla


def test_el_cliente_termina_con_una_frase_si_nadie_lee_su_pantalla(lanzar: Lanzar) -> None:
    servidor = arrancar_servidor(lanzar)
    with con_head("-m", CLIENTE, "--puerto", str(servidor.puerto())) as (linea, proceso):
        assert linea == CONECTADO
        _, errores = proceso.communicate("hola\n", timeout=PLAZO)
    assert errores == "Nadie lee la salida de este programa: lo dejo aquí.\n"
    assert proceso.returncode == 1
