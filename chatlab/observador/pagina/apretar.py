"""Nuestro JavaScript y nuestro CSS, en menos bytes: sin comentarios ni espacios de más.

No se cambia ningún nombre ni ninguna cadena. Los saltos de línea que acaban una sentencia se
quedan: en JavaScript hacen a veces de punto y coma (ECMA-262, «Automatic Semicolon Insertion»).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_PIEZAS = re.compile(
    r"""
      (?P<comentario> //[^\n]* | /\*.*?\*/ )
    | (?P<cadena> "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*' )
    | (?P<palabra> [\w$#]+ )
    | (?P<salto> [ \t]* \n \s* )
    | (?P<espacio> [ \t]+ )
    | (?P<regular> / (?![*/]) (?: \\. | \[ (?: \\. | [^\]\\\n] )* \] | [^/\\\[\n] )+ / [a-z]* )
    | (?P<signo> . )
    """,
    re.VERBOSE | re.DOTALL,
)
#: Detrás de esto, una barra divide; detrás de lo demás, empieza una expresión regular.
_ACABA_UN_VALOR = re.compile(r"[\w$)\]}'\"`]$")
_PIDE_UN_VALOR = {"return", "typeof", "case", "in", "of", "void", "delete", "throw", "await"}
_EN_CSS = re.compile(r"\s*([{};,])\s*|(?<=:)[ \t]+")
_COMENTARIO_DE_CSS = re.compile(r"/\*.*?\*/", re.DOTALL)


def apretar_css(texto: str) -> str:
    """El mismo estilo, sin comentarios y sin los espacios que no separan nada."""
    return _EN_CSS.sub(r"\1", _COMENTARIO_DE_CSS.sub("", texto)).strip()


def apretar_js(texto: str) -> str:
    """El mismo programa, sin comentarios y sin los espacios que no separan nada."""
    junto: list[str] = []
    hueco = ""
    for pieza in _piezas(texto):
        if not pieza.strip():
            hueco = "\n" if "\n" in (hueco + pieza) else " "
            continue
        anterior = junto[-1] if junto else "{"
        if hueco == "\n" and not _sobra_el_salto(anterior, pieza):
            junto.append("\n")
        elif hueco and _se_pegarian(anterior[-1], pieza[0]):
            junto.append(" ")
        junto.append(pieza)
        hueco = ""
    return "".join(junto) + "\n"


def _sobra_el_salto(anterior: str, siguiente: str) -> bool:
    return anterior in "{([,;" or siguiente in "})]"


def _se_pegarian(anterior: str, siguiente: str) -> bool:
    """Si, juntos, dirían otra cosa: dos palabras, o dos signos de los que se doblan."""
    palabras = re.match(r"[\w$#]", anterior) and re.match(r"[\w$#]", siguiente)
    return bool(palabras) or (anterior == siguiente and anterior in "+-/")


def _piezas(texto: str) -> Iterator[str]:
    """Las piezas del programa, una tras otra; los espacios y los comentarios, como espacios."""
    sitio, anterior = 0, ""
    while sitio < len(texto):
        if texto[sitio] == "`":
            final = _final_de_plantilla(texto, sitio)
            pieza = texto[sitio:final]
        else:
            hallada = _PIEZAS.match(texto, sitio)
            assert hallada is not None  # la última alternativa vale para cualquier letra
            pieza, clase = hallada[0], hallada.lastgroup
            if clase == "regular" and _divide(anterior):
                pieza = "/"
            elif clase == "comentario":
                sitio += len(pieza)
                yield "\n" if "\n" in pieza else " "
                continue
        sitio += len(pieza)
        anterior = pieza if pieza.strip() else anterior
        yield pieza


def _divide(anterior: str) -> bool:
    return bool(_ACABA_UN_VALOR.search(anterior)) and anterior not in _PIDE_UN_VALOR


def _final_de_plantilla(texto: str, sitio: int) -> int:
    """Dónde acaba el texto entre acentos graves que empieza ahí; dentro puede haber otros."""
    sitio += 1
    while texto[sitio] != "`":
        if texto[sitio] == "\\":
            sitio += 2
        elif texto.startswith("${", sitio):
            sitio = _final_de_hueco(texto, sitio + 2)
        else:
            sitio += 1
    return sitio + 1


def _final_de_hueco(texto: str, sitio: int) -> int:
    """Dónde acaba lo que hay entre `${` y su llave."""
    abiertas = 1
    while abiertas:
        if texto[sitio] == "`":
            sitio = _final_de_plantilla(texto, sitio)
            continue
        if texto[sitio] in "\"'":
            cadena = _PIEZAS.match(texto, sitio)
            assert cadena is not None
            sitio = cadena.end()
            continue
        abiertas += {"{": 1, "}": -1}.get(texto[sitio], 0)
        sitio += 1
    return sitio
