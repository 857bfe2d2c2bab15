"""Lo que es del sitio entero: sus colores, su icono, el papel y la página que no está."""

from __future__ import annotations

import functools
import http.server
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from docs.taller.estilos import SIN_USAR, aligerar
from tests.docs.accesibilidad import TODAS, faltas_graves

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.lento  # abre el navegador para cada una

PASO = "lecciones/03_difusion/paso2_candado.html"
#: Lo que ocupa un texto en una hoja A4 con sus márgenes, en píxeles de pantalla.
HOJA = 680


@pytest.fixture
def pagina(navegador: Browser, sitio: Path) -> Iterator[Page]:
    """Una pestaña de alguien que no había venido nunca, con su sistema en claro."""
    with navegador.new_context(base_url=f"{sitio.as_uri()}/") as contexto:
        nueva = contexto.new_page()
        nueva.emulate_media(color_scheme="light", reduced_motion="reduce")
        yield nueva


# --- Los colores ---------------------------------------------------------------------------------


def esperar_colores(pagina: Page, cuales: str) -> None:
    pagina.wait_for_selector(f"body[data-md-color-scheme={cuales}]", state="attached")


def test_los_colores_son_los_del_sistema_tambien_si_cambia_despues_de_la_primera_visita(
    pagina: Page,
) -> None:
    pagina.goto("empezar.html")
    esperar_colores(pagina, "default")

    pagina.emulate_media(color_scheme="dark")
    esperar_colores(pagina, "slate")
    pagina.goto("errores.html")
    esperar_colores(pagina, "slate")
    pagina.emulate_media(color_scheme="light")
    esperar_colores(pagina, "default")


def test_quien_elige_unos_colores_los_conserva_y_puede_volver_a_los_del_sistema(
    pagina: Page,
) -> None:
    pagina.emulate_media(color_scheme="dark")
    pagina.goto("empezar.html")
    esperar_colores(pagina, "slate")

    pagina.click("label[title='Cambiar a modo claro']")
    esperar_colores(pagina, "default")
    pagina.goto("errores.html")
    pagina.wait_for_selector("label[title='Cambiar a modo oscuro']")
    esperar_colores(pagina, "default")

    pagina.click("label[title='Cambiar a modo oscuro']")
    pagina.click("label[title='Usar los colores del sistema']")
    esperar_colores(pagina, "slate")
    pagina.emulate_media(color_scheme="light")
    esperar_colores(pagina, "default")


def test_el_icono_y_el_logo_son_suyos(pagina: Page) -> None:
    pagina.goto("empezar.html")

    assert pagina.get_attribute("link[rel=icon]", "href") == "imagenes/icono.svg"
    assert pagina.eval_on_selector(".md-logo img", "imagen => imagen.naturalWidth") > 0


def test_de_los_estilos_del_tema_solo_se_quita_lo_que_no_se_usa_nunca() -> None:
    assert aligerar("a{b:c}[dir=rtl] a,[dir=ltr] a{b:c}") == "a{b:c}[dir=ltr] a{b:c}"
    assert aligerar("a{b:c}@media print{[dir=rtl] a{b:c}u{b:c}}") == "a{b:c}@media print{u{b:c}}"
    con_color = "p{q:r}[data-md-color-primary={}] a:is(b,i){q:r}"
    assert aligerar(con_color.replace("{}", "red")) == "p{q:r}"
    assert aligerar(con_color.replace("{}", "custom")) == con_color.replace("{}", "custom")


def test_ninguna_pagina_usa_los_estilos_que_se_quitan(sitio: Path) -> None:
    quitados = re.compile(rf"""class="[^"]*\bmd-(?:{"|".join(SIN_USAR)})\b""")

    assert not [
        hoja for hoja in sitio.rglob("*.html") if quitados.search(hoja.read_text(encoding="utf-8"))
    ]


# --- El papel ------------------------------------------------------------------------------------


