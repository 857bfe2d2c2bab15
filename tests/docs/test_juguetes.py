"""Los juguetes pesan poco, y cada uno está en la página que enseña su idea."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.apoyo.programa import RAIZ
from tests.docs.juguete import GUIONES, Juguete
from tests.docs.paginas import PAGINAS, nombre
from tests.docs.visita import Pestana

if TYPE_CHECKING:
    from playwright.sync_api import ViewportSize

pytestmark = pytest.mark.lento  # abre el navegador para cada una

#: Bytes que puede ocupar cada archivo.
PESO_MAXIMO = 15_000
#: Con esta anchura se pide que quepa una página (WCAG 2, 1.4.10).
TELEFONO_ESTRECHO: ViewportSize = {"width": 320, "height": 700}
#: Con qué se espera, dibujado: lo único de un juguete que se mueve.
SE_MUEVEN = """(caja) => {
  caja.querySelector("li")?.classList.add("espera");
  return caja.getAnimations({ subtree: true }).length;
}"""
ESTILO = RAIZ / "docs" / "estilos" / "juguetes.css"


@pytest.mark.parametrize("archivo", [*GUIONES, ESTILO], ids=lambda ruta: ruta.name)
def test_un_juguete_pesa_poco(archivo: Path) -> None:
    assert archivo.stat().st_size < PESO_MAXIMO


@pytest.mark.parametrize(
    "guion", [g for g in GUIONES if g.stem != "comun"], ids=lambda ruta: ruta.stem
)
def test_cada_juguete_esta_en_una_pagina_que_se_entiende_sin_el(guion: Path) -> None:
    con_el = [
        texto
        for pagina in PAGINAS
        if f'data-juguete="{guion.stem}"' in (texto := pagina.read_text(encoding="utf-8"))
    ]
    assert con_el
    for texto in con_el:
        assert f"/javascripts/juguetes/{guion.name}" in texto
        assert "<noscript>" in texto


@pytest.mark.parametrize(
    ("pagina", "cual"),
    [
        (nombre(pagina).removesuffix(".md") + ".html", juguete)
        for pagina in PAGINAS
        for juguete in re.findall(r'data-juguete="(\w+)"', pagina.read_text(encoding="utf-8"))
    ],
)
def test_cada_juguete_cabe_en_320_puntos_y_se_lee_en_oscuro(
    pestanas: tuple[Pestana, Pestana], pagina: str, cual: str
) -> None:
    juguete = Juguete(pestanas[1], pagina, cual)
    juguete.pagina.set_viewport_size(TELEFONO_ESTRECHO)

    ancho = juguete.pagina.evaluate("document.documentElement.scrollWidth")
    se_mueven = juguete.caja.evaluate(SE_MUEVEN)

    assert ancho <= TELEFONO_ESTRECHO["width"]
    assert juguete.faltas() == []
    # Las pestañas de las pruebas piden que nada se mueva.
    assert se_mueven == 0
