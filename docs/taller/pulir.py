"""Pule cada página del tema: quita lo que pesa y no se ve, y nombra lo que no tiene nombre.

MkDocs lo llama por su nombre: está en `hooks`, en mkdocs.yml. Sin él, el sitio es casi el mismo.
"""

from __future__ import annotations

import posixpath
import re
from typing import Any

_CODIGO = re.compile(r"(<(pre|script|textarea)\b.*?</\2>)", re.DOTALL)
_ESPACIOS = re.compile(r"\s*\n\s*")
#: El estilo de la referencia de la API, que solo usa una página.
_ESTILO_DE_LA_API = re.compile(r'<link rel="stylesheet" href="[^"]*_mkdocstrings.css">')
#: Pygments rodea también lo que no necesita color: nombres, signos, espacios y llaves de un texto.
_SIN_COLOR = re.compile(r'<span class="(?:n|p|w|nn|bp|o|go|si)">([^<]*)</span>')
#: Lo que se escribe de una vez, en dos trozos del mismo color.
_SEGUIDOS = re.compile(r'(<span class="(\w+)">[^<]*)</span><span class="\2">')
#: El lenguaje de un bloque, que solo cambia cómo se ve una consola.
_LENGUAJE = re.compile(r'class="language-(?!console)\w+ highlight"')
#: Un enlace a otra página de este sitio, con lo que haya detrás de su almohadilla.
_A_OTRA_PAGINA = re.compile(r'<a href="([^":#]+)\.html(#[^"]*)?"')

#: El buscador es un diálogo, y a los diálogos los anuncia su nombre.
_BUSCADOR = 'data-md-component="search" role="dialog"'


def on_page_content(html: str, page: Any, **_: object) -> str:
    """Lo escrito en la página, con lo que se imprime detrás de cada enlace del sitio.

    Va en `data-papel`: en papel, «../../errores.html» no se puede seguir, y «errores» se busca.
    """
    carpeta = posixpath.dirname(page.url)

    def con_su_nombre(enlace: re.Match[str]) -> str:
        destino = posixpath.normpath(posixpath.join(carpeta, enlace[1]))
        return f'{enlace[0]} data-papel="{destino}"'

    return _A_OTRA_PAGINA.sub(con_su_nombre, html)


def on_post_page(output: str, **_: object) -> str:
    """La página, pulida."""
    return _pulir(output)


def on_post_template(output_content: str, template_name: str, **_: object) -> str:
    """La página de «no encontrada», que no es de las de `docs/`, pulida igual."""
    return _pulir(output_content) if template_name.endswith(".html") else output_content


def _pulir(output: str) -> str:
    output = output.replace(_BUSCADOR, f'{_BUSCADOR} aria-label="Búsqueda"')
    if 'class="doc ' not in output:
        output = _ESTILO_DE_LA_API.sub("", output)
    trozos = _CODIGO.split(output)
    # De cada tres: lo de fuera, el código y el nombre de su elemento.
    fuera, dentro = trozos[::3], trozos[1::3]
    ligeros = [_LENGUAJE.sub('class="highlight"', _ESPACIOS.sub("\n", trozo)) for trozo in fuera]
    codigos = [*map(_aligerar, dentro), ""]
    return "".join(parte for pareja in zip(ligeros, codigos, strict=True) for parte in pareja)


def _aligerar(codigo: str) -> str:
    """El código, con los mismos colores y menos etiquetas."""
    codigo = _SIN_COLOR.sub(r"\1", codigo.replace("<pre><span></span>", "<pre>"))
    veces = 1
    while veces:
        codigo, veces = _SEGUIDOS.subn(r"\1", codigo)
    return codigo
