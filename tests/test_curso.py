"""Las lecciones: lo que dice la ficha de cada una, y que el sitio las enseña en su orden."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from chatlab.curso.ficha import Ficha, leer_ficha
from chatlab.curso.lecciones import Leccion, lecciones
from chatlab.errores import ErrorDeArchivo
from docs.taller.mapas import leer_pagina, paginas_del_curso
from tests.apoyo.programa import RAIZ


def escribir(carpeta: Path, ficha: str) -> Path:
    archivo = carpeta / "leccion.toml"
    archivo.write_text(ficha, encoding="utf-8")
    return archivo


def test_la_ficha_dice_si_se_chatea_con_nombre() -> None:
    con_nombres = {una.nombre for una in lecciones() if leer_ficha(una.ficha).con_nombres}

    assert {"03_difusion", "05_eventos", "06_robustez"} <= con_nombres
    assert not {"01_bitacora", "02_turnos", "04_tramas"} & con_nombres


def test_una_leccion_sin_ficha_no_tiene_nada_de_particular(tmp_path: Path) -> None:
    assert leer_ficha(tmp_path / "leccion.toml") == Ficha(con_nombres=False, falla=(), tareas={})


def test_la_ficha_dice_que_falla_al_empezar_y_que_tarea_lo_arregla(tmp_path: Path) -> None:
    ficha = escribir(tmp_path, 'arranque.falla = ["lento"]\narranque.tareas.3 = ["lento"]\n')

    assert leer_ficha(ficha) == Ficha(falla=("lento",), tareas={3: ("lento",)})


@pytest.mark.parametrize(
    "ficha",
    ["con_nombres = quizá", "arranque = 3", "arranque.tareas.uno = []", "arranque.falla = 1"],
)
def test_de_una_ficha_que_no_se_entiende_se_dice_cual_es(tmp_path: Path, ficha: str) -> None:
    with pytest.raises(ErrorDeArchivo, match=r"No entiendo la ficha «.*leccion\.toml»"):
        leer_ficha(escribir(tmp_path, ficha))


def test_el_sitio_lleva_cada_leccion_y_sus_paginas_en_orden() -> None:
    menu = (RAIZ / "mkdocs.yml").read_text(encoding="utf-8")

    assert re.findall(r"^ +- (lecciones/.+\.md)$", menu, re.MULTILINE) == [
        pagina.relative_to(RAIZ / "docs").as_posix() for pagina in paginas_del_curso()
    ]
    numeros = re.findall(r"^ +- (\d\d) · .+:$", menu, re.MULTILINE)
    assert numeros == [leccion.numero for leccion in lecciones()]


# --- Lo que se escribe a mano, comparado con su único sitio --------------------------------------

SITIO = RAIZ / "docs"
#: Una fila que empieza por el enlace a una página: su rótulo, adónde lleva y la última casilla.
FILA = re.compile(r"^\| \[([^\]]+)\]\(([^)#]+\.md)\) \|.*?([^|]*) \|$", re.MULTILINE)


def primera_linea(archivo: Path, que: str = "# ") -> str:
    lineas = archivo.read_text(encoding="utf-8").splitlines()
    return next(linea for linea in lineas if linea.startswith(que))


def filas_de(pagina: Path) -> list[tuple[str, Path, str]]:
    """Las filas de sus tablas que enlazan una página: el rótulo, cuál y la última casilla."""
    return [
        (rotulo, (pagina.parent / destino).resolve(), ultima)
        for rotulo, destino, ultima in FILA.findall(pagina.read_text(encoding="utf-8"))
    ]


def test_el_titulo_de_una_leccion_es_el_de_su_guia_en_todas_partes() -> None:
    titulos = [f"{una.numero} · {una.titulo}" for una in lecciones()]
    menu = (RAIZ / "mkdocs.yml").read_text(encoding="utf-8")
    portada = (RAIZ / "README.md").read_text(encoding="utf-8")
    plan = (SITIO / "guias" / "dar-el-curso.md").read_text(encoding="utf-8")

    assert re.findall(r"^ +- (\d\d · .+):$", menu, re.MULTILINE) == titulos
    assert re.findall(r"^\| \[(\d\d · .+?)\]\(lessons/", portada, re.MULTILINE) == titulos
    nombrados = re.findall(r"^\| \[(\d\d · (?!Pasos? |Ejercicio).+?)\]\(", plan, re.MULTILINE)
    assert set(nombrados) <= set(titulos)
    assert nombrados


@pytest.mark.parametrize("leccion", lecciones(), ids=lambda leccion: leccion.nombre)
def test_las_paginas_de_una_leccion_se_titulan_como_su_guia(leccion: Leccion) -> None:
    carpeta = SITIO / "lecciones" / leccion.nombre
    guia = leccion.guia.read_text(encoding="utf-8")
    pasos = [leer_pagina(ruta).titulo for ruta in sorted(carpeta.glob("paso*.md"))]

    assert primera_linea(carpeta / "index.md") == primera_linea(leccion.guia)
    assert re.findall(r"^## (Paso \d+\. .+)$", guia, re.MULTILINE) == pasos


@pytest.mark.parametrize("leccion", lecciones(), ids=lambda leccion: leccion.nombre)
def test_la_presentacion_de_una_leccion_dice_los_titulos_y_los_minutos_de_sus_paginas(
    leccion: Leccion,
) -> None:
    indice = SITIO / "lecciones" / leccion.nombre / "index.md"
    filas = [fila for fila in filas_de(indice) if fila[1].parent == indice.parent]
    paginas = [leer_pagina(ruta) for _, ruta, _ in filas]

    assert [indice, *(ruta for _, ruta, _ in filas)] == [
        ruta for ruta in paginas_del_curso() if ruta.parent == indice.parent
    ]
    assert [int(minutos) for *_, minutos in filas] == [pagina.minutos for pagina in paginas]
    assert [rotulo for rotulo, *_ in filas[:-1]] == [
        pagina.titulo.removeprefix("Paso ") for pagina in paginas[:-1]
    ]


@pytest.mark.parametrize("pagina", sorted((SITIO / "lecciones" / "03_difusion").glob("paso*.md")))
def test_lo_que_elige_cada_programa_de_difusion_se_dice_en_un_solo_sitio(pagina: Path) -> None:
    presentacion = pagina.with_name("index.md").read_text(encoding="utf-8")

    assert "{ #elecciones }" in presentacion
    assert "(index.md#elecciones)" in pagina.read_text(encoding="utf-8")
