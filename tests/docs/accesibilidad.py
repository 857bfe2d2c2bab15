"""Las faltas graves de accesibilidad de una página abierta, según axe-core, que conoce WCAG 2."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

GRAVES = ("serious", "critical")
UNA_DE_CADA_TINTA = Path(__file__).with_name("una_de_cada_tinta.js")
#: Las reglas de axe, por sus familias o por su nombre.
TODAS = ["wcag2a", "wcag2aa", "best-practice"]
COLORES = ["color-contrast"]

_EXAMINAR = """(reglas) => {
  axe.configure({ rules: [{ id: "color-contrast", selector: "[data-tinta]" }] });
  return axe.run(document, { runOnly: reglas, resultTypes: ["violations"], preload: false });
}"""


def faltas_graves(pagina: Page, reglas: list[str]) -> list[str]:
    """Cada falta grave, con el elemento que la comete; el contraste, una vez por cada tinta."""
    pagina.evaluate(_axe())
    pagina.evaluate(UNA_DE_CADA_TINTA.read_text(encoding="utf-8"))
    examen: dict[str, Any] = pagina.evaluate(_EXAMINAR, reglas)
    return [
        f"{falta['id']}: {falta['help']} en {nodo['html'][:150]}"
        for falta in examen["violations"]
        if falta["impact"] in GRAVES
        for nodo in falta["nodes"]
    ]


@cache
def _axe() -> str:
    """El programa de axe-core, que se añade a la página que se examina."""
    from axe_playwright_python.sync_playwright import Axe

    return str(Axe().axe_script)
