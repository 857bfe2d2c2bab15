"""Cada página, abierta en un navegador de verdad: desde el disco y desde un servidor."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.docs.visita import Pestana, Visita

if TYPE_CHECKING:
    from playwright.sync_api import Browser

#: Bytes que puede pesar una página con todo lo que carga la primera vez.
PESO_MAXIMO = 400_000


@pytest.mark.parametrize("desde", ["el disco", "un servidor"])
def test_cada_pagina_se_abre_ligera_y_sin_pedir_nada_de_fuera(
    visita: Visita, sitio: Path, desde: str
) -> None:
    apertura = visita.desde[desde]

    assert not apertura.fallido
    assert not apertura.dicho
    assert all(url.startswith((apertura.base, "data:")) for url in apertura.pedido), apertura.pedido
    pesos = apertura.peso(sitio)
    assert visita.direccion.rpartition("/")[2] in pesos
    assert sum(pesos.values()) <= PESO_MAXIMO, pesos


def test_cada_pagina_cabe_en_un_telefono_y_tiene_sus_encabezados_en_orden(visita: Visita) -> None:
    niveles = visita.encabezados

    assert visita.sobra <= 0
    assert niveles.count(1) == 1
    assert niveles[0] == 1
    assert not [(a, b) for a, b in itertools.pairwise(niveles) if b > a + 1]


@pytest.mark.parametrize("desde", ["el disco", "un servidor"])
def test_buscando_un_error_se_encuentra_su_pagina(
    navegador: Browser, sitio: Path, servido: str, desde: str
) -> None:
    base = sitio.as_uri() if desde == "el disco" else servido
    with navegador.new_context() as contexto:
        pestana = Pestana(contexto, base, "light")
        pestana.abrir("index.html")
        pestana.pagina.click("input.md-search__input")
        pestana.pagina.keyboard.type("Address already in use")

        pestana.pagina.wait_for_selector(".md-search-result__link", state="attached")
        enlaces = pestana.pagina.eval_on_selector_all(
            ".md-search-result__link", "todos => todos.map(uno => uno.getAttribute('href'))"
        )
    assert any("errores.html" in enlace for enlace in enlaces), enlaces


def test_la_primera_leccion_se_lee_sin_javascript(navegador: Browser, sitio: Path) -> None:
    with navegador.new_context(java_script_enabled=False) as contexto:
        pagina = contexto.new_page()
        pagina.goto(f"{sitio.as_uri()}/lecciones/01_bitacora/paso1_un_mensaje.html")

        texto = pagina.inner_text("article")
    assert "servidor.listen()" in texto
    assert "Qué verás" in texto
