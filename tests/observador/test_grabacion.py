"""Una grabación se lee aunque esté a medias, se guarda igual y se recorta."""

from __future__ import annotations

import io
import itertools
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from chatlab.observador.grabacion import Grabacion, GrabacionIlegible, Grabadora
from chatlab.sonda import Suceso
from tests.apoyo.programa import RAIZ
from tests.apoyo.transcripcion import PLAZO
from tests.observador.revision import fallos

EJEMPLO = RAIZ / "docs/ejemplos/saludo.chatlab"
MUESTRAS = [*sorted(Path(__file__).with_name("muestras").glob("*.chatlab")), EJEMPLO]
PAGINA = RAIZ / "docs/referencia/grabacion.md"
CABECERA = '{"chatlab":"grabacion","version":1}\n'


@pytest.mark.parametrize("muestra", MUESTRAS, ids=lambda ruta: ruta.stem)
def test_lo_guardado_es_lo_leido(muestra: Path, tmp_path: Path) -> None:
    grabacion = Grabacion.leer(muestra)
    grabacion.guardar(tmp_path / "otra.chatlab")

    assert grabacion.completa
    assert (tmp_path / "otra.chatlab").read_bytes() == muestra.read_bytes()
    assert Grabacion.leer(grabacion.texto()).lineas == grabacion.lineas


@pytest.mark.parametrize("muestra", MUESTRAS, ids=lambda ruta: ruta.stem)
def test_las_muestras_cuadran(muestra: Path) -> None:
    assert fallos(Grabacion.leer(muestra).lineas) == []


@pytest.mark.parametrize("muestra", MUESTRAS, ids=lambda ruta: ruta.stem)
def test_la_pagina_del_formato_nombra_todo_lo_que_hay_en_una_grabacion(muestra: Path) -> None:
    nombrados = set(re.findall(r"`(\w+)`", PAGINA.read_text("utf-8")))
    grabacion = Grabacion.leer(muestra)

    assert grabacion.cabecera.keys() <= nombrados
    for linea in grabacion.lineas:
        assert {*linea, linea["que"]} <= nombrados


def test_el_programa_de_la_pagina_lee_su_ejemplo() -> None:
    orden = [sys.executable, "leer_grabacion.py", EJEMPLO.name]
    salida = subprocess.run(
        orden,
        cwd=EJEMPLO.parent,
        env={**os.environ, "PYTHONPATH": str(RAIZ)},
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=PLAZO,
    ).stdout

    pantalla = (RAIZ / "docs/grabaciones/ejemplos/leer_grabacion.Ana.txt").read_text("utf-8")
    assert salida == pantalla.partition("\n")[2]
    assert "Ana envía" in salida


@pytest.mark.parametrize("muestra", MUESTRAS, ids=lambda ruta: ruta.stem)
def test_cada_linea_va_detras_de_la_anterior(muestra: Path) -> None:
    instantes = [linea["t"] for linea in Grabacion.leer(muestra).lineas]

    assert all(antes < despues for antes, despues in itertools.pairwise(instantes))


def test_una_ultima_linea_a_medias_no_cuenta() -> None:
    grabacion = Grabacion.leer(
        CABECERA + '{"que":"marca","t":1,"texto":"a"}\n{"que":"marca","t":2}'
    )

    assert [linea["t"] for linea in grabacion.lineas] == [1]
    assert not grabacion.completa


@pytest.mark.parametrize(
    ("texto", "dice"),
    [
        ("", "está vacío"),
        ("hola\n", "no es una grabación"),
        ("[1]\n", "no es una grabación"),
        ('{"chatlab":"grabacion","version":2}\n', "más nueva"),
        ('{"chatlab":"grabacion","version":-3}\n', "está estropeado"),
        ('{"chatlab":"grabacion","version":"1"}\n', "está estropeado"),
        ('{"chatlab":"grabacion"', "ninguna línea entera"),
        (CABECERA + "hola\n", "línea 2"),
        (CABECERA + '{"que":"marca","t":1}\n{"que":3,"t":1}\n', "línea 3"),
        (CABECERA + '{"que":"marca","t":1e999}\n', "línea 2"),
        (CABECERA + '{"que":"marca","t":NaN}\n', "línea 2"),
        (CABECERA + "[" * 100_000 + "\n", "línea 2"),
    ],
)
def test_lo_que_no_es_una_grabacion_se_dice(texto: str, dice: str) -> None:
    with pytest.raises(GrabacionIlegible, match=dice):
        Grabacion.leer(texto)


def test_veinte_mil_sucesos_se_escriben_y_se_leen_en_un_momento() -> None:
    """A 20 000 por segundo, escribirlos cuesta una quinta parte de un procesador."""
    numero, escrito = 20_000, io.StringIO()
    ida, vuelta = ("127.0.0.1", 8000), ("127.0.0.1", 50_000)
    grabadora = Grabadora(escrito, reloj=lambda: 0.0)
    for pid, tipo, puntas in ((1, "accept", (ida, vuelta)), (2, "connect", (vuelta, ida))):
        grabadora.programa(f"programa {pid}", "programa", [], archivo=None, pid=pid)
        grabadora.sucesos([Suceso(tipo, pid, pid, 1, "x.py", 0.001, *puntas)])
    envios = [Suceso("send", 2, 2, 1, "x.py", 0.01, None, None, 4, b"hola")] * (numero // 2)
    lecturas = [Suceso("recv", 1, 1, 1, "x.py", 0.01, None, None, 4, b"hola")] * (numero // 2)

    antes = time.process_time()
    grabadora.sucesos(envios)
    grabadora.sucesos(lecturas)
    grabadora.cerrar()
    al_escribir = time.process_time() - antes
    grabacion = Grabacion.leer(escrito.getvalue())
    al_leer = time.process_time() - antes - al_escribir

    assert len(grabacion.lineas) > numero
    # El triple de lo que tarda en un ordenador corriente.
    assert al_escribir < 1.0
    assert al_leer < 0.3
