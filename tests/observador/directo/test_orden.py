"""La orden: sus opciones, lo que falta, y las películas que guarda, exporta y reproduce."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.apoyo.espera import hasta
from tests.apoyo.programa import RAIZ
from tests.conftest import Lanzar
from tests.observador.directo.conftest import Observar, Programas

OBSERVAR = ("-m", "chatlab", "observar")


@pytest.mark.parametrize(
    ("palabras", "frase"),
    [
        ([], "di qué quieres ver"),
        (["--reproducir", "x.chatlab", "difusion"], "con --reproducir no se arranca"),
        (["--reproducir", "x.chatlab", "--guardar", "y.chatlab"], "con --reproducir"),
        (["difusion", "--clientes", "0"], "«0» no es un número entero de 1 a 20"),
        (["difusio"], "No sé qué es «difusio»"),
    ],
)
def test_una_orden_mal_escrita_se_explica(lanzar: Lanzar, palabras: list[str], frase: str) -> None:
    orden = lanzar(*OBSERVAR, *palabras)

    assert orden.esperar_fin() == 2
    assert frase in orden.errores.texto


@pytest.mark.parametrize(
    ("palabras", "frase"),
    [
        (["--reproducir", "no_esta.chatlab"], "No existe la película «no_esta.chatlab»."),
        (["difusion", "--guardar", "no/hay/x.chatlab"], "no existe la carpeta donde va"),
        (["difusion", "--exportar", "no/hay/x.html"], "no existe la carpeta donde va"),
        (["--reproducir", "."], "«.» es una carpeta"),
        (["--reproducir", "/dev/null"], "«/dev/null» no es un archivo"),
    ],
)
def test_lo_que_no_se_puede_se_dice_antes_de_arrancar_nada(
    lanzar: Lanzar, palabras: list[str], frase: str, tmp_path: Path
) -> None:
    orden = lanzar(*OBSERVAR, *palabras, carpeta=tmp_path, entorno={"PYTHONPATH": str(RAIZ)})

    assert orden.esperar_fin() == 1
    assert frase in orden.errores.texto
    assert "Traceback" not in orden.errores.texto


@pytest.mark.parametrize("opcion", ["--guardar", "--exportar"])
def test_lo_que_ya_estaba_escrito_no_se_pierde(
    lanzar: Lanzar, programas: Programas, opcion: str
) -> None:
    """La clase de ayer, o el programa que se quería mirar: no habría vuelta atrás."""
    carpeta = programas("programa.py", "input('listo')")
    orden = lanzar(
        *OBSERVAR, "programa.py", "--sin-abrir", opcion, "programa.py",
        carpeta=carpeta, entorno={"PYTHONPATH": str(RAIZ)},
    )  # fmt: skip

    assert orden.esperar_fin() == 1
    assert "«programa.py» ya existe, y no lo sustituyo" in orden.errores.texto
    assert (carpeta / "programa.py").read_text("utf-8") == "input('listo')"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="aquí no hay un disco siempre lleno")
def test_si_no_cupo_no_se_dice_que_esta_guardada(observar: Observar, programas: Programas) -> None:
    carpeta = programas("programa.py", "input('listo')")
    observacion = observar("programa.py", "--guardar", "/dev/full", carpeta=carpeta)
    pagina = observacion.abrir_pagina()
    pagina.esperar(lambda: pagina.avisos, "que avise")

    assert observacion.terminar() == 1

    assert "La película acaba aquí." in pagina.avisos[0]
    assert "La película está en" not in observacion.orden.pantalla
    assert "no queda espacio en el disco. La película no está entera." in (
        observacion.orden.errores.texto
    )


def test_con_el_puerto_de_la_pagina_ocupado_se_dice_que_hacer(lanzar: Lanzar) -> None:
    with socket.create_server(("127.0.0.1", 0)) as ocupado:
        puerto = str(ocupado.getsockname()[1])
        orden = lanzar(*OBSERVAR, "difusion", "--sin-abrir", "--puerto-pagina", puerto)

        assert orden.esperar_fin() == 1

    assert (
        f"No puedo usar el puerto {puerto} para la página: ya lo usa otro programa"
        in orden.errores.texto
    )


def test_la_pagina_vuelve_a_su_puerto_sin_esperar_un_minuto(
    observar: Observar, programas: Programas, puerto: str
) -> None:
    carpeta = programas("programa.py", "input('listo')")

    for _ in range(2):
        observacion = observar("programa.py", "--puerto-pagina", puerto, carpeta=carpeta)
        observacion.abrir_pagina().esperar_en_pantalla(1, "listo")
        assert observacion.maquina == f"127.0.0.1:{puerto}"
        assert observacion.terminar() == 0


def navegador_de_pega(carpeta: Path, nombre: str) -> Path:
    """Un programa que apunta qué dirección le han pedido que abra."""
    guion = carpeta / nombre
    guion.write_text(f'#!/bin/sh\necho "$1" > "{carpeta}/abierta.txt"\n', encoding="utf-8")
    guion.chmod(0o755)
    return guion


@pytest.mark.skipif(sys.platform == "win32", reason="es un guion de sh")
def test_se_abre_en_el_navegador_de_la_persona(lanzar: Lanzar, programas: Programas) -> None:
    carpeta = programas("programa.py", "input()")
    guion = navegador_de_pega(carpeta, "el-mio")
    orden = lanzar(*OBSERVAR, str(carpeta / "programa.py"), entorno={"BROWSER": str(guion)})

    orden.esperar("La página está abierta en tu navegador")
    assert hasta(lambda: (carpeta / "abierta.txt").exists())
    direccion = (carpeta / "abierta.txt").read_text(encoding="utf-8").strip()
    assert direccion in orden.esperar("terminan tus programas")
    orden.insistir_con_ctrl_c()


@pytest.mark.skipif(sys.platform == "win32", reason="es un guion de sh")
def test_un_navegador_de_texto_no_ocupa_la_terminal(lanzar: Lanzar, programas: Programas) -> None:
    carpeta = programas("programa.py", "input()")
    navegador_de_pega(carpeta, "w3m")
    sin_pantalla = {"PATH": str(carpeta), "DISPLAY": "", "WAYLAND_DISPLAY": "", "TERM": "xterm"}
    orden = lanzar(*OBSERVAR, str(carpeta / "programa.py"), entorno=sin_pantalla)

    orden.esperar("Abre en tu navegador")
    orden.esperar("terminan tus programas")
    assert not (carpeta / "abierta.txt").exists()
    orden.insistir_con_ctrl_c()


SIN_BIBLIOTECAS = """
import importlib.util, sys
de_verdad = importlib.util.find_spec
importlib.util.find_spec = lambda que, *mas: None if que in %r else de_verdad(que, *mas)
sys.argv = ["chatlab", "observar", *sys.argv[1:]]
from chatlab.cli import principal
principal()
"""


def sin_bibliotecas(*palabras: str) -> subprocess.CompletedProcess[str]:
    """La orden, donde no está instalado el extra."""
    codigo = SIN_BIBLIOTECAS % (("starlette", "uvicorn", "websockets"),)
    return subprocess.run(
        [sys.executable, "-c", codigo, *palabras],
        cwd=RAIZ,
        capture_output=True,
        encoding="utf-8",
        timeout=30,
    )


def test_sin_el_extra_dice_que_instalar() -> None:
    ejecucion = sin_bibliotecas("difusion", "--sin-abrir")

    assert ejecucion.returncode == 1
    assert "hacen falta starlette, uvicorn y websockets" in ejecucion.stderr
    assert "pip install" in ejecucion.stderr
    assert "[observador]" in ejecucion.stderr


@pytest.fixture
def pelicula(observar: Observar, programas: Programas) -> Path:
    """La de un programa que dice algo y termina."""
    carpeta = programas("programa.py", "print('<b>hola</b>', input())")
    observacion = observar("programa.py", "--guardar", "clase.chatlab", carpeta=carpeta)
    pagina = observacion.abrir_pagina()
    pagina.programa("programa")
    pagina.teclear(1, "mundo\r")
    pagina.esperar_en_pantalla(1, "<b>hola</b> mundo")
    assert observacion.terminar() == 0
    return carpeta / "clase.chatlab"


def test_una_pelicula_guardada_se_ve_igual_que_se_vio(observar: Observar, pelicula: Path) -> None:
    pagina = observar("--reproducir", str(pelicula)).abrir_pagina()

    pagina.esperar(lambda: pagina.fin, "que acabe")

    lineas = [json.loads(linea) for linea in pelicula.read_text("utf-8").splitlines()]
    assert pagina.lineas == lineas
    assert not pagina.puede["otro_cliente"]
    pagina.teclear(1, "nadie lo oye")
    pagina.mandar(orden="otro_cliente")
    pagina.mandar(orden="tamano", p=1, filas=10, columnas=10)
    pagina.cerrar()


def test_se_exporta_a_una_pagina_suelta_sin_necesitar_el_extra(pelicula: Path) -> None:
    suelta = pelicula.with_suffix(".html")

    ejecucion = sin_bibliotecas("--reproducir", str(pelicula), "--exportar", str(suelta))

    assert ejecucion.returncode == 0, ejecucion.stderr
    html = suelta.read_text("utf-8")
    assert html.startswith("<!doctype html>")
    assert "<b>hola</b>" not in html
    assert str(suelta) in ejecucion.stdout


def test_se_exporta_al_terminar_lo_que_se_ha_visto(
    observar: Observar, programas: Programas
) -> None:
    carpeta = programas("programa.py", "input('listo')")
    observacion = observar("programa.py", "--exportar", "clase.html", carpeta=carpeta)
    observacion.abrir_pagina().esperar_en_pantalla(1, "listo")

    assert observacion.terminar() == 0

    assert (carpeta / "clase.html").read_text("utf-8").startswith("<!doctype html>")


def test_lo_que_no_es_una_pelicula_se_dice(lanzar: Lanzar, tmp_path: Path) -> None:
    (tmp_path / "x.chatlab").write_text("no soy una película\n", encoding="utf-8")

    orden = lanzar(*OBSERVAR, "--sin-abrir", "--reproducir", str(tmp_path / "x.chatlab"))

    assert orden.esperar_fin() == 1
    assert "Traceback" not in orden.errores.texto
    assert "x.chatlab" in orden.errores.texto


def test_guardar_desde_la_pagina_no_toca_lo_que_hay(
    observar: Observar, programas: Programas
) -> None:
    carpeta = programas("programa.py", "input('listo')")
    (carpeta / "programa-py.chatlab").write_text("mía", encoding="utf-8")
    pagina = observar("programa.py", carpeta=carpeta).abrir_pagina()
    pagina.esperar_en_pantalla(1, "listo")

    pagina.mandar(orden="guardar")

    pagina.esperar(lambda: pagina.avisos, "que avise")
    assert "programa-py-2.chatlab" in pagina.avisos[0]
    assert (carpeta / "programa-py.chatlab").read_text("utf-8") == "mía"
    assert "listo" in (carpeta / "programa-py-2.chatlab").read_text("utf-8")
