"""El error de un programa de verdad: se encuentra, se sitúa y se dice cómo arreglarlo."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from chatlab.corrector.diagnostico.error import explicar_error
from tests.conftest import Lanzar
from tests.corrector.apoyo import ejecutar, escribir, explicado
from tests.corrector.faltas import FALTAS, Falta
from tests.corrector.muestras import MUESTRAS, Muestra

POR_NOMBRE = {falta.nombre: falta for falta in FALTAS}


def comprobar(falta: Falta, pantalla: str, carpeta: Path) -> None:
    """Comprueba que de una pantalla se dice lo que pide su falta."""
    diagnostico = explicado(pantalla, carpeta)

    visto = f"\n{pantalla}\n{diagnostico.redactar()}"
    assert diagnostico.tipo.rpartition(".")[2] in falta.tipo.split(), visto
    assert diagnostico.archivo == "servidor.py", visto
    assert diagnostico.linea == falta.linea, visto
    assert diagnostico.codigo == falta.codigo.split("\n")[falta.linea - 1].strip(), visto
    assert 3 <= len(diagnostico.redactar().split("\n")) <= 6, visto
    for trozo in falta.arreglo:
        assert trozo in diagnostico.arreglo, visto
    for trozo in falta.porque:
        assert trozo in diagnostico.explicacion, visto


@pytest.mark.parametrize("falta", FALTAS, ids=lambda falta: falta.nombre)
def test_de_cada_falta_se_dice_el_lugar_y_el_arreglo(falta: Falta, tmp_path: Path) -> None:
    if falta.sin_windows and sys.platform == "win32":
        pytest.skip("en Windows los sockets no dan este error")
    if sys.version_info[:2] > falta.hasta:
        pytest.skip("desde esta versión de Python ya no es un error")
    escribir(tmp_path, servidor=falta.codigo)

    comprobar(falta, ejecutar(tmp_path, teclado=falta.teclado), tmp_path)


@pytest.mark.parametrize("muestra", MUESTRAS, ids=lambda m: f"{m.python}, {m.falta}")
def test_se_entiende_lo_que_escriben_otras_versiones_de_python(
    muestra: Muestra, tmp_path: Path
) -> None:
    falta = POR_NOMBRE[muestra.falta]
    escribir(tmp_path, servidor=falta.codigo)

    comprobar(falta, muestra.pantalla, tmp_path)


def test_ninguna_falta_del_catalogo_se_llama_como_otra() -> None:
    assert len(POR_NOMBRE) == len(FALTAS)


# --- La redacción ------------------------------------------------------------------------------


def test_lo_primero_que_se_lee_es_el_archivo_la_linea_y_el_arreglo(tmp_path: Path) -> None:
    escribir(tmp_path, servidor="activo = true\n")

    assert explicado(ejecutar(tmp_path), tmp_path).redactar() == (
        "servidor.py, línea 1: En Python se escribe `True`, con mayúscula.\n"
        "NameError: name 'true' is not defined\n"
        "    activo = true\n"
        "Python distingue mayúsculas de minúsculas: `True` es una palabra suya y `true` no es "
        "nada, así que lo toma por una variable que no existe."
    )


def test_se_dice_en_que_hilo_ha_ocurrido(tmp_path: Path) -> None:
    escribir(
        tmp_path,
        servidor="import threading\n"
        "def atender():\n"
        "    print(nada_de_nada)\n"
        "threading.Thread(target=atender).start()\n",
    )

    diagnostico = explicado(ejecutar(tmp_path), tmp_path)

    assert diagnostico.hilo == "Thread-1 (atender)"
    assert "(en el hilo Thread-1 (atender))" in diagnostico.redactar()


# --- Cuál es la falta --------------------------------------------------------------------------


def test_lo_que_falla_en_un_finally_no_tapa_al_error_que_lo_trajo(tmp_path: Path) -> None:
    escribir(
        tmp_path,
        servidor="import socket\n"
        "otro = socket.create_server(('127.0.0.1', 0))\n"
        "servidor = socket.socket()\n"
        "try:\n"
        "    servidor.bind(otro.getsockname())\n"
        "    conexion, direccion = servidor.accept()\n"
        "finally:\n"
        "    conexion.close()\n",
    )

    diagnostico = explicado(ejecutar(tmp_path), tmp_path)

    assert (diagnostico.tipo, diagnostico.lugar) == ("OSError", "servidor.py, línea 5")
    assert "Después falló también el `finally`: «NameError" in diagnostico.explicacion


def test_lo_que_falla_en_un_except_si_es_la_falta(tmp_path: Path) -> None:
    escribir(
        tmp_path,
        servidor="try:\n    int('hola')\nexcept ValueError:\n    print(mensage)\n",
    )

    assert explicado(ejecutar(tmp_path), tmp_path).lugar == "servidor.py, línea 4"


def test_un_hilo_del_modulo_de_bajo_nivel_tambien_es_un_hilo(tmp_path: Path) -> None:
    escribir(
        tmp_path,
        servidor="import _thread, time\n"
        "empezado = []\n"
        "def atender(conexion):\n"
        "    empezado.append(1)\n"
        "    print(nada_de_nada)\n"
        "_thread.start_new_thread(atender, (1,))\n"
        "while not empezado or _thread._count():\n"
        "    time.sleep(0.01)\n"
        "raise ValueError('otra cosa')\n",
    )

    diagnostico = explicado(ejecutar(tmp_path), tmp_path)

    assert (diagnostico.tipo, diagnostico.hilo) == ("NameError", "atender")


# --- Dónde está la falta -----------------------------------------------------------------------


def test_un_error_en_un_archivo_importado_se_situa_en_el(tmp_path: Path) -> None:
    escribir(tmp_path, servidor="import ayuda\n\nayuda.f()\n", ayuda="def f(:\n    pass\n")

    assert explicado(ejecutar(tmp_path), tmp_path).lugar == "ayuda.py, línea 1"


def test_un_error_dentro_de_la_biblioteca_se_situa_en_quien_la_llamo(tmp_path: Path) -> None:
    escribir(
        tmp_path,
        servidor="import json\n\ndef leer(dato):\n    return json.loads(dato)\n\nleer('no')\n",
    )

    assert explicado(ejecutar(tmp_path), tmp_path).lugar == "servidor.py, línea 4"


def test_vale_una_carpeta_con_espacios_y_tildes(tmp_path: Path) -> None:
    carpeta = tmp_path / "Práctica de Núria" / "mi chat"
    carpeta.mkdir(parents=True)
    escribir(carpeta, servidor="print(true)\n")

    assert explicado(ejecutar(carpeta), carpeta).lugar == "servidor.py, línea 1"
    # Y el archivo se nombra desde la carpeta de la entrega.
    assert (
        explicado(ejecutar(carpeta), tmp_path).lugar
        == "Práctica de Núria/mi chat/servidor.py, línea 1"
    )


def test_un_archivo_con_otra_codificacion_se_explica_y_no_estorba(tmp_path: Path) -> None:
    (tmp_path / "servidor.py").write_bytes("# Ñandú\nprint(1)\n".encode("cp1252"))

    diagnostico = explicado(ejecutar(tmp_path), tmp_path)

    assert diagnostico.lugar == "servidor.py, línea 1"
    assert diagnostico.codigo == "# Ñandú"
    assert "UTF-8" in diagnostico.arreglo


def test_un_archivo_que_se_llama_como_un_modulo_de_python(tmp_path: Path) -> None:
    escribir(tmp_path, queue="cola = []\n", servidor="import queue\ncola = queue.Queue()\n")

    diagnostico = explicado(ejecutar(tmp_path), tmp_path)

    assert diagnostico.lugar == "servidor.py, línea 2"
    assert "Cambia de nombre tu archivo `queue.py`" in diagnostico.arreglo


SE_IMPORTAN_EL_UNO_AL_OTRO = {
    "servidor": "import red\nred.abrir()\n",
    "red": "import sala\ndef abrir():\n    pass\n",
    "sala": "import red\nred.abrir()\n",
}
#: Hasta Python 3.12, la última línea sí dice que puede ser «a circular import».
CON_PYTHON_3_13 = """
Traceback (most recent call last):
  File "/home/ana/entrega/servidor.py", line 1, in <module>
    import red
  File "/home/ana/entrega/red.py", line 1, in <module>
    import sala
  File "/home/ana/entrega/sala.py", line 2, in <module>
    red.abrir()
    ^^^^^^^^^
