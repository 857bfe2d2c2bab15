"""Un juguete de una página, abierto en un navegador de verdad y usado solo con el teclado."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.apoyo.programa import RAIZ
from tests.docs.accesibilidad import TODAS, faltas_graves
from tests.docs.visita import Apertura, Pestana

if TYPE_CHECKING:
    from playwright.sync_api import Locator

GUIONES = sorted((RAIZ / "docs" / "javascripts" / "juguetes").glob("*.js"))
#: Más paradas del tabulador que las que tiene el juguete con más botones.
MAX_PARADAS = 40
_CON_FOCO = "uno => uno.contains(document.activeElement) && document.activeElement !== uno"


class Juguete:
    """El juguete de ese nombre, en la página que lo enseña."""

    def __init__(self, pestana: Pestana, pagina: str, nombre: str) -> None:
        self.apertura: Apertura = pestana.abrir(pagina)
        self.pagina = pestana.pagina
        self.nombre = nombre
        self.caja: Locator = self.pagina.locator(f'[data-juguete="{nombre}"]')
        self._con_el_foco: Locator = self.caja.locator(":focus")

    def calcular(self, javascript: str, con: Any = None) -> Any:
        """Lo que da esa función de JavaScript, que recibe el modelo del juguete y `con`."""
        programa = f"([nombre, con]) => ({javascript})(window.juguetes[nombre], con)"
        return self.pagina.evaluate(programa, [self.nombre, con])

    def ir_a(self, rotulo: str) -> None:
        """Lleva el foco, a golpes de tabulador, al botón o control que se llama así."""
        self.caja.evaluate("uno => { uno.tabIndex = -1; uno.focus(); }")
        for _ in range(MAX_PARADAS):
            self.pagina.keyboard.press("Tab")
            assert self.caja.evaluate(_CON_FOCO), f"el tabulador no llega a «{rotulo}»"
            if self._rotulo().startswith(rotulo):
                return
        raise AssertionError(f"el tabulador no llega a «{rotulo}»")

    def _rotulo(self) -> str:
        rotulo: str = self._con_el_foco.evaluate(
            "uno => uno.getAttribute('aria-label')"
            " ?? uno.closest('label')?.firstChild.textContent ?? uno.textContent"
        )
        return rotulo

    def pulsar(self, *rotulos: str) -> None:
        """Pulsa esos botones con la barra espaciadora, uno tras otro."""
        for rotulo in rotulos:
            self.ir_a(rotulo)
            self.pagina.keyboard.press("Space")

    def elegir(self, rotulo: str, opcion: str) -> None:
        """Elige en una lista como se hace con el teclado: escribiendo cómo empieza."""
        self.ir_a(rotulo)
        self.pagina.keyboard.type(opcion)

    def escribir(self, rotulo: str, texto: str) -> None:
        """Escribe ese texto en lugar del que hubiera."""
        self.ir_a(rotulo)
        self.pagina.keyboard.press("ControlOrMeta+a")
        self.pagina.keyboard.type(texto)

    @property
    def dice(self) -> str:
        """Lo último que se ha anunciado."""
        return self.caja.locator("[role=status]").inner_text()

    @property
    def texto(self) -> str:
        """Todo lo que se ve."""
        return self.caja.inner_text()

    def faltas(self) -> list[str]:
        """Lo que no debe haber tras usarlo: errores en la consola o faltas de accesibilidad."""
        return [*self.apertura.dicho, *faltas_graves(self.pagina, TODAS)]
