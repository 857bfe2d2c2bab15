"""Cada página se puede leer con un lector de pantalla, sin ratón y en claro o en oscuro."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.docs.accesibilidad import COLORES, faltas_graves
from tests.docs.visita import Visita

if TYPE_CHECKING:
    from playwright.sync_api import Browser

#: Delante de la letra que no se lee, otras de su misma tinta que axe no puede juzgar.
APENAS_SE_LEE = """<main style="color: #ddd">
<p hidden>oculta</p> <p>→</p> <p>x</p> <p style="position: absolute; left: -9999px">fuera</p>
<p>mal</p> <p>igual de mal</p>
<p style="color: #000">bien</p>
</main>"""


def test_ninguna_falta_grave_de_accesibilidad(visita: Visita) -> None:
    assert not visita.desde["el disco"].faltas


def test_en_oscuro_tambien_se_leen_todas_las_letras(visita: Visita) -> None:
    en_oscuro = visita.desde["un servidor"]

    assert en_oscuro.colores == "slate"
    assert not en_oscuro.faltas


def test_de_las_letras_de_una_tinta_se_examina_una_que_se_pueda_juzgar(navegador: Browser) -> None:
    with navegador.new_context() as contexto:
        pagina = contexto.new_page()
        pagina.set_content(APENAS_SE_LEE)
        faltas = faltas_graves(pagina, COLORES)

    assert len(faltas) == 1
    assert '<p data-tinta="">mal</p>' in faltas[0]
