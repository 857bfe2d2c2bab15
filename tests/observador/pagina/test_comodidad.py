"""La página se usa con el teclado, se lee en claro y en oscuro, y cabe en un teléfono."""

from __future__ import annotations

from typing import Literal

import pytest

from tests.docs.accesibilidad import TODAS, faltas_graves
from tests.observador.pagina.cine import TELEFONO, Cine, lineas, muestra, programa
from tests.observador.pagina.conftest import Proyectar

pytestmark = pytest.mark.lento  # abre el navegador

#: Más paradas del tabulador que las que tiene la página.
MAX_PARADAS = 120
PRIMERA_LECTURA_DE_DOS_ENVIOS = """({ pelicula, mundo }) =>
  pelicula.sucesos.findIndex(
    ({ n, que }) => que === "recv" && mundo.lecturaDe(n).envios.length === 2
  )"""


def faltas_en_cada_vista(cine: Cine, vistas: list[str]) -> list[str]:
    faltas: list[str] = []
    for vista in vistas:
        cine.pagina.click(f"[role=tab][data-vista={vista}]")
        cine.esperar("() => !chatlab.abierto.porPintar")
        faltas += [f"{vista}: {una}" for una in faltas_graves(cine.pagina, TODAS)]
    cine.teclear("?")
    return faltas + [f"ayuda: {una}" for una in faltas_graves(cine.pagina, TODAS)]


@pytest.mark.parametrize("colores", ["light", "dark"])
def test_ninguna_falta_grave_de_accesibilidad(
    proyectar: Proyectar, colores: Literal["light", "dark"]
) -> None:
    cine = proyectar(muestra("hilos"), colores=colores)
    cine.teclear("End")

    assert faltas_en_cada_vista(cine, ["codigo", "sucesos"]) == []


@pytest.mark.parametrize("colores", ["light", "dark"])
def test_en_un_telefono_cabe_todo_y_se_elige_con_pestanas(
    proyectar: Proyectar, colores: Literal["light", "dark"]
) -> None:
    cine = proyectar(muestra("hilos"), colores=colores, tamano=TELEFONO)
    cine.teclear("End")
    for vista in ["linea", "codigo", "sucesos", "terminales"]:
        cine.pagina.click(f"[role=tab][data-vista={vista}]")
        sobra = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert cine.pagina.evaluate(sobra) <= 0
        assert cine.pagina.locator("[role=tabpanel]:visible").count() == 1

    cine.pagina.keyboard.press("ArrowRight")
    assert cine.calcular("(uno) => uno.vistas.cual") == "linea"
    assert faltas_en_cada_vista(cine, ["terminales", "linea", "codigo", "sucesos"]) == []


def test_el_tabulador_pasa_por_todo_y_vuelve_a_empezar(proyectar: Proyectar) -> None:
    cine = proyectar(muestra("hilos"))
    paradas: list[str] = []
    quien = """() => {
      const uno = document.activeElement;
      const rotulo = uno.getAttribute("aria-label") || uno.closest("label")?.textContent;
      return uno === document.body ? "" : rotulo || uno.textContent || uno.outerHTML;
    }"""
    for _ in range(MAX_PARADAS):
        cine.pagina.keyboard.press("Tab")
        parada = cine.pagina.evaluate(quien)
        if paradas and parada in {"", paradas[0]}:
            break
        paradas.append(parada)
    else:
        raise AssertionError(f"el tabulador no sale: {paradas[-5:]}")

    for una in ["Guardar", "Ayuda", "Código de servidor.py", "▶ Reproducir", "Al final"]:
        assert una in paradas, " | ".join(paradas)


def test_la_lista_de_sucesos_se_recorre_con_el_teclado(proyectar: Proyectar) -> None:
    cine = proyectar(muestra("hilos"))
    cine.pagina.click("[role=tab][data-vista=sucesos]")
    cine.pagina.focus("[role=listbox]")
    cine.teclear("ArrowDown", "ArrowDown", "ArrowUp", "PageDown")

    assert cine.n > 3
    elegida = cine.pagina.get_attribute("[role=listbox]", "aria-activedescendant")
    fila = cine.pagina.locator(f"#{elegida}")
    assert fila.get_attribute("aria-posinset") == str(cine.n + 1)
    assert cine.frase in fila.inner_text()


