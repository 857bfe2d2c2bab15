"""Las terminales de un guion, en marcha: en qué escena aparece y desaparece cada línea.

Es HTML que se lee entero sin moverse: están a la vista las líneas del final. Con lo que lleva
apuntado, `docs/javascripts/marcha.js` las enseña como ocurrieron:

    data-de="3"       aparece en la escena 3; la escena es el lugar, desde 0, de la acción del guion
    data-a="5"        en la 5 ya no está: otra línea ocupa su lugar
    data-tecla="4"    la escribe la persona, letra a letra, desde la cuarta
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape

from docs.taller.guion import Accion, Guion

#: Lo que se ve en la terminal de cada cual cuando ya no se mueve nada.
Escena = dict[str, str]


@dataclass(slots=True)
class Linea:
    """Una línea de una terminal. Sin `a`, queda hasta el final; sin `tecla`, no la teclea nadie."""

    texto: str
    de: int
    a: int | None = None
    tecla: int | None = None


def marcha(guion: Guion, escenas: list[Escena]) -> str:
    """El elemento con todas las terminales del guion. Hay una escena por cada acción."""
    terminales = [_terminal(quien, guion, escenas) for quien in guion.personas]
    abre = f'<div class="marcha" role="group" aria-label="{escape(guion.titulo)}">'
    return "\n".join([abre, *terminales, "</div>"]) + "\n"


def _terminal(quien: str, guion: Guion, escenas: list[Escena]) -> str:
    lineas = "".join(map(_html, lineas_de(quien, guion.acciones, escenas)))
    rotulo = quien if quien[0].isupper() else f"El {quien}"
    return (
        f'<figure class="pantalla" data-quien="{escape(quien)}">'
        f"<figcaption>{escape(rotulo)}</figcaption>"
        f'<pre tabindex="0">{lineas}</pre></figure>'
    )


def _html(linea: Linea) -> str:
    datos = f' data-de="{linea.de}"'
    if linea.a is not None:
        datos += f' data-a="{linea.a}" hidden'
    if linea.tecla is not None:
        datos += f' data-tecla="{linea.tecla}"'
    return f"<span{datos}>{escape(linea.texto, quote=False)}\n</span>"


def lineas_de(quien: str, acciones: tuple[Accion, ...], escenas: list[Escena]) -> list[Linea]:
    """Todas las líneas que hubo en esa terminal, en su orden, también las que ya no están."""
    todas: list[Linea] = []
    for numero, (accion, escena) in enumerate(zip(acciones, escenas, strict=True)):
        _avanzar(todas, escena.get(quien, "").splitlines(), numero)
        if accion.quien == quien:
            _senalar_lo_tecleado(todas, accion, numero)
    return todas


def _avanzar(todas: list[Linea], ahora: list[str], numero: int) -> None:
    """Pone las líneas nuevas en su lugar, y apunta cuáles dejan de estar."""
    visibles = [linea for linea in todas if linea.a is None]
    cambios = SequenceMatcher(None, [linea.texto for linea in visibles], ahora, autojunk=False)
    for que, desde, hasta, nueva_desde, nueva_hasta in cambios.get_opcodes():
        if que == "equal":
            continue
        for linea in visibles[desde:hasta]:
            linea.a = numero
        siguiente = visibles[hasta] if hasta < len(visibles) else None
        lugar = todas.index(siguiente) if siguiente is not None else len(todas)
        todas[lugar:lugar] = [Linea(texto, numero) for texto in ahora[nueva_desde:nueva_hasta]]


def _senalar_lo_tecleado(todas: list[Linea], accion: Accion, numero: int) -> None:
    """De lo que aparece en esa escena, señala la línea que escribió la persona."""
    for linea in todas:
        if linea.de == numero and linea.texto.endswith(accion.texto):
            linea.tecla = len(linea.texto) - len(accion.texto)
            return
