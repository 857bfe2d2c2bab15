"""La guía *Mira tus sockets*: sus teclas son las de la página, y sus órdenes hacen lo que dice."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from chatlab.observador.pagina.empaquetar import PAGINA
from tests.apoyo.programa import RAIZ
from tests.conftest import Lanzar
from tests.docs.paginas import DOCS

GUIA = (DOCS / "guias" / "mira-tus-sockets.md").read_text(encoding="utf-8")
#: Las que arrancan unos programas, de la tabla y de los bloques.
ORDENES = sorted(
    {
        orden
        for orden in re.findall(r"`?(?:chatlab|python -m chatlab) (observar [^`\n]+)`?", GUIA)
        if "--reproducir" not in orden
    }
)
PASO = RAIZ / "lessons" / "03_difusion" / "paso1_hilos"


def test_la_tabla_de_las_teclas_es_la_de_la_pagina() -> None:
    modulo = (PAGINA / "tiempo" / "teclas.js").read_text("utf-8")
    teclas = re.findall(r'^  \["(.*)", "(.*)"\],$', modulo, re.M)

    filas = re.findall(r"^\| ([^|`]+) \| ([^|]+) \|$", GUIA.partition("## Las teclas")[2], re.M)
    assert len(teclas) > 8
    assert filas[2:] == teclas


def carpeta_de_un_estudiante(carpeta: Path) -> None:
    """Donde la guía supone que se teclea: con los programas de un paso, y con un ejercicio."""
    for programa in PASO.glob("*.py"):
        shutil.copy(programa, carpeta)
    shutil.copytree(PASO, carpeta / "ejercicios" / "03_difusion")


@pytest.mark.lento  # arranca programas y una página, y termina con todo
@pytest.mark.parametrize("orden", ORDENES)
def test_cada_orden_de_la_guia_arranca_sus_programas_y_termina_con_ctrl_c(
    lanzar: Lanzar, tmp_path: Path, orden: str
) -> None:
    carpeta_de_un_estudiante(tmp_path)
    palabras = ["-m", "chatlab", *shlex.split(orden)]
    corte = palabras.index("--") if "--" in palabras else len(palabras)

    observado = lanzar(
        *palabras[:corte],
        "--sin-abrir",
        *palabras[corte:],
        carpeta=tmp_path,
        entorno={"PYTHONPATH": str(RAIZ)},
    )
    observado.esperar("http://127.0.0.1:")
    observado.ctrl_c()

    assert observado.esperar_fin() == 0, observado.transcripcion()


@pytest.mark.lento  # arranca programas y una página, y termina con todo
def test_lo_guardado_se_reproduce_y_se_exporta_en_un_solo_archivo(
    lanzar: Lanzar, tmp_path: Path
) -> None:
    entorno = {"PYTHONPATH": str(RAIZ)}
    [guardar] = [orden for orden in ORDENES if "--guardar" in orden]
    grabada = lanzar(
        "-m", "chatlab", *shlex.split(guardar), "--sin-abrir", carpeta=tmp_path, entorno=entorno
    )
    grabada.esperar("http://127.0.0.1:")
    grabada.ctrl_c()
    assert grabada.esperar_fin() == 0

    [exportar] = re.findall(r"^chatlab (observar --reproducir .*--exportar .*)$", GUIA, re.M)
    exportada = lanzar("-m", "chatlab", *shlex.split(exportar), carpeta=tmp_path, entorno=entorno)
    assert exportada.esperar_fin() == 0, exportada.transcripcion()
    assert "<script" in (tmp_path / "charla.html").read_text(encoding="utf-8")

    [reproducir] = re.findall(r"^chatlab (observar --reproducir [^-\n]*)$", GUIA, re.M)
    vista = lanzar(
        "-m", "chatlab", *shlex.split(reproducir), "--sin-abrir", carpeta=tmp_path, entorno=entorno
    )
    vista.esperar("http://127.0.0.1:")
    vista.ctrl_c()
    assert vista.esperar_fin() == 0, vista.transcripcion()
