"""Cada página, abierta en un navegador de verdad: desde el disco y desde un servidor.

Se abre una vez de cada manera, y se miran a la vez varias cosas: abrir es lo que tarda.
"""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from tests.docs.paginas import PAGINAS, nombre

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Request, ViewportSize

#: Bytes que puede pesar una página con todo lo que carga la primera vez.
PESO_MAXIMO = 400_000
DIRECCIONES = [nombre(pagina).removesuffix(".md") + ".html" for pagina in PAGINAS]
ORDENADOR: ViewportSize = {"width": 1280, "height": 900}
TELEFONO: ViewportSize = {"width": 390, "height": 800}


class Visita:
    """Una página abierta, y todo lo que pidió y dijo mientras se abría."""

    def __init__(self, contexto: BrowserContext, direccion: str) -> None:
        self.pedido: list[str] = []
        self.fallido: list[str] = []
        self.dicho: list[str] = []
        self.pagina: Page = contexto.new_page()
        self.pagina.on("request", self._pide)
        self.pagina.on("requestfailed", lambda pedido: self.fallido.append(pedido.url))
        self.pagina.on("console", lambda m: self.dicho.append(f"{m.type}: {m.text}"))
        self.pagina.on("pageerror", lambda error: self.dicho.append(str(error)))
        self.pagina.goto(direccion, wait_until="load")
        self.pagina.wait_for_function("document.documentElement.classList.contains('js')")

    def _pide(self, pedido: Request) -> None:
        self.pedido.append(pedido.url)

    def peso(self, sitio: Path, base: str) -> dict[str, int]:
        """Los bytes de cada archivo que se cargó."""
        archivos = {sitio / unquote(url.removeprefix(base)).lstrip("/") for url in self.pedido}
        return {archivo.name: archivo.stat().st_size for archivo in archivos if archivo.is_file()}


@pytest.mark.parametrize("direccion", DIRECCIONES)
@pytest.mark.parametrize("desde", ["el disco", "un servidor"])
def test_cada_pagina_se_abre_ligera_y_sin_pedir_nada_de_fuera(
    navegador: Browser, sitio: Path, servido: str, desde: str, direccion: str
) -> None:
    base = sitio.as_uri() if desde == "el disco" else servido
    contexto = navegador.new_context(viewport=ORDENADOR)
    visita = Visita(contexto, f"{base}/{direccion}")
    contexto.close()

    assert not visita.fallido
    assert not visita.dicho
    assert all(url.startswith((base, "data:")) for url in visita.pedido), visita.pedido
    pesos = visita.peso(sitio, base)
    assert direccion.rpartition("/")[2] in pesos
    assert sum(pesos.values()) <= PESO_MAXIMO, pesos


@pytest.mark.parametrize("direccion", DIRECCIONES)
def test_cada_pagina_cabe_en_un_telefono_y_tiene_sus_encabezados_en_orden(
    navegador: Browser, sitio: Path, direccion: str
) -> None:
    contexto = navegador.new_context(viewport=TELEFONO)
    pagina = Visita(contexto, f"{sitio.as_uri()}/{direccion}").pagina
    sobra = pagina.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    niveles = pagina.eval_on_selector_all(
        "article :is(h1, h2, h3, h4, h5, h6)", "todos => todos.map(uno => +uno.tagName[1])"
    )
    contexto.close()

    assert sobra <= 0
    assert niveles.count(1) == 1
    assert niveles[0] == 1
    assert not [(a, b) for a, b in itertools.pairwise(niveles) if b > a + 1]


@pytest.mark.parametrize("desde", ["el disco", "un servidor"])
def test_buscando_un_error_se_encuentra_su_pagina(
    navegador: Browser, sitio: Path, servido: str, desde: str
) -> None:
    base = sitio.as_uri() if desde == "el disco" else servido
    contexto = navegador.new_context(viewport=ORDENADOR)
    visita = Visita(contexto, f"{base}/index.html")
    visita.pagina.click("input.md-search__input")
    visita.pagina.keyboard.type("Address already in use")

    visita.pagina.wait_for_selector(".md-search-result__link", state="attached")
    enlaces = visita.pagina.eval_on_selector_all(
        ".md-search-result__link", "todos => todos.map(uno => uno.getAttribute('href'))"
    )
    contexto.close()
    assert any("errores.html" in enlace for enlace in enlaces), enlaces


def test_la_primera_leccion_se_lee_sin_javascript(navegador: Browser, sitio: Path) -> None:
    contexto = navegador.new_context(java_script_enabled=False)
    pagina = contexto.new_page()
    pagina.goto(f"{sitio.as_uri()}/lecciones/01_bitacora/paso1_un_mensaje.html")

    texto = pagina.inner_text("article")
    contexto.close()
    assert "servidor.listen()" in texto
    assert "Qué verás" in texto