def test_al_abrir_la_lista_se_ve_el_suceso_en_el_que_se_esta(proyectar: Proyectar) -> None:
    cine = proyectar(muestra("hilos"))
    cine.teclear("End", "ArrowLeft")
    cine.pagina.click("[role=tab][data-vista=sucesos]")
    cine.esperar("() => !chatlab.abierto.porPintar")

    lista, fila = (
        cine.pagina.locator(una).bounding_box()
        for una in ("[role=listbox]", "[role=option][aria-selected=true]")
    )
    assert lista and fila
    assert lista["y"] <= fila["y"] < lista["y"] + lista["height"]


def test_el_boton_de_los_colores_los_cambia_todos(proyectar: Proyectar) -> None:
    cine = proyectar(muestra("hilos"), colores="light")
    papel = "() => getComputedStyle(document.querySelector('.xterm-viewport')).backgroundColor"
    claro = cine.pagina.evaluate(papel)
    cine.pagina.click("[aria-label='Cambiar entre claro y oscuro']")

    assert cine.pagina.get_attribute(".chatlab-pelicula", "data-tema") == "oscuro"
    assert cine.pagina.evaluate(papel) != claro


def test_quien_nace_de_otro_no_tiene_terminal_hasta_que_escribe(proyectar: Proyectar) -> None:
    hijo = {"padre": 1, "terminal": None}
    cine = proyectar(
        lineas(
            programa(1, "servidor"),
            programa(2, "servidor (hijo 1)", **hijo),
            programa(3, "servidor (hijo 2)", **hijo),
            {"que": "pantalla", "p": 3, "texto": "aquí"},
        )
    )
    assert cine.pagina.locator(".panel-terminal").count() == 2
    cine.teclear("End")
    assert cine.retrato()["terminales"] == {"1": "", "3": "aquí"}
    assert len(cine.pagina.locator(".elegir button").all()) == 3


def test_parada_la_pagina_no_gasta_nada(proyectar: Proyectar) -> None:
    cine = proyectar(muestra("hilos"))
    cine.teclear("ArrowRight")

    assert cine.calcular("(uno) => uno.cuadro") == 0


def test_de_un_programa_se_abre_el_archivo_en_el_que_esta_alguno_de_sus_hilos(
    proyectar: Proyectar,
) -> None:
    cine = proyectar(
        lineas(
            {"que": "archivo", "ruta": "cliente.py", "texto": "import otro\notro.hablar()\n"},
            {"que": "archivo", "ruta": "otro.py", "texto": "def hablar():\n    input()\n"},
            programa(1, "Ana", archivo="cliente.py"),
            programa(2, "Carlos", archivo="cliente.py"),
            {"que": "espera", "p": 2, "h": 1, "en": "teclado", "lugar": "otro.py:2"},
        )
    )
    cine.teclear("End", "1")
    assert cine.pagina.input_value("select[aria-label=Archivo]") == "cliente.py"
    cine.teclear("2")
    assert cine.pagina.input_value("select[aria-label=Archivo]") == "otro.py"
    assert "teclado" in cine.pagina.inner_text(".codigo .senalada")


def test_de_una_flecha_se_ven_las_lineas_que_la_hicieron_y_se_va_a_cada_una(
    proyectar: Proyectar,
) -> None:
    cine = proyectar(muestra("pegados"))
    juntos = cine.calcular(PRIMERA_LECTURA_DE_DOS_ENVIOS)
    cine.calcular("(uno, n) => uno.reloj.poner(n)", juntos)
    cine.esperar_suceso(juntos)

    envios, lecturas = (
        cine.pagina.locator(f".dos-lineas .lado >> nth={lado} >> code").all_inner_texts()
        for lado in (0, 1)
    )
    assert len(envios) == 2
    assert all("sendall(" in linea for linea in envios)
    assert "recv(" in lecturas[0]
    cine.pagina.click(".dos-lineas button >> text=Ana envía 3 B «dos»")
    cine.esperar("() => chatlab.abierto.pelicula.sucesos[chatlab.abierto.pintado].que === 'send'")
    assert cine.pagina.input_value("select[aria-label=Archivo]") == "cliente.py"
