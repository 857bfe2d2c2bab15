"""Quita de cada página lo que pesa y no se ve: espacios de las plantillas y marcas sin color.

MkDocs lo llama por su nombre: está en `hooks`, en mkdocs.yml. Sin él, el sitio es el mismo y pesa
más.
"""

from __future__ import annotations

import re

_CODIGO = re.compile(r"(<(pre|script|textarea)\b.*?</\2>)", re.DOTALL)
_ESPACIOS = re.compile(r"\s*\n\s*")
#: El estilo de la referencia de la API, que solo usa una página.
_ESTILO_DE_LA_API = re.compile(r'<link rel="stylesheet" href="[^"]*_mkdocstrings.css">')
#: Pygments rodea también lo que no colorea: nombres, signos de puntuación y espacios.
_SIN_COLOR = re.compile(r'<span class="(?:n|p|w|nn|bp)">([^<]*)</span>')


def on_post_page(output: str, **_: object) -> str:
    """La página, más ligera."""
    if 'class="doc ' not in output:
        output = _ESTILO_DE_LA_API.sub("", output)
    trozos = _CODIGO.split(output)
    # De cada tres: lo de fuera, el código y el nombre de su elemento.
    fuera, dentro = trozos[::3], trozos[1::3]
    ligeros = [_ESPACIOS.sub("\n", trozo) for trozo in fuera]
    codigos = [*(_SIN_COLOR.sub(r"\1", codigo) for codigo in dentro), ""]
    return "".join(parte for pareja in zip(ligeros, codigos, strict=True) for parte in pareja)
