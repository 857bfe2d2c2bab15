"""Cada página se puede leer con un lector de pantalla, sin ratón y en claro o en oscuro.

Lo examina axe-core, que conoce las pautas WCAG 2.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.docs.paginas import PAGINAS, nombre

if TYPE_CHECKING:
    from playwright.sync_api import Browser

GRAVES = ("serious", "critical")
#: En oscuro solo cambian los colores.
REGLAS: dict[str, list[str]] = {
    "light": ["wcag2a", "wcag2aa", "best-practice"],
    "dark": ["color-contrast"],
}


@pytest.mark.parametrize("pagina", PAGINAS, ids=nombre)
def test_ninguna_falta_grave_de_accesibilidad(
    navegador: Browser, sitio: Path, pagina: Path
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    contexto = navegador.new_context(
        viewport={"width": 1280, "height": 900}, reduced_motion="reduce"
    )
    abierta = contexto.new_page()
    for esquema, reglas in REGLAS.items():
        abierta.emulate_media(color_scheme="dark" if esquema == "dark" else "light")
        abierta.goto(f"{sitio.as_uri()}/{nombre(pagina).removesuffix('.md')}.html")
        examen = Axe().run(abierta, options={"runOnly": reglas, "resultTypes": ["violations"]})
        faltas: list[dict[str, Any]] = examen.response["violations"]
        graves = [
            f"{falta['id']}: {falta['help']} en {nodo['html'][:150]}"
            for falta in faltas
            if falta["impact"] in GRAVES
            for nodo in falta["nodes"]
        ]
        assert not graves, f"{esquema}: {graves}"
    contexto.close()
