"""La visita a una página del sitio: se abre dos veces, y se anota todo lo que miran las pruebas.

Abrir es lo que tarda. Por eso las pruebas de una página comparten su visita, y todas las visitas,
dos pestañas: una abre el sitio desde el disco, en claro, y otra, desde un servidor, en oscuro.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import unquote

from tests.docs.accesibilidad import COLORES, TODAS, faltas_graves

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page, ViewportSize

ORDENADOR: ViewportSize = {"width": 1280, "height": 900}
TELEFONO: ViewportSize = {"width": 390, "height": 800}


@dataclass(slots=True)
class Apertura:
    """Todo lo que pidió y dijo una página mientras se abría. `base` es la dirección del sitio."""

    base: str
    pedido: list[str] = field(default_factory=list)
    fallido: list[str] = field(default_factory=list)
    dicho: list[str] = field(default_factory=list)
    #: El nombre que da el tema a sus colores: «default» en claro, «slate» en oscuro.
    colores: str = ""
    faltas: list[str] = field(default_factory=list)

    def peso(self, sitio: Path) -> dict[str, int]:
        """Los bytes de cada archivo que se cargó."""
        archivos = {sitio / unquote(url.removeprefix(self.base)).lstrip("/") for url in self.pedido}
        return {archivo.name: archivo.stat().st_size for archivo in archivos if archivo.is_file()}


class Pestana:
    """Una pestaña en la que se abren páginas del sitio, una tras otra, con los mismos colores.

    `base` es la dirección del sitio. Ir a otro en la misma pestaña cambia de proceso, y tarda más.
    """

    def __init__(
        self, contexto: BrowserContext, base: str, colores: Literal["light", "dark"]
    ) -> None:
        self.base = base
        self.pagina: Page = contexto.new_page()
        self.pagina.emulate_media(color_scheme=colores, reduced_motion="reduce")
        self._apertura = Apertura(base)
        self.pagina.on("request", lambda pedido: self._apertura.pedido.append(pedido.url))
        self.pagina.on("requestfailed", lambda pedido: self._apertura.fallido.append(pedido.url))
        self.pagina.on("console", lambda m: self._apertura.dicho.append(f"{m.type}: {m.text}"))
        self.pagina.on("pageerror", lambda error: self._apertura.dicho.append(str(error)))

    def abrir(self, direccion: str) -> Apertura:
        """Abre una página como en la ventana de un ordenador."""
        self.pagina.set_viewport_size(ORDENADOR)
        apertura = self._apertura = Apertura(self.base)
        self.pagina.goto(f"{self.base}/{direccion}", wait_until="load")
        self.pagina.wait_for_function("document.documentElement.classList.contains('js')")
        apertura.colores = self.pagina.evaluate("document.body.dataset.mdColorScheme")
        return apertura

    def encabezados(self) -> list[int]:
        """El nivel de cada encabezado del artículo, en orden."""
        niveles: list[int] = self.pagina.eval_on_selector_all(
            "article :is(h1, h2, h3, h4, h5, h6)", "todos => todos.map(uno => +uno.tagName[1])"
        )
        return niveles

    def sobra_en_un_telefono(self) -> int:
        """Los píxeles de la página que no caben a lo ancho en la pantalla de un teléfono."""
        self.pagina.set_viewport_size(TELEFONO)
        sobra: int = self.pagina.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        return sobra


@dataclass(frozen=True, slots=True)
class Visita:
    """Lo que se vio de una página, abierta desde el disco y desde un servidor."""

    direccion: str
    desde: dict[str, Apertura]
    encabezados: list[int]
    sobra: int


def visitar(direccion: str, disco: Pestana, servidor: Pestana) -> Visita:
    """Abre la página en las dos pestañas, y anota lo que se ve."""
    en_claro = disco.abrir(direccion)
    en_claro.faltas = faltas_graves(disco.pagina, TODAS)
    encabezados = disco.encabezados()
    sobra = disco.sobra_en_un_telefono()

    en_oscuro = servidor.abrir(direccion)
    en_oscuro.faltas = faltas_graves(servidor.pagina, COLORES)
    return Visita(direccion, {"el disco": en_claro, "un servidor": en_oscuro}, encabezados, sobra)
