"""Un resultado contado en texto: lo hecho, lo esperado, lo visto y por qué."""

from __future__ import annotations

import textwrap

from chatlab.corrector.modelo import Resultado

#: Líneas que se enseñan del final de cada pantalla.
MAX_LINEAS = 12


def redactar(resultado: Resultado) -> str:
    """De lo más útil a lo más detallado. Lo primero es el arreglo, si se sabe."""
    partes = [
        f"{resultado.comprobacion.titulo}: {resultado.veredicto}.",
        resultado.explicacion,
        f"Se esperaba: {resultado.esperado}" if resultado.esperado else "",
        _lista("Lo que se hizo:", resultado.hecho),
        *(_pantalla(nombre, texto) for nombre, texto in resultado.visto.items()),
        f"Pista: {resultado.comprobacion.pista}" if resultado.comprobacion.pista else "",
    ]
    return "\n".join(parte for parte in partes if parte)


def _lista(titulo: str, frases: list[str]) -> str:
    return "\n".join([titulo, *(f"  - {frase}" for frase in frases)]) if frases else ""


def _pantalla(nombre: str, texto: str) -> str:
    lineas = [linea for linea in texto.rstrip().split("\n") if linea.strip()][-MAX_LINEAS:]
    visto = "\n".join(textwrap.shorten(linea, 200, placeholder="…") for linea in lineas)
    return f"Pantalla de {nombre}:\n{textwrap.indent(visto or '(vacía)', '  │ ')}"
