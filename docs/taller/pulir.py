"""Pule cada página del tema: quita lo que pesa y no se ve, y nombra lo que no tiene nombre.

MkDocs lo llama por su nombre: está en `hooks`, en mkdocs.yml. Sin él, el sitio es casi el mismo.
"""

from __future__ import annotations

import re

_CODIGO = re.compile(r"(<(pre|script|textarea)\b.*?</\2>)", re.DOTALL)
_ESPACIOS = re.compile(r"\s*\n\s*")
#: El estilo de la referencia de la API, que solo usa una página.
_ESTILO_DE_LA_API = re.compile(r'<link rel="stylesheet" href="[^"]*_mkdocstrings.css">')
#: Pygments rodea también lo que no colorea: nombres, signos de puntuación y espacios.
_SIN_COLOR = re.compile(r'<span class="(?:n|p|w|nn|bp|o|go)">([^<]*)</span>')


#: El buscador es un diálogo, y a los diálogos los anuncia su nombre.
_BUSCADOR = 'data-md-component="search" role="dialog"'


def on_post_page(output: str, **_: object) -> str:
    """La página, pulida."""
    output = output.replace(_BUSCADOR, f'{_BUSCADOR} aria-label="Búsqueda"')
    if 'class="doc ' not in output:
        output = _ESTILO_DE_LA_API.sub("", output)
    trozos = _CODIGO.split(output)
    # De cada tres: lo de fuera, el código y el nombre de su elemento.
    fuera, dentro = trozos[::3], trozos[1::3]
    ligeros = [_ESPACIOS.sub("\n", trozo) for trozo in fuera]
    codigos = [*(_SIN_COLOR.sub(r"\1", codigo) for codigo in dentro), ""]
    return "".join(parte for pareja in zip(ligeros, codigos, strict=True) for parte in pareja)
