"""Si lo que se lee en una pantalla iba en los bytes de la conexión, o por otro camino."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from chatlab.corrector.entrega.buscar import Entrega
from chatlab.corrector.historias.contraste import habla_de_la_sonda, lo_que_no_llega_por_la_red
from chatlab.corrector.trato.uso import Uso
from tests.corrector.apoyo_de_jaula import crear_entrega

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="hay que preguntar al núcleo")

PAREJAS = Path(__file__).parent / "banco" / "parejas"

#: Pasa los bytes tal como llegan, sin saber qué dicen.
SERVIDOR_QUE_NO_MIRA = """
    import socket, threading
    dentro = []
    def atender(conexion):
        try:
            while datos := conexion.recv(4096):
                for otra in dentro:
                    if otra is not conexion:
                        otra.sendall(datos)
        except OSError:
            pass
        dentro.remove(conexion)
    with socket.create_server(("", 9000)) as escucha:
        while True:
            conexion, _ = escucha.accept()
            dentro.append(conexion)
            threading.Thread(target=atender, args=(conexion,), daemon=True).start()
"""
#: Da la vuelta a los bytes de cada línea: lo que viaja no se parece a lo que se lee.
CLIENTE_QUE_CIFRA = """
    import socket, threading
    def leer():
        for linea in conexion.makefile("rb"):
            print(bytes(158 - letra for letra in linea[:-1]).decode(), flush=True)
    conexion = socket.create_connection(("localhost", 9000))
    nombre = input("Tu nombre: ")
    threading.Thread(target=leer, daemon=True).start()
    while True:
        cifrada = bytes(158 - letra for letra in f"{nombre}: {input()}".encode("ascii"))
        conexion.sendall(cifrada + b"\\n")
"""


def test_lo_que_va_por_archivos_se_lee_aunque_se_cambien_los_bytes() -> None:
    entrega = Entrega.buscar(PAREJAS / "mensajes_por_archivo_y_relevo")

    que = lo_que_no_llega_por_la_red(entrega, Uso(con_nombres=True))

    assert "en la pantalla de Carlos sale lo que ha escrito otra persona aunque se cambien" in que


def test_lo_que_va_cifrado_no_se_lee_si_se_cambian_los_bytes(tmp_path: Path) -> None:
    """También con un servidor que no los mira: por el cambio pasan dos veces."""
    entrega = crear_entrega(tmp_path, SERVIDOR_QUE_NO_MIRA, CLIENTE_QUE_CIFRA)

    assert lo_que_no_llega_por_la_red(entrega, Uso(con_nombres=True)) == ""


@pytest.mark.parametrize(
    ("programa", "habla"),
    [
        ("import _sonda_de_chatlab.sonda\n", True),
        ("import os\nprint(os.environ['CHATLAB_SONDA'])\n", True),
        ("import socket\n", False),
    ],
)
def test_se_sabe_si_un_programa_busca_la_sonda(tmp_path: Path, programa: str, habla: bool) -> None:
    (tmp_path / "chat").mkdir()
    (tmp_path / "chat" / "comun.py").write_text(programa, encoding="utf-8")

    assert habla_de_la_sonda(tmp_path) is habla
