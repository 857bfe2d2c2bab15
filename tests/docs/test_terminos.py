"""La primera vez que una página dice una palabra del glosario, la palabra lleva a él."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs.taller.terminos import GLOSARIO, SIN_ENLACES, enlazar, patron, terminos
from tests.docs.paginas import DOCS, PAGINAS, nombre

TEXTO = (DOCS / GLOSARIO).read_text(encoding="utf-8")
TERMINOS = terminos(TEXTO)
ENLACE = re.compile(r'<a class="termino" href="[^"]*#([\w-]+)"[^>]*>([^<]*)</a>')


def enlazadas(html: str) -> list[tuple[str, str]]:
    """De cada palabra que `enlazar` enlaza, su ancla y cómo está escrita."""
    return ENLACE.findall(enlazar(html, TERMINOS, "glosario.html"))


def test_cada_entrada_del_glosario_se_enlaza_sola_o_dice_que_no() -> None:
    anclas = re.findall(r"^## .*\{ #([\w-]+)(?: \.a-mano)? \}$", TEXTO, re.MULTILINE)

    assert len(anclas) == TEXTO.count("\n## ")
    a_mano = TEXTO.count(" .a-mano }")
    assert len(TERMINOS) == len(anclas) - a_mano
    assert a_mano < len(TERMINOS) / 5


def test_se_enlaza_la_primera_vez_y_ninguna_mas() -> None:
    html = "<p>El servidor espera.</p><p>Otro Servidor, y dos servidores.</p>"

    assert enlazadas(html) == [("servidor", "servidor")]


@pytest.mark.parametrize(
    ("frase", "ancla"),
    [
        ("Las conexiones se cuentan", "conexion"),
        ("Sockets de aquí", "socket"),
        ("los receptores y los emisores", "emisor"),
        ("dos direcciones IP", "direccion-ip"),
        ("las condiciones\nde carrera", "condicion-de-carrera"),
        ("el UTF-8", "utf-8"),
    ],
)
def test_vale_en_plural_en_mayuscula_y_con_un_corte_de_linea(frase: str, ancla: str) -> None:
    assert [una for una, _ in enlazadas(f"<p>{frase}</p>")] == [ancla]


def test_gana_el_termino_mas_largo() -> None:
    html = "<p>Un bucle de eventos, y una conexión a medio abrir, y una conexión.</p>"

    assert [ancla for ancla, _ in enlazadas(html)] == [
        "bucle-de-eventos",
        "conexion-a-medio-abrir",
        "conexion",
    ]


@pytest.mark.parametrize("palabra", ["cabytes", "bytes_sueltos", "multi-byte"])
def test_no_se_enlaza_un_trozo_de_otra_palabra(palabra: str) -> None:
    assert not re.search(patron("Byte"), palabra, re.IGNORECASE)


@pytest.mark.parametrize(
    "html",
    [
        "<h2>El servidor</h2>",
        "<pre><code>servidor <span>byte</span></code></pre>",
        "<code>servidor</code>",
        "<em>servidor</em>",
        '<a href="x.html">un <strong>servidor</strong></a>',
        "<details><summary>Un servidor</summary><p>Con un byte</p></details>",
        '<div class="mapa"><div>servidor</div> byte</div>',
        '<div class="pasos mapa">servidor</div>',
        '<div class="tabbed-set tabbed-alternate"><p>servidor</p></div>',
        '<p class="admonition-title">El servidor</p>',
        "<!-- servidor -->",
        '<img alt="un servidor">',
        "<svg><text>servidor</text></svg>",
    ],
)
def test_no_se_enlaza_en_codigo_titulos_enlaces_ni_en_lo_plegado(html: str) -> None:
    todo = f"{html}<p>Un hilo.</p>"

    assert enlazadas(todo) == [("hilo", "hilo")]
    assert enlazar(todo, TERMINOS, "g").startswith(html)


def test_al_pasar_por_encima_se_lee_que_quiere_decir() -> None:
    html = enlazar("<p>Un byte.</p>", TERMINOS, "glosario.html")

    assert 'title="Un número de 0 a 255."' in html


@pytest.mark.parametrize("pagina", PAGINAS, ids=nombre)
def test_ninguna_pagina_es_un_mar_de_enlaces(pagina: Path, sitio: Path) -> None:
    html = (sitio / nombre(pagina)).with_suffix(".html").read_text(encoding="utf-8")
    anclas = [ancla for ancla, _ in ENLACE.findall(html)]

    assert len(anclas) == len(set(anclas))
    assert len(anclas) <= 30
    if nombre(pagina) in SIN_ENLACES:
        assert not anclas


def test_quien_explica_una_palabra_no_manda_al_glosario(sitio: Path) -> None:
    def de(pagina: str) -> set[str]:
        html = (sitio / pagina).read_text(encoding="utf-8")
        return {ancla for ancla, _ in ENLACE.findall(html)}

    assert "hilo" not in de("conceptos/hilos.html")
    assert {"socket", "conexion"} <= de("conceptos/hilos.html")
    assert "hilo" in de("lecciones/03_difusion/paso1_hilos.html")