AttributeError: module 'red' has no attribute 'abrir' (consider renaming \
'/home/ana/entrega/red.py' if it has the same name as a third-party module you intended to import)
"""


@pytest.mark.parametrize("python", ["este", "3.13"])
def test_dos_archivos_que_se_importan_el_uno_al_otro(tmp_path: Path, python: str) -> None:
    escribir(tmp_path, **SE_IMPORTAN_EL_UNO_AL_OTRO)
    pantalla = CON_PYTHON_3_13 if python == "3.13" else ejecutar(tmp_path)
    diagnostico = explicado(pantalla, tmp_path)

    assert diagnostico.lugar == "sala.py, línea 2"
    assert "se importan el uno al otro" in diagnostico.explicacion


def test_un_nombre_mal_escrito_de_otro_archivo_del_alumno(tmp_path: Path) -> None:
    escribir(tmp_path, servidor="import red\nred.abir()\n", red="def abrir():\n    pass\n")

    assert "`red.abrir`" in explicado(ejecutar(tmp_path), tmp_path).arreglo


def test_si_cliente_y_servidor_usan_puertos_distintos_se_dice(tmp_path: Path) -> None:
    escribir(
        tmp_path,
        servidor="import socket\nPORT = 9000\ns = socket.socket()\ns.bind(('', PORT))\n",
        cliente="import socket\nc = socket.socket()\nc.connect(('127.0.0.1', 1))\n",
    )

    diagnostico = explicado(ejecutar(tmp_path, "cliente.py"), tmp_path)

    assert diagnostico.lugar == "cliente.py, línea 3"
    assert diagnostico.arreglo == "Usa el mismo puerto en los dos: 9000."


SERVIDOR_CON_ERRATA = """
import socket
import threading

