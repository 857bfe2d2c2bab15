"""Nada de lo que enseña una página se corta: ni en una pantalla corriente, ni en un teléfono."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.apoyo.programa import RAIZ
from tests.docs.paginas import PAGINAS, bloques, inclusiones, nombre

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

#: Columnas de un programa y de una terminal: en la página, a 1280 píxeles, caben 80.
DE_UN_PROGRAMA, DE_UNA_TERMINAL = 79, 80
PASO = "lecciones/01_bitacora/paso3_lineas.html"
#: Enseñan código de chatlab, que llega a las cien columnas: dejan para él el sitio del menú.
ANCHAS = ["guias/eventos-por-dentro.html", "guias/profesores.html"]
#: Cuántos bloques de código tienen más ancho que sitio, con todo desplegado.
CORTADOS = """() => {
    document.querySelectorAll("details").forEach(uno => { uno.open = true; });
    return [...document.querySelectorAll(".highlight pre > code")]
        .filter(uno => uno.scrollWidth > uno.clientWidth + 1)
        .map(uno => uno.innerText.slice(0, 200));
}"""
AVISO = """() => {
    const dibujo = document.querySelector("figure.secuencia");
    const aviso = getComputedStyle(dibujo, "::before");
    return [dibujo.scrollWidth > dibujo.clientWidth, aviso.content, aviso.display];
}"""


def test_los_programas_de_los_pasos_y_los_ejemplos_caben_en_su_pagina() -> None:
    programas = [*RAIZ.glob("lessons/*/paso*/*.py"), *RAIZ.glob("docs/ejemplos/**/*.py")]
    largas = [
        f"{programa.relative_to(RAIZ)}, línea {numero}"
        for programa in sorted(programas)
        for numero, linea in enumerate(programa.read_text("utf-8").splitlines(), start=1)
        if len(linea) > DE_UN_PROGRAMA
    ]

    assert largas == []


@pytest.mark.parametrize("pagina", PAGINAS, ids=nombre)
def test_las_consolas_caben_en_la_pagina(pagina: Path) -> None:
    incluidos = {uno.archivo for uno in inclusiones(pagina)}
    consolas = {
        archivo
        for bloque in bloques(pagina)
        if bloque.lenguaje == "console"
        for archivo in incluidos
        if any(archivo in linea for linea in bloque.lineas)
    }
    for archivo in sorted(consolas):
        # La orden que se teclea sigue en la línea de abajo: se copia entera.
        largas = [
            linea
            for linea in (RAIZ / archivo).read_text(encoding="utf-8").splitlines()
            if len(linea) > DE_UNA_TERMINAL and not linea.startswith("$ ")
        ]
        assert largas == [], archivo


@pytest.fixture
def abierta(navegador: Browser, sitio: Path, request: pytest.FixtureRequest) -> Page:
    """La página del paso, en una ventana de ese ancho."""
    pagina = navegador.new_page(viewport={"width": request.param, "height": 900})
    request.addfinalizer(pagina.close)
    pagina.goto((sitio / PASO).as_uri())
    return pagina


@pytest.mark.parametrize("abierta", [1280], indirect=True)
def test_en_una_pantalla_corriente_no_se_corta_ningun_codigo(abierta: Page) -> None:
    assert abierta.evaluate(CORTADOS) == []


@pytest.mark.lento
@pytest.mark.parametrize("abierta", [1280], indirect=True)
@pytest.mark.parametrize("pagina", ANCHAS)
def test_el_codigo_de_chatlab_tampoco_se_corta(abierta: Page, sitio: Path, pagina: str) -> None:
    abierta.goto((sitio / pagina).as_uri())

    assert abierta.evaluate(CORTADOS) == []


@pytest.mark.parametrize("abierta", [390], indirect=True)
def test_en_un_telefono_un_dibujo_ancho_dice_que_se_desliza(abierta: Page) -> None:
    ancho, aviso, como = abierta.evaluate(AVISO)

    assert ancho
    assert "Desl" in aviso
    assert como == "block"


@pytest.mark.parametrize("abierta", [1280], indirect=True)
def test_un_dibujo_que_cabe_no_dice_nada(abierta: Page) -> None:
    ancho, aviso, _ = abierta.evaluate(AVISO)

    assert not ancho
    assert aviso == "none"
