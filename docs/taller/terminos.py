"""Enlaza con el glosario la primera vez que una página dice cada una de sus palabras.

MkDocs lo llama por su nombre: está en `hooks`, en mkdocs.yml. Una palabra del glosario con
`.a-mano` detrás no se enlaza sola, porque en el habla de todos los días quiere decir otra cosa.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

GLOSARIO = "referencia/glosario.md"
#: La portada la lee quien aún no quiere saber palabras; la lista de cambios, quien ya las sabe.
SIN_ENLACES = frozenset({"index.md", GLOSARIO, "referencia/cambios.md"})
#: Donde no se enlaza: lo que no es texto corrido, lo que ya lleva a otro sitio y lo que no se ve.
_ELEMENTOS = "a|em|code|pre|kbd|svg|figure|h[1-6]|details|button|label|th|dt|script|style|textarea"
_CLASES = "mapa|admonition-title|highlight|doc|tabbed-set"
_CERRADO = re.compile(rf'<({_ELEMENTOS})\b|<(\w+)[^>]*\bclass="(?:[^"]* )?(?:{_CLASES})[" ]')
_ETIQUETA = re.compile(r"(<!--.*?-->|<[^>]*>)", re.DOTALL)
_ENTRADA = re.compile(r"^## ([^({\n]+?) (?:\([^)]*\) )?\{ #([\w-]+)( \.a-mano)? \}\n", re.MULTILINE)
_MARCAS = re.compile(r"\[([^\]]*)\]\([^)]*\)|[*`]")
_SIN_TILDE = str.maketrans("áéíóú", "aeiou")


@dataclass(frozen=True, slots=True)
class Termino:
    """Una palabra del glosario: dónde está, qué quiere decir en una frase y quién la explica."""

    nombre: str
    ancla: str
    definicion: str
    enlazados: frozenset[str]


@cache
def terminos(glosario: str) -> tuple[Termino, ...]:
    """Las palabras que se enlazan solas, de la más larga a la más corta."""
    partes = _ENTRADA.split(glosario)[1:]
    entradas = zip(*(iter(partes),) * 4, strict=True)
    encontrados = [
        Termino(nombre, ancla, _primera_frase(texto), _paginas_enlazadas(texto))
        for nombre, ancla, a_mano, texto in entradas
        if not a_mano
    ]
    return tuple(sorted(encontrados, key=lambda uno: -len(uno.nombre)))


def _primera_frase(texto: str) -> str:
    llano = " ".join(_MARCAS.sub(r"\1", texto).split())
    return re.split(r"(?<=\.) ", llano, maxsplit=1)[0]


def _paginas_enlazadas(texto: str) -> frozenset[str]:
    """Las páginas que una entrada enlaza, desde `docs/`: en ellas se explica la palabra."""
    return frozenset(re.findall(r"\]\(\.\./([^)#]+\.md)", texto))


def patron(nombre: str) -> str:
    """Lo que reconoce una palabra, o varias seguidas, también en plural."""
    formas = (
        "|".join(re.escape(forma) for forma in (palabra, *_plurales(palabra)))
        for palabra in nombre.split()
    )
    return r"(?<![\w-])" + r"\s+".join(f"(?:{una})" for una in formas) + r"(?![\w-])"


def _plurales(palabra: str) -> Iterator[str]:
    yield f"{palabra}s"
    if palabra[-1] not in "aeiouáéíóú":
        yield f"{palabra[:-2]}{palabra[-2:].translate(_SIN_TILDE)}es"


def enlazar(html: str, palabras: tuple[Termino, ...], glosario: str) -> str:
    """El mismo HTML, con la primera aparición de cada palabra enlazada a `glosario`."""
    if not palabras:
        return html
    grupos = "|".join(f"({patron(una.nombre)})" for una in palabras)
    buscar = re.compile(grupos, re.IGNORECASE)
    vistas: set[str] = set()

    def enlace(encontrada: re.Match[str]) -> str:
        termino = palabras[(encontrada.lastindex or 1) - 1]
        if termino.ancla in vistas:
            return encontrada[0]
        vistas.add(termino.ancla)
        destino = f'href="{glosario}#{termino.ancla}" title="{escape(termino.definicion)}"'
        return f'<a class="termino" {destino}>{encontrada[0]}</a>'

    return "".join(buscar.sub(enlace, trozo) if libre else trozo for trozo, libre in _trozos(html))


def _trozos(html: str) -> Iterator[tuple[str, bool]]:
    """Cada etiqueta y cada texto, y si en él se puede poner un enlace."""
    dentro, hondura = "", 0
    for trozo in _ETIQUETA.split(html):
        if not trozo.startswith("<"):
            yield trozo, not dentro
            continue
        yield trozo, False
        if dentro:
            hondura += bool(re.match(rf"<{dentro}\b", trozo))
            hondura -= trozo.startswith(f"</{dentro}>")
            dentro = dentro if hondura else ""
        elif cerrado := _CERRADO.match(trozo):
            dentro, hondura = cerrado[1] or cerrado[2], 1


def on_page_content(html: str, page: Page, files: Files, **_: object) -> str:
    """El contenido de la página, con sus palabras enlazadas."""
    fuente = files.get_file_from_path(GLOSARIO)
    if fuente is None or page.file.src_uri in SIN_ENLACES:
        return html
    palabras = tuple(
        una for una in terminos(fuente.content_string) if page.file.src_uri not in una.enlazados
    )
    return enlazar(html, palabras, fuente.url_relative_to(page.file))
