"""La portada: sus terminales se mueven, se paran y se leen sin moverse."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

#: Milisegundos de reloj fingido: mientras teclea la primera orden, y con los que acaba de sobra.
A_MEDIA_ORDEN, ENTERA = 950, 60_000
BOTON = ".marcha-boton"
A_LA_VISTA = "todas => todas.filter(una => !una.hidden).map(una => una.textContent)"


def lineas(pagina: Page) -> list[str]:
    vistas: list[str] = pagina.eval_on_selector_all(".marcha [data-de]", A_LA_VISTA)
    return vistas


def abrir(
    navegador: Browser,
    sitio: Path,
    movimiento: Literal["reduce", "no-preference"],
    *,
    javascript: bool = True,
) -> Page:
    contexto = navegador.new_context(reduced_motion=movimiento, java_script_enabled=javascript)
    pagina = contexto.new_page()
    # El reloj de la página está parado: solo anda cuando lo dice la prueba.
    pagina.clock.install(time=0)
    pagina.clock.pause_at(1)
    pagina.goto(f"{sitio.as_uri()}/index.html")
    return pagina


@pytest.fixture(scope="module")
def del_final(navegador: Browser, sitio: Path) -> list[str]:
    """Lo que se lee sin JavaScript."""
    pagina = abrir(navegador, sitio, "no-preference", javascript=False)
    leidas = pagina.locator(".marcha [data-de]:not([hidden])").all_text_contents()
    pagina.context.close()
    return leidas


def test_sin_javascript_se_lee_la_charla_entera(del_final: list[str]) -> None:
    assert "Tú: ¡Hola! ¿Me lees?\n" in del_final
    assert "Ana: ¡Hola! ¿Me lees?\n" in del_final


def test_la_charla_se_mueve_sola_letra_a_letra_y_acaba_como_se_lee_sin_moverse(
    navegador: Browser, sitio: Path, del_final: list[str]
) -> None:
    pagina = abrir(navegador, sitio, "no-preference")
    pagina.wait_for_selector(".marcha.en-marcha", state="attached")
    assert lineas(pagina) == []

    pagina.clock.run_for(A_MEDIA_ORDEN)
    [tecleada] = lineas(pagina)
    assert 3 < len(tecleada) < len("$ python servidor.py")

    pagina.clock.run_for(ENTERA)
    pagina.wait_for_selector(".marcha:not(.en-marcha)", state="attached")
    assert lineas(pagina) == del_final
    pagina.context.close()


def test_a_quien_pide_menos_movimiento_no_se_le_mueve_nada_hasta_que_lo_pide(
    navegador: Browser, sitio: Path, del_final: list[str]
) -> None:
    pagina = abrir(navegador, sitio, "reduce")
    pagina.clock.run_for(ENTERA)
    assert lineas(pagina) == del_final

    pagina.click(BOTON)
    assert lineas(pagina) == []
    assert "Parar" in pagina.inner_text(BOTON)

    pagina.click(BOTON)
    pagina.clock.run_for(ENTERA)
    assert lineas(pagina) == del_final
    assert "Verlo" in pagina.inner_text(BOTON)
    pagina.context.close()


def test_la_portada_tiene_un_solo_boton_para_empezar_y_tres_puertas(
    navegador: Browser, sitio: Path
) -> None:
    pagina = abrir(navegador, sitio, "reduce")

    assert pagina.locator("article a.md-button").all_inner_texts() == ["Empieza"]
    assert pagina.locator(".puertas h2").count() == 3
    pagina.context.close()
