"""La orden `chatlab espia`: sus opciones, cómo empieza y cómo termina."""

from __future__ import annotations

import re
import socket
from typing import TYPE_CHECKING

import pytest

from chatlab.espia.faltas import FALTAS
from tests.apoyo.chat import Chat
from tests.apoyo.programa import RAIZ
from tests.conftest import Conectar, Lanzar
from tests.espia.conftest import Espiar, Tender

if TYPE_CHECKING:
    from tests.apoyo.programa import Programa


def puerto_sin_nadie() -> int:
    with socket.create_server(("127.0.0.1", 0)) as socket_:
        return int(socket_.getsockname()[1])


def test_el_chat_entero_funciona_byte_a_byte(
    lanzar: Lanzar, conectar: Conectar, espiar: Espiar
) -> None:
    servidor = lanzar("-m", "chatlab", "servidor", "difusion", "--puerto", "0")
    espia = espiar(servidor.puerto(), "--falta", "de-uno-en-uno")
    chat = Chat(espia, lanzar, conectar)

    ana = chat.cliente("Ana")
    inigo = chat.cliente("Íñigo")
    ana.esperar("* Íñigo se ha unido al chat\n")
    ana.escribir("¡Hola! ¿Qué tal, señor?")
    inigo.esperar("Ana: ¡Hola! ¿Qué tal, señor?\n")
    inigo.escribir("Muy bien 🙂")
    ana.esperar("Íñigo: Muy bien 🙂\n")
    ana.escribir("salir")
    inigo.esperar("* Ana ha salido del chat\n")
    assert ana.esperar_fin() == 0, ana.transcripcion()

    espia.esperar("cliente 1 y el servidor han terminado\n")
    assert espia.errores.texto == ""


def test_estropear_da_al_servidor_una_linea_que_no_es_utf8_y_el_chat_sigue(
    lanzar: Lanzar, conectar: Conectar, espiar: Espiar
) -> None:
    servidor = lanzar("-m", "chatlab", "servidor", "difusion", "--puerto", "0")
    opciones = ("--falta", "estropear", "--valor", "6", "--sentido", "subida")
    chat = Chat(espiar(servidor.puerto(), *opciones), lanzar, conectar)
    ana = chat.entrar("Ana")

    ana.enviar("hola\n")
    # De «Ana\nhola\n», el sexto byte es la «o».
    ana.esperar("! La línea no es UTF-8: el byte 2 es 0xef.")

    ana.enviar("x\n")
    servidor.esperar("Ana: x\n")


def test_si_el_servidor_no_esta_lo_dice_cierra_al_cliente_y_sigue(
    espiar: Espiar, conectar: Conectar
) -> None:
    puerto = puerto_sin_nadie()
    espia = espiar(puerto)

    assert conectar(espia.puerto()).esperar_fin() == ""
    espia.esperar(
        f"No hay ningún servidor en 127.0.0.1:{puerto}. ¿Lo has arrancado? "
        "Cierro la conexión de cliente 1.\n"
    )

    with socket.create_server(("127.0.0.1", puerto)):
        conectar(espia.puerto()).enviar("ahora sí\n")
        espia.esperar(r"ahora s\xc3\xad\n")


def test_prueba_todas_las_direcciones_del_servidor(
    lanzar: Lanzar, conectar: Conectar, escucha: socket.socket
) -> None:
    """«localhost» suele ser ::1 y 127.0.0.1, y el servidor está solo en una."""
    hacia = f"localhost:{escucha.getsockname()[1]}"
    espia = lanzar("-m", "chatlab", "espia", "--escucha", "0", "--hacia", hacia)

    conectar(espia.puerto()).enviar("hola\n")

    conexion, _ = escucha.accept()
    with conexion:
        assert conexion.recv(100) == b"hola\n"


def test_ctrl_c_cierra_todas_las_conexiones_y_termina_con_codigo_0(tender: Tender) -> None:
    cable = tender("--falta", "retrasar", "--valor", "60000")
    cable.cliente.sendall(b"esto se queda en el camino")
    cable.espia.esperar("26 bytes")

    cable.espia.ctrl_c()

    assert cable.espia.esperar_fin() == 0, cable.espia.transcripcion()
    assert cable.cliente.recv(1) == b""
    assert cable.servidor.recv(1) == b""
    assert cable.espia.pantalla.endswith("Espía cerrado.\n")
    assert cable.espia.errores.texto == ""


def fallar(lanzar: Lanzar, *opciones: str) -> tuple[int, str]:
    programa: Programa = lanzar("-m", "chatlab", "espia", *opciones)
    return programa.esperar_fin(), programa.errores.texto


@pytest.mark.parametrize(
    ("opciones", "queja"),
    [
        (["--falta", "xyz"], "no conozco «xyz»; puede ser"),
        (["--falta", "pegar", "--sentido", "arriba"], "no conozco «arriba»; puede ser"),
        (["--falta", "pegar", "--valor", "x"], "«x» no es un número entero de 0 a"),
        (["--falta", "pegar", "--valor", "0"], "en la falta pegar debe ser 1 o más"),
        (["--valor", "3"], "--valor es de una falta, y no has elegido ninguna con --falta"),
        (["--sentido", "ambos"], "--sentido es de una falta"),
        (["--hacia", "localhost"], "«localhost» no es una dirección; por ejemplo, localhost:8000"),
        (["--hacia", ":8000"], "a «:8000» le falta la máquina"),
        (["--hacia", "localhost:99999"], "no es una dirección"),
        (["--escucha", "8000"], "--escucha y --hacia son el mismo sitio"),
        (["--escucha", "-1"], "no es un número entero de 0 a 65535"),
    ],
)
def test_una_orden_mal_escrita_se_explica_en_espanol(
    lanzar: Lanzar, opciones: list[str], queja: str
) -> None:
    codigo, errores = fallar(lanzar, *opciones)

    assert codigo == 2, errores
    assert queja in errores
    assert "Traceback" not in errores


def test_si_su_puerto_esta_ocupado_o_no_conoce_la_maquina_lo_dice(
    lanzar: Lanzar, escucha: socket.socket
) -> None:
    codigo, errores = fallar(lanzar, "--escucha", str(escucha.getsockname()[1]))
    assert (codigo, "ya está ocupado" in errores) == (1, True)

    codigo, errores = fallar(lanzar, "--escucha", "0", "--hacia", "no-existe.invalid:80")
    assert codigo == 1
    assert errores.startswith("No encuentro ninguna máquina llamada «no-existe.invalid».")


def test_la_ayuda_explica_cada_falta(lanzar: Lanzar) -> None:
    programa = lanzar("-m", "chatlab", "espia", "--ayuda")

    assert programa.esperar_fin() == 0
    for nombre in FALTAS:
        assert f"  {nombre} " in programa.pantalla


def test_la_guia_explica_cada_falta() -> None:
    guia = (RAIZ / "docs" / "guias" / "espia.md").read_text(encoding="utf-8")

    assert re.findall(r"^\| `(\w[\w-]+)` \|", guia, re.MULTILINE) == list(FALTAS)
