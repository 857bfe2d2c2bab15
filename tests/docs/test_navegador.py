"""Cada página, abierta en un navegador de verdad: desde el disco y desde un servidor."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlparse

import pytest

from tests.docs.paginas import PAGINAS, nombre

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Request

#: Bytes que puede pesar una página con todo lo que carga la primera vez.
PESO_MAXIMO = 400_000
DIRECCIONES = [nombre(pagina).removesuffix(".md") + ".html" for pagina in PAGINAS]


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


@pytest.mark.parametrize("direccion", DIRECCIONES)
def test_cada_pagina_se_abre_sin_pedir_nada_de_fuera(
    navegador: Browser, sitio: Path, servido: str, direccion: str
) -> None:
    contexto = navegador.new_context(viewport={"width": 1280, "height": 900})
    for base in (sitio.as_uri(), servido):
        visita = Visita(contexto, f"{base}/{direccion}")

        assert not visita.fallido
        assert not visita.dicho
        assert all(url.startswith((base, "data:")) for url in visita.pedido), visita.pedido
    contexto.close()


@pytest.mark.parametrize("direccion", DIRECCIONES)
def test_ninguna_pagina_pesa_mas_de_400_kb(navegador: Browser, sitio: Path, direccion: str) -> None:
    contexto = navegador.new_context()
    visita = Visita(contexto, f"{sitio.as_uri()}/{direccion}")
    contexto.close()

    archivos = {Path(unquote(urlparse(url).path)) for url in visita.pedido}
    pesos = {archivo.name: archivo.stat().st_size for archivo in archivos if archivo.is_file()}
    assert sum(pesos.values()) <= PESO_MAXIMO, pesos


@pytest.mark.parametrize("direccion", DIRECCIONES)
def test_nada_se_sale_de_la_pantalla_de_un_telefono(
    navegador: Browser, sitio: Path, direccion: str
) -> None:
    contexto = navegador.new_context(viewport={"width": 390, "height": 800})
    visita = Visita(contexto, f"{sitio.as_uri()}/{direccion}")

    sobra = visita.pagina.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    contexto.close()
    assert sobra <= 0


def test_la_busqueda_encuentra_sin_tildes_y_sin_servidor(navegador: Browser, sitio: Path) -> None:
    contexto = navegador.new_context(viewport={"width": 1280, "height": 900})
    visita = Visita(contexto, f"{sitio.as_uri()}/index.html")
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
