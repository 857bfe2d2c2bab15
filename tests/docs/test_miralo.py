"""«Míralo»: la película se abre encima de la página, y hasta entonces no se carga nada de ella."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from chatlab.observador.grabacion import Grabacion
from tests.docs.accesibilidad import COLORES, TODAS, faltas_graves
from tests.docs.paginas import PAGINAS, proyecciones
from tests.docs.visita import ORDENADOR, TELEFONO

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.lento  # abre el navegador

PASO = "lecciones/03_difusion/paso1_hilos.html"
CHARLA = "03_difusion/paso1_hilos/charla"
ABIERTAS = sorted({una for pagina in PAGINAS for una in proyecciones(pagina)}, key=str)
LISTA = "window.chatlab?.abierto?.reloj.n >= -1"


class Visita:
    """Una pestaña, con todo lo que pide y todo lo que dice."""

    def __init__(self, pagina: Page) -> None:
        self.pagina = pagina
        self.pedido: list[str] = []
        self.dicho: list[str] = []
        pagina.on("request", lambda uno: self.pedido.append(uno.url))
        pagina.on("console", lambda uno: self.dicho.append(uno.text))
        pagina.on("pageerror", lambda uno: self.dicho.append(str(uno)))

    def de_peliculas(self) -> list[str]:
        return [url for url in self.pedido if "/peliculas/" in url or "pelicula.html" in url]


@pytest.fixture
def visita(navegador: Browser) -> Iterator[Visita]:
    with navegador.new_context(reduced_motion="reduce", viewport=ORDENADOR) as contexto:
        yield Visita(contexto.new_page())


def cuenta(pelicula: Grabacion) -> dict[str, int]:
    veces = Counter(linea["que"] for linea in pelicula.lineas)
    return {que: veces[que] for que in ("send", "recv", "connect", "accept", "programa")}


@pytest.mark.parametrize("pedida", ABIERTAS, ids=lambda una: f"{una.guion}#{una.momento}")
def test_desde_el_disco_se_ve_todo_lo_grabado_y_no_se_pide_nada_de_fuera(
    visita: Visita, sitio: Path, pedida: object
) -> None:
    guion, archivo = pedida.guion, pedida.archivo  # type: ignore[attr-defined]
    pelicula = Grabacion.leer(archivo)

    visita.pagina.goto(f"{sitio.as_uri()}/pelicula.html?g={guion}")
    visita.pagina.wait_for_function(LISTA)
    vistos = visita.pagina.evaluate(
        """() => {
          const veces = {};
          const { pelicula, mundo } = chatlab.abierto;
          for (const { que } of pelicula.sucesos) veces[que] = (veces[que] ?? 0) + 1;
          return { veces, flechas: mundo.flechas.length };
        }"""
    )

    assert visita.dicho == []
    assert all(url.startswith((sitio.as_uri(), "data:")) for url in visita.pedido)
    for que, veces in cuenta(pelicula).items():
        assert vistos["veces"].get(que, 0) == veces
    assert vistos["flechas"] > 0
    assert visita.pagina.locator(".panel-terminal").count() == len(pelicula.programas)


@pytest.mark.parametrize("desde", ["el disco", "un servidor"])
def test_se_abre_encima_de_la_pagina_y_al_cerrarla_se_sigue_donde_se_estaba(
    visita: Visita, sitio: Path, servido: str, desde: str
) -> None:
    base = sitio.as_uri() if desde == "el disco" else servido
    pagina = visita.pagina
    pagina.goto(f"{base}/{PASO}")
    pagina.wait_for_function("document.documentElement.classList.contains('js')")
    assert visita.de_peliculas() == []

    enlace = pagina.locator(f'.miralo-abrir[href*="{CHARLA}"]')
    enlace.focus()
    pagina.keyboard.press("Enter")
    marco = pagina.frame_locator(".miralo-sala iframe")
    marco.locator(".panel-terminal").nth(2).wait_for()
    marco.get_by_role("button", name="Reproducir").wait_for()
    assert visita.de_peliculas()

    pagina.get_by_role("button", name="Cerrar").click()
    assert pagina.locator(".miralo-sala").count() == 0
    assert enlace.evaluate("este => document.activeElement === este")
    assert visita.dicho == []


def test_se_abre_con_los_colores_de_la_pagina(navegador: Browser, sitio: Path) -> None:
    with navegador.new_context(color_scheme="dark") as contexto:
        pagina = contexto.new_page()
        pagina.goto(f"{sitio.as_uri()}/{PASO}")
        pagina.wait_for_function("document.body.dataset.mdColorScheme === 'slate'")
        pagina.locator(".miralo-abrir").first.click()
        marco = pagina.frame_locator(".miralo-sala iframe")

        assert marco.locator(".chatlab-pelicula").get_attribute("data-tema") == "oscuro"


def test_sin_javascript_el_enlace_dice_donde_esta_contado_lo_mismo(
    navegador: Browser, sitio: Path
) -> None:
    with navegador.new_context(java_script_enabled=False) as contexto:
        pagina = contexto.new_page()
        pagina.goto(f"{sitio.as_uri()}/{PASO}")
        pagina.locator(".miralo-abrir").first.click()

        leido = pagina.locator("#sala noscript p").inner_text()

    assert "hace falta JavaScript" in leido


@pytest.mark.parametrize("nombre", ["no_esta", "../../secreto", "https://otro.sitio/x", ""])
def test_un_nombre_que_no_es_de_una_pelicula_se_dice_y_no_pide_nada_de_fuera(
    visita: Visita, sitio: Path, nombre: str
) -> None:
    visita.pagina.goto(f"{sitio.as_uri()}/pelicula.html?g={nombre}")

    visita.pagina.get_by_role("alert").wait_for()
    assert all(url.startswith(sitio.as_uri()) for url in visita.pedido)
    assert not [url for url in visita.pedido if "secreto" in url and url.endswith(".js")]


@pytest.mark.parametrize("colores", ["light", "dark"])
def test_la_sala_no_tiene_faltas_graves_de_accesibilidad(
    navegador: Browser, sitio: Path, colores: Literal["light", "dark"]
) -> None:
    with navegador.new_context(color_scheme=colores, viewport=ORDENADOR) as contexto:
        pagina = contexto.new_page()
        pagina.goto(f"{sitio.as_uri()}/pelicula.html?g={CHARLA}#t=18")
        pagina.wait_for_function(LISTA)

        assert faltas_graves(pagina, TODAS if colores == "light" else COLORES) == []


def test_en_un_telefono_la_sala_ocupa_la_pantalla_y_no_se_sale(
    navegador: Browser, sitio: Path
) -> None:
    with navegador.new_context(viewport=TELEFONO) as contexto:
        pagina = contexto.new_page()
        pagina.goto(f"{sitio.as_uri()}/{PASO}")
        pagina.locator(".miralo-abrir").first.click()
        caja = pagina.locator(".miralo-sala").bounding_box()

        assert caja is not None
        assert caja["x"] >= 0 and caja["x"] + caja["width"] <= TELEFONO["width"]
        assert caja["height"] >= TELEFONO["height"] * 0.9
