"""Cada página se puede leer con un lector de pantalla, sin ratón y en claro o en oscuro.

Lo examina axe-core, que conoce las pautas WCAG 2.
"""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.docs.paginas import PAGINAS, nombre

if TYPE_CHECKING:
    from playwright.sync_api import Browser

GRAVES = ("serious", "critical")
REGLAS = {"runOnly": ["wcag2a", "wcag2aa", "best-practice"]}
#: Las que son de la plantilla del tema, y no de nuestras páginas.
DEL_TEMA = frozenset({"landmark-unique", "region"})


@pytest.mark.parametrize("pagina", PAGINAS, ids=nombre)
def test_ninguna_falta_grave_de_accesibilidad(
    navegador: Browser, sitio: Path, pagina: Path
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    direccion = f"{sitio.as_uri()}/{nombre(pagina).removesuffix('.md')}.html"
    for esquema in ("light", "dark"):
        contexto = navegador.new_context(
            viewport={"width": 1280, "height": 900}, color_scheme=esquema, reduced_motion="reduce"
        )
        abierta = contexto.new_page()
        abierta.goto(direccion)
        faltas: list[dict[str, Any]] = Axe().run(abierta, options=REGLAS).response["violations"]
        contexto.close()

        graves = [
            f"{falta['id']}: {falta['help']} en {nodo['html'][:150]}"
            for falta in faltas
            if falta["impact"] in GRAVES and falta["id"] not in DEL_TEMA
            for nodo in falta["nodes"]
        ]
        assert not graves, f"{esquema}: {graves}"


@pytest.mark.parametrize("pagina", PAGINAS, ids=nombre)
def test_los_encabezados_van_en_orden(navegador: Browser, sitio: Path, pagina: Path) -> None:
    contexto = navegador.new_context()
    abierta = contexto.new_page()
    abierta.goto(f"{sitio.as_uri()}/{nombre(pagina).removesuffix('.md')}.html")
    niveles = abierta.eval_on_selector_all(
        "article :is(h1, h2, h3, h4, h5, h6)", "todos => todos.map(uno => +uno.tagName[1])"
    )
    contexto.close()

    assert niveles.count(1) == 1
    assert niveles[0] == 1
    saltos = [(a, b) for a, b in itertools.pairwise(niveles) if b > a + 1]
    assert not saltos
