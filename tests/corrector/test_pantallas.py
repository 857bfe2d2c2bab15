"""Una pantalla mezcla de todo: aquí se ve que de ella se saca el error que importa."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatlab.corrector.diagnostico.error import explicar_error
from tests.corrector.apoyo import Explicado, escribir, explicado

SERVIDOR = """import socket

def atender(conexion):
    nombre = conexion.recv(1024).decode()
    difundir_a_todos(nombre)

servidor = socket.socket()
servidor.bind(("", 80))
cliente.connect(("localhost", 8000))
"""
TRACEBACK = """Traceback (most recent call last):
  File "/entrega/servidor.py", line 5, in atender
    difundir_a_todos(nombre)
NameError: name 'difundir_a_todos' is not defined
"""


@pytest.fixture
def carpeta(tmp_path: Path) -> Path:
    return escribir(tmp_path, servidor=SERVIDOR)


def test_delante_de_cada_linea_puede_haber_un_resto_de_otra_cosa(carpeta: Path) -> None:
    pantalla = (
        "Servidor listo\nMensaje: Exception in thread Thread-3 (atender):\n"
        "holaTraceback (most recent call last):\n"
        '> hola  File "/entrega/servidor.py", line 5, in atender\n'
        "    difundir_a_todos(nombre)\n"
        "Ana: buenos días\n"
        "Mensaje: NameError: name 'difundir_a_todos' is not defined\n"
        "Carlos: hola\n"
    )
    diagnostico = explicado(pantalla, carpeta)

    assert diagnostico.tipo == "NameError"
    assert diagnostico.lugar == "servidor.py, línea 5"
    assert diagnostico.hilo == "Thread-3 (atender)"


@pytest.mark.parametrize(
    "otro", ["Traceback (most recent call last):", "Exception in thread Thread-2 (enviar):"]
)
def test_otro_hilo_puede_meterse_entre_el_tipo_y_el_mensaje(otro: str, carpeta: Path) -> None:
    pantalla = (
        "Exception in thread Thread-1 (atender):\nTraceback (most recent call last):\n"
        '  File "/entrega/servidor.py", line 5, in atender\n'
        f"    difundir_a_todos(nombre)\nNameError{otro}\n"
        '  File "/entrega/servidor.py", line 9, in <module>\n'
        "KeyboardInterrupt\n"
    )
    diagnostico = explicado(pantalla, carpeta)

    assert (diagnostico.tipo, diagnostico.lugar) == ("NameError", "servidor.py, línea 5")


def test_un_chat_que_parece_un_error_no_lo_es(carpeta: Path) -> None:
    pantalla = (
        'Ana: File "servidor.py", line 5\nCarlos: Error: no te entiendo\n'
        "Lucía: NameError\nTraceback: ya\n¡SyntaxError: qué miedo!\nExcepción: ninguna\n"
    )
    assert explicar_error(pantalla, carpeta) is None


def test_un_error_a_medio_escribir_aun_no_es_un_error(carpeta: Path) -> None:
    assert explicar_error(TRACEBACK.rpartition("NameError")[0], carpeta) is None


def de(tipo: str, mensaje: str, linea: int = 4, anuncio: str = "") -> str:
    """Un traceback como los de Python."""
    return (
        f"{anuncio}Traceback (most recent call last):\n"
        f'  File "/entrega/servidor.py", line {linea}, in atender\n'
        f"    algo\n{tipo}: {mensaje}\n\n"
    )


DURANTE = "During handling of the above exception, another exception occurred:\n\n"
A_CAUSA = "The above exception was the direct cause of the following exception:\n\n"


@pytest.mark.parametrize(
    ("pantalla", "tipo"),
    [
        # Una falta al escribir pesa más que algo que pasa en la red.
        (
            de(
                "ConnectionResetError",
                "[Errno 104] x",
                anuncio="Exception in thread Thread-1 (f):\n",
            )
            + de("NameError", "name 'a' is not defined", anuncio="Exception in thread Thread-2:\n"),
            "NameError",
        ),
        # Entre iguales, la primera: las demás suelen ser su consecuencia.
        (de("OSError", "[Errno 9] x") + de("BrokenPipeError", "[Errno 32] x"), "OSError"),
        # De una cadena, la falta que la empezó…
        (
            de("AttributeError", "'socket' object has no attribute 'sed'")
            + DURANTE
            + de("ValueError", "list.remove(x): x not in list"),
            "AttributeError",
        ),
        # …y si lo primero ya se estaba tratando, lo último, que no se trató.
        (de("KeyError", "'a'") + DURANTE + de("OSError", "[Errno 107] x"), "OSError"),
        (de("KeyError", "'a'") + A_CAUSA + de("ValueError", "x"), "ValueError"),
        (de("OSError", "x") + DURANTE + de("NameError", "name 'a' is not defined"), "NameError"),
        # Ctrl+C no es una falta, aunque interrumpa otra cosa; lo que falle al recoger, sí.
        (de("KeyboardInterrupt", "") + DURANTE + de("OSError", "[Errno 107] x"), "OSError"),
        (de("KeyboardInterrupt", "") + de("ValueError", "x"), "ValueError"),
        # Lo que Python contó y dejó pasar, solo si no hay nada más.
        (
            de("OSError", "x", anuncio="Exception ignored in: <function f>\n")
            + de("KeyError", "'a'"),
            "KeyError",
        ),
        (de("OSError", "x", anuncio="Exception ignored in: <function f>\n"), "OSError"),
    ],
)
def test_de_varios_errores_se_cuenta_el_que_importa(
    pantalla: str, tipo: str, carpeta: Path
) -> None:
    assert explicado(pantalla, carpeta).tipo == tipo


@pytest.mark.parametrize(
    "pantalla",
    [
        "",
        "Servidor escuchando en el puerto 8000\n",
        de("KeyboardInterrupt", "").replace(": \n", "\n"),
        de("OSError", "x") + DURANTE + de("KeyboardInterrupt", ""),
        "Exception ignored in: <module 'threading' from '/usr/lib/python3.11/threading.py'>\n"
        + de("KeyboardInterrupt", ""),
        "^C" + de("KeyboardInterrupt", "").replace("KeyboardInterrupt: ", "KeyboardInterrupt"),
        de("SystemExit", "0"),
        de("asyncio.exceptions.CancelledError", ""),
    ],
)
def test_terminar_no_es_un_error(pantalla: str, carpeta: Path) -> None:
    assert explicar_error(pantalla, carpeta) is None


@pytest.mark.parametrize(
    ("error", "linea", "arreglo"),
    [
        ("OSError: [Errno 98] Address already in use", 8, "SO_REUSEADDR"),
        ("OSError: [Errno 48] Address already in use", 8, "SO_REUSEADDR"),
        (
            "OSError: [WinError 10048] Solo se permite un uso de cada dirección de socket",
            8,
            "SO_REUSEADDR",
        ),
        ("PermissionError: [Errno 13] Permission denied", 8, "Usa un puerto más alto"),
        (
            "PermissionError: [WinError 10013] Intento de acceso a un socket no permitido",
            8,
            "Usa un puerto más alto",
        ),
        ("ConnectionRefusedError: [Errno 61] Connection refused", 9, "Usa el mismo puerto"),
        (
            "ConnectionRefusedError: [WinError 10061] No se puede establecer una conexión ya que "
            "el equipo de destino denegó expresamente dicha conexión",
            9,
            "Usa el mismo puerto en los dos: 80.",
        ),
        ("TimeoutError: [Errno 110] Connection timed out", 9, "Comprueba la dirección"),
        ("TimeoutError: [WinError 10060] Se produjo un error", 9, "Comprueba la dirección"),
        ("OSError: [Errno 113] No route to host", 9, "Comprueba la dirección"),
        ("OSError: [Errno 24] Too many open files", 9, "Cierra cada socket"),
        (
            "ConnectionResetError: [WinError 10054] Se ha forzado la interrupción de una conexión",
            4,
            "except OSError",
        ),
        (
            "ConnectionAbortedError: [WinError 10053] Se ha anulado una conexión establecida",
            4,
            "except OSError",
        ),
        ("OSError: [Errno 57] Socket is not connected", 4, "connect"),
        ("OSError: [WinError 10038] Se intentó realizar una operación en algo", 4, "close()"),
        ("RuntimeError: can't start new thread", 4, "acabe cuando el cliente se va"),
        (
            "UnicodeEncodeError: 'charmap' codec can't encode character '\\u2713' in position 0",
            4,
            "UTF-8",
        ),
    ],
)
def test_cada_sistema_numera_los_errores_de_la_red_a_su_modo(
    error: str, linea: int, arreglo: str, carpeta: Path
) -> None:
    pantalla = (
        "Traceback (most recent call last):\n"
        f'  File "C:\\Users\\Ana\\Mis clases\\servidor.py", line {linea}, in <module>\n'
        f"    algo\n{error}\n"
    )
    diagnostico = explicado(pantalla, carpeta)

    assert diagnostico.lugar == f"servidor.py, línea {linea}"
    assert arreglo in diagnostico.arreglo


def test_una_espera_de_teclado_cortada_al_terminar(carpeta: Path) -> None:
    diagnostico = explicado(
        "Fatal Python error: _enter_buffered_busy: could not acquire lock for <_io.BufferedReader "
        "name='<stdin>'> at interpreter shutdown, possibly due to daemon threads\n",
        carpeta,
    )
    assert "hilo principal" in diagnostico.arreglo
    assert diagnostico.lugar == ""


# --- Errores que el programa captura y muestra -------------------------------------------------


@pytest.mark.parametrize(
    ("pantalla", "tipo", "linea", "arreglo"),
    [
        ("[ERROR] name 'difundir_a_todos' is not defined", "NameError", 5, "Da un valor"),
        ("Error: a bytes-like object is required, not 'str'", "TypeError", None, ".encode("),
        ("[Errno 98] Address already in use", "OSError", None, "SO_REUSEADDR"),
        ("Fallo: [Errno 111] Connection refused", "ConnectionRefusedError", None, "servidor"),
        ("dictionary changed size during iteration", "RuntimeError", None, "copia"),
        ("'str' object has no attribute 'decode'", "AttributeError", 4, "quita `.decode(…)`"),
        ("cannot use 'list' as a dict key (unhashable type: 'list')", "TypeError", None, "clave"),
        ("Value after * must be an iterable, not int", "TypeError", None, "coma"),
        ("Error: not enough values to unpack (expected 2, got 1)", "ValueError", None, "variables"),
        ("list index out of range", "IndexError", None, "cuántos elementos"),
        ("Extra data: line 1 column 9 (char 8)", "JSONDecodeError", None, "un solo valor"),
        ("pickle data was truncated", "UnpicklingError", None, "cuántos bytes"),
        ("[Errno -2] Name or service not known", "gaierror", None, "Comprueba el host"),
        ("[WinError 10049] La dirección solicitada no es válida", "OSError", None, "localhost"),
    ],
)
def test_tambien_se_explica_el_mensaje_que_el_programa_muestra_con_print(
    pantalla: str, tipo: str, linea: int | None, arreglo: str, carpeta: Path
) -> None:
    diagnostico = explicado(f"Servidor listo\n{pantalla}\nAdiós\n", carpeta)

    assert (diagnostico.tipo, diagnostico.linea) == (tipo, linea)
    assert arreglo in diagnostico.arreglo
    assert "capturó el error con `except`" in diagnostico.explicacion


def test_mostrar_que_alguien_se_fue_no_es_un_error(carpeta: Path) -> None:
    pantalla = "Error con Ana: [Errno 104] Connection reset by peer\n[Errno 32] Broken pipe\n"
    assert explicar_error(pantalla, carpeta) is None


# --- Nada de fuera de la carpeta ---------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="crear enlaces pide permisos en Windows")
def test_no_se_lee_ningun_archivo_de_fuera_aunque_la_pantalla_lo_nombre(tmp_path: Path) -> None:
    carpeta = tmp_path / "entrega"
    carpeta.mkdir()
    (tmp_path / "secreto.py").write_text("clave = 1234\n", encoding="utf-8")
    (carpeta / "enlace.py").symlink_to(tmp_path / "secreto.py")

    for nombre in (
        "/entrega/enlace.py",
        "../secreto.py",
        str(tmp_path / "secreto.py"),
        "/etc/passwd",
    ):
        diagnostico = explicado(TRACEBACK.replace("/entrega/servidor.py", nombre), carpeta)
        assert "1234" not in diagnostico.redactar()
        assert diagnostico.codigo in ("", "difundir_a_todos(nombre)")


def test_lo_que_se_redacta_no_manda_sobre_la_terminal(carpeta: Path) -> None:
    diagnostico = explicado(de("ValueError", "\x1b[2J\x07borrado \u202e al revés"), carpeta)

    assert diagnostico.redactar().replace("\n", "").isprintable()


# --- Entradas raras ----------------------------------------------------------------------------

TROZOS = st.sampled_from(
    [
        "Traceback (most recent call last):",
        '  File "/entrega/servidor.py", line 5, in atender',
        '  File "servidor.py", line 99999999',
        '  File "/usr/lib/python3.11/threading.py", line 982, in run',
        '  File "\0", line 1, in x',
        "Exception in thread Thread-1 (f):",
        "During handling of the above exception, another exception occurred:",
        "    ^^^^^~~~~",
        "    conexion.send(",
        "NameError: name 'x' is not defined",
        "NameError: name '' is not defined",
        "AttributeError: 'socket' object has no attribute 'nombre'",
        "AttributeError: module 'antigravity' has no attribute 'x'",
        "TypeError: atender() takes 1 positional argument but 2 were given",
        "TypeError: atender() missing 1 required positional argument: 'x'",
        "TypeError: 'NoneType' object is not callable",
        "TypeError: __main__.atender() argument after * must be an iterable, not int",
        "TypeError: 'str' object cannot be interpreted as an integer",
        "SyntaxError: '(' was never closed",
        "IndentationError: expected an indented block",
        "UnboundLocalError: cannot access local variable 'x' where",
        "OSError: [Errno 98] Address already in use",
        "KeyError: '}{'",
        "UnicodeDecodeError: 'utf-8' codec can't decode bytes in position 0-1: x",
        "Mia: {0}",
        "KeyboardInterrupt",
    ]
)
PANTALLAS = st.lists(TROZOS | st.text(max_size=60), max_size=12).map("\n".join) | st.text()
TEXTOS_DE_ARCHIVO = st.text(max_size=200) | st.sampled_from(
    [
        SERVIDOR,
        "def f(:\n",
        "\0",
        "x = '\\",
        "((((" * 300,
        "clientes.append(",
        "\ufeffimport socket\n",
    ]
)


@pytest.fixture(scope="module")
def carpeta_rara(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("entrega")


@given(pantalla=PANTALLAS, texto=TEXTOS_DE_ARCHIVO)
def test_ninguna_pantalla_ni_ningun_archivo_hace_fallar_al_diagnostico(
    carpeta_rara: Path, pantalla: str, texto: str
) -> None:
    (carpeta_rara / "servidor.py").write_text(texto, encoding="utf-8", errors="replace")

    hallazgo = explicar_error(pantalla, carpeta_rara)

    if hallazgo is not None:
        diagnostico = Explicado(hallazgo)
        redactado = diagnostico.redactar()
        assert 3 <= len(redactado.split("\n")) <= 6
        assert redactado.replace("\n", "").isprintable()
        assert diagnostico.arreglo
        assert diagnostico.explicacion


def test_una_pantalla_enorme_no_se_hace_esperar(carpeta: Path) -> None:
    for relleno in ("hola\n" * 400_000, "a" * 2_000_000, "a.b" * 600_000 + "\n", "'" * 2_000_000):
        diagnostico = explicado(relleno + "\n" + TRACEBACK, carpeta)
        assert diagnostico.lugar == "servidor.py, línea 5"


def test_una_carpeta_que_no_existe_no_es_un_problema(tmp_path: Path) -> None:
    diagnostico = explicado(TRACEBACK, tmp_path / "no está")

    assert diagnostico.lugar == ""
    assert diagnostico.arreglo.startswith("Da un valor a `difundir_a_todos`")


def test_lo_parecido_se_busca_antes_entre_los_nombres_del_alumno(tmp_path: Path) -> None:
    escribir(tmp_path, servidor="puerto = 8000\nprint(port)\n")
    pantalla = (
        "Traceback (most recent call last):\n"
        '  File "servidor.py", line 2, in <module>\n'
        "    print(port)\n"
        "NameError: name 'port' is not defined\n"
    )

    assert "Escribe `puerto` donde pone `port`" in explicado(pantalla, tmp_path).arreglo