clientes = []


def atender(conexion, direccion):
    while True:
        datos = conexion.recv(1024)
        if not datos:
            break
        for cliente in clientes:
            if cliente != conexion:
                cliente.sendal(datos)


servidor = socket.socket()
servidor.bind(("127.0.0.1", 0))
servidor.listen()
print(f"Escuchando en 127.0.0.1:{servidor.getsockname()[1]}", flush=True)
while True:
    conexion, direccion = servidor.accept()
    clientes.append(conexion)
    print("Entra", direccion, flush=True)
    threading.Thread(target=atender, args=(conexion, direccion), daemon=True).start()
"""
CLIENTE = """
import socket
import sys

cliente = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
while True:
    cliente.sendall(input("Mensaje: ").encode("utf-8"))
"""


def test_con_dos_clientes_el_error_del_servidor_es_el_del_hilo_y_no_el_ctrl_c(
    tmp_path: Path, lanzar: Lanzar
) -> None:
    escribir(tmp_path, servidor=SERVIDOR_CON_ERRATA, cliente=CLIENTE)
    servidor = lanzar("servidor.py", carpeta=tmp_path)
    puerto = str(servidor.puerto())
    ana, _ = (lanzar("cliente.py", puerto, carpeta=tmp_path) for _ in range(2))
    # Conectar no basta: el fallo está en escribir a otro, y antes debe estar en la lista.
    servidor.esperar("Entra", veces=2)
    ana.escribir("hola")
    assert servidor.errores.esperar(lambda datos: b"no attribute 'sendal'" in datos)
    servidor.ctrl_c()
    servidor.esperar_fin()
    ana.cerrar_teclado()
    ana.esperar_fin()

    del_servidor = explicado(servidor.pantalla + servidor.errores.texto, tmp_path)
    de_ana = explicado(ana.pantalla + ana.errores.texto, tmp_path)

    assert del_servidor.lugar == "servidor.py, línea 15"
    assert "`cliente.sendall(datos)`" in del_servidor.arreglo
    assert (de_ana.tipo, de_ana.lugar) == ("EOFError", "cliente.py, línea 7")


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl+Break no lanza KeyboardInterrupt")
def test_interrumpir_con_ctrl_c_no_es_un_error(tmp_path: Path, lanzar: Lanzar) -> None:
    # En un bucle: desde Python 3.12, entre escribir y esperar al teclado no se miran las señales.
    bucle = "import time\nprint('listo', flush=True)\nwhile True:\n    time.sleep(0.05)\n"
    escribir(tmp_path, servidor=bucle)
    servidor = lanzar("servidor.py", carpeta=tmp_path)
    servidor.esperar("listo")
    servidor.ctrl_c()
    servidor.esperar_fin()

    assert "KeyboardInterrupt" in servidor.errores.texto
    assert explicar_error(servidor.pantalla + servidor.errores.texto, tmp_path) is None


def test_quien_pone_bind_en_lugar_de_connect_es_un_cliente(tmp_path: Path) -> None:
    codigo = 'import socket\ns = socket.socket()\ns.bind(("127.0.0.1", 4040))\ns.sendall(b"hola")\n'
    escribir(tmp_path, cliente=codigo)
    pantalla = (
        f'Traceback (most recent call last):\n  File "{tmp_path}/cliente.py", line 3, in <module>\n'
        '    s.bind(("127.0.0.1", 4040))\nOSError: [Errno 98] Address already in use\n'
    )
    hallazgo = explicar_error(pantalla, tmp_path)

    assert hallazgo is not None
    assert hallazgo.arreglo == "Cambia `bind` por `connect`."
    assert "SO_REUSEADDR" not in hallazgo.causa
