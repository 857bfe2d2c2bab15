"""Nada de lo que un programa escriba, envíe o se llame pasa de ser letras."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from chatlab.observador.grabacion import Grabacion
from chatlab.observador.pagina.empaquetar import pagina_autonoma
from tests.observador.pagina.cine import Cine, contexto_de, lineas, programa
from tests.observador.pagina.conftest import Proyectar

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.lento  # abre el navegador

GUION = "</script><script>globalThis.mordido = 1</script><img src=x onerror='globalThis.mordido=1'>"
#: Pone otro título, un enlace que se abre, y colores.
ESCAPES = "\u001b]0;otro título\u0007\u001b]8;;http://malo.example/\u0007pulsa\u001b]8;;\u0007\u001b[31mrojo\u001b[0m"
AL_REVES = "a\u202eoluger\u202cz"


def mala(dicho: str) -> str:
    """Una película en la que todo lo que puede venir de un programa es eso."""
    bytes_ = len(dicho.encode())
    de_c = {"p": 2, "h": 1, "c": 1, "lado": "llama"}
    return lineas(
        {"que": "archivo", "ruta": f"{dicho[:80]}.py", "texto": f"x = 1\n{dicho}\n"},
        programa(1, "servidor", archivo=None),
        programa(2, dicho, orden=["python", dicho], archivo=f"{dicho[:80]}.py"),
        {"que": "hilo", "p": 2, "h": 2, "nombre": dicho, "lugar": f"{dicho[:80]}.py:2"},
        {"que": "connect", **de_c, "local": dicho, "remoto": dicho, "lugar": f"{dicho[:80]}.py:2"},
        {"que": "pantalla", "p": 2, "texto": dicho},
        {"que": "tecla", "p": 2, "texto": dicho},
        {"que": "send", **de_c, "desde": 0, "cuantos": bytes_, "texto": dicho[:256]},
        {"que": "fallo", "p": 2, "h": 1, "operacion": dicho, "error": dicho, "mensaje": dicho},
        {"que": dicho, "p": 2},
        {"que": "marca", "texto": dicho},
        titulo=dicho,
    )


def recorrer(cine: Cine) -> None:
    """Pasa por todos los momentos, y por todas las partes de la página."""
    cine.retratos(range(-1, cine.ultimo + 1))
    cine.pagina.click("[data-vista=sucesos][role=tab]")
    cine.teclear("?")
    cine.teclear("Escape")


def test_una_etiqueta_de_html_se_queda_en_letras(proyectar: Proyectar) -> None:
    cine = proyectar(mala(GUION))
    recorrer(cine)

    assert cine.pagina.evaluate("globalThis.mordido") is None
    assert cine.pagina.locator(".chatlab-pelicula img, .chatlab-pelicula script").count() == 0
    assert GUION in cine.pagina.inner_text("h1")
    assert cine.retrato()["terminales"]["2"].replace("\n", "") == GUION
    assert not cine.dicho


def test_las_secuencias_de_escape_no_cambian_el_titulo_ni_abren_paginas(
    proyectar: Proyectar,
) -> None:
    cine = proyectar(mala(ESCAPES))
    titulo = cine.pagina.title()
    recorrer(cine)
    cine.pagina.locator(".xterm-rows >> text=pulsa").last.click()

    assert cine.pagina.title() == titulo
    assert len(cine.pagina.context.pages) == 1
    assert cine.retrato()["terminales"]["2"] == "pulsarojo"
    assert "\u001b" not in cine.pagina.inner_text(".chatlab-pelicula")


def test_las_marcas_de_orden_se_ven_y_no_dan_la_vuelta_a_nada(proyectar: Proyectar) -> None:
    cine = proyectar(mala(AL_REVES))
    recorrer(cine)

    assert cine.retrato()["terminales"]["2"] == "a�oluger�z"
    assert not set("\u202e\u202c") & set(cine.pagina.inner_text(".chatlab-pelicula"))


def test_una_linea_de_un_mega_no_para_la_pagina(proyectar: Proyectar) -> None:
    larga = "x" * 1_000_000
    cine = proyectar(mala(larga))
    recorrer(cine)

    assert set(cine.retrato()["terminales"]["2"]) == {"x"}
    sobra = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert cine.pagina.evaluate(sobra) <= 0
    assert len(cine.pagina.inner_text(".chatlab-pelicula")) < 300_000


def test_una_letra_partida_en_dos_trozos_se_ve_entera(proyectar: Proyectar) -> None:
    primero, segundo = "ñ".encode()[:1], "ñ".encode()[1:]
    cine = proyectar(
        lineas(
            programa(1, "servidor"),
            {"que": "pantalla", "p": 1, "b64": base64.b64encode(b"a" + primero).decode()},
            {"que": "pantalla", "p": 1, "b64": base64.b64encode(segundo + b"\xffo").decode()},
        )
    )
    cine.teclear("End")
    assert cine.retrato()["terminales"]["1"] == "añ�o"
    vuelta = cine.retratos([1, 2])
    assert vuelta[1]["terminales"]["1"] == "añ�o"


def test_una_pelicula_con_disparates_en_sus_campos_se_abre(proyectar: Proyectar) -> None:
    cine = proyectar(
        lineas(
            {"que": "archivo", "ruta": 3, "texto": 4},
            programa(1, "servidor", columnas=10**9, filas="muchas", archivo=7, orden="python"),
            {**programa(2, "Ana", columnas=-5, padre="nadie"), "nombre": {"a": 1}},
            {"que": "tamano", "p": 1, "filas": -1, "columnas": 0.5},
            {"que": "pantalla", "p": 1, "b64": "%%%"},
            {"que": "pantalla", "p": 1, "texto": 12},
            {"que": "pantalla", "p": 1, "texto": "sigue"},
            {"que": "espera", "p": 1, "h": 1, "en": ["recv"], "lugar": {"x": 1}},
            {"que": "marca", "texto": None},
        )
    )
    recorrer(cine)

    assert cine.retrato()["terminales"]["1"] == "sigue"
    assert not cine.dicho


def test_la_pelicula_suelta_no_pide_nada_a_nadie(proyectar: Proyectar) -> None:
    cine = proyectar(mala("hola"))
    recorrer(cine)

    assert len([url for url in cine.pedido if not url.startswith("data:")]) == 1
    assert not cine.dicho


def test_se_ve_dentro_de_un_marco_sin_permisos_de_otra_pagina(
    navegador: Browser, tmp_path: Path
) -> None:
    """Es como la enseña el informe de una clase."""
    pagina = pagina_autonoma(Grabacion.leer(mala("hola")), momento=0.06)
    with contexto_de(navegador) as contexto:
        fuera = contexto.new_page()
        dicho: list[str] = []
        fuera.on("console", lambda m: dicho.append(m.text))
        fuera.on("pageerror", lambda error: dicho.append(str(error)))
        fuera.set_content("<iframe sandbox='allow-scripts' width=1200 height=700></iframe>")
        fuera.evaluate("p => { document.querySelector('iframe').srcdoc = p; }", pagina)
        dentro = fuera.frame_locator("iframe")
        dentro.locator(".frase >> text=En la pantalla del hola sale").wait_for()
        dentro.locator(".marcha").press("ArrowRight")
        dentro.locator(".frase >> text=se teclea «hola»").wait_for()
    assert not dicho


def test_lo_que_no_es_una_pelicula_se_dice_con_una_frase(
    navegador: Browser, tmp_path: Path
) -> None:
    with contexto_de(navegador) as contexto:
        pagina = contexto.new_page()
        archivo = tmp_path / "vacia.html"
        archivo.write_text(
            pagina_autonoma(Grabacion.leer(mala("hola"))).replace(
                '<main id="reproductor"', '<main id="otro"'
            ),
            encoding="utf-8",
        )
        pagina.goto(archivo.as_uri())
        pagina.evaluate("chatlab.montar(document.querySelector('main'), { grabacion: 'hola\\n' })")
        pagina.wait_for_selector(".avisos >> text=no es una grabación de chatlab")