def test_en_papel_no_se_corta_el_codigo_y_los_enlaces_dicen_adonde_van(pagina: Page) -> None:
    pagina.goto(PASO)
    pagina.set_viewport_size({"width": HOJA, "height": 900})
    pagina.eval_on_selector_all("details", "todos => todos.forEach(uno => (uno.open = true))")
    pagina.emulate_media(media="print", color_scheme="dark")

    cortados = pagina.eval_on_selector_all(
        "article pre, article pre > code, figure",
        "todos => todos.filter(uno => uno.scrollWidth > uno.clientWidth + 1).length",
    )
    assert cortados == 0
    enlace = "document.querySelector('article p > a[data-papel=\"conceptos/hilos\"]')"
    assert pagina.evaluate(f"getComputedStyle({enlace}, '::after').content") != "none"
    assert not pagina.locator(".md-header").is_visible()
    assert not pagina.get_by_label("He acabado esta página").is_visible()


def test_en_papel_los_colores_son_los_claros_aunque_la_pantalla_este_oscura(pagina: Page) -> None:
    acento = "getComputedStyle(document.body).getPropertyValue('--chatlab-acento').trim()"
    pagina.goto(PASO)
    claro = pagina.evaluate(acento)
    pagina.emulate_media(color_scheme="dark")
    esperar_colores(pagina, "slate")
    assert pagina.evaluate(acento) != claro

    pagina.emulate_media(media="print")
    assert pagina.evaluate(acento) == claro


# --- La página que no está -----------------------------------------------------------------------


class _ConSuPagina(http.server.SimpleHTTPRequestHandler):
    """Como un servidor de páginas de verdad: si no está, enseña 404.html."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        cuerpo = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(cuerpo)))
        self.end_headers()
        self.wfile.write(cuerpo)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def publicado(sitio: Path) -> Iterator[str]:
    """La dirección del sitio en un servidor que enseña su página de «no encontrada»."""
    manejador = functools.partial(_ConSuPagina, directory=str(sitio))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), manejador) as servidor:
        hilo = threading.Thread(target=servidor.serve_forever, daemon=True)
        hilo.start()
        yield f"http://127.0.0.1:{servidor.server_port}"
        servidor.shutdown()
        hilo.join()


@pytest.mark.parametrize(
    ("pedida", "propone"),
    [
        ("lecciones/03_difusion/paso2_candados.html", "Paso 2. El candado"),
        ("lecciones/01_bitacora/Paso1.html", "Paso 1. Un mensaje"),
        ("lecciones/05_eventos/paso3.html", "Paso 3. Una cola de salida"),
        ("Errores.htm", "Errores comunes"),
        ("lecciones/01_bitacora/ejercicios/", "Ejercicio. Tu bitácora"),
        ("conceptos/bytes%20y%20UTF8", "Bytes y UTF-8"),
    ],
)
def test_una_pagina_que_no_esta_propone_las_que_se_parecen(
    pagina: Page, publicado: str, pedida: str, propone: str
) -> None:
    respuesta = pagina.goto(f"{publicado}/{pedida}")

    assert respuesta is not None
    assert respuesta.status == 404
    propuestas = pagina.locator("#parecidas a").all_inner_texts()
    assert propone in propuestas[:2], propuestas
    pagina.locator("#parecidas a", has_text=propone).first.click()
    pagina.wait_for_selector(f"h1:has-text('{propone}')")


def test_una_pagina_que_no_esta_ni_se_parece_a_ninguna_da_caminos_y_no_tiene_faltas(
    pagina: Page, publicado: str
) -> None:
    pagina.goto(f"{publicado}/x/%E0%A4%A/<b>zzz</b>")

    assert pagina.locator("#parecidas").is_hidden()
    assert pagina.locator("#pedida b").count() == 0
    for enlace in pagina.locator("article a").all():
        destino = enlace.get_attribute("href")
        assert pagina.request.get(f"{publicado}{destino}").ok, destino
    assert not faltas_graves(pagina, TODAS)
