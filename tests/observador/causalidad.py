"""Lo que un diagrama contado con palabras dice antes de su causa."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_A = r"(?:a (?P<a>.+?)|al (?P<al>.+?))"
_DE = r"(?:de (?P<a>.+?)|del (?P<al>.+?))"
_ENVIA = re.compile(rf"(?P<quien>.+?) envía (?P<n>\d+) bytes? {_A}: «")
_LLAMA = re.compile(rf"(?P<quien>.+?) llama {_A} \(connect")
_DEJA = re.compile(rf"(?P<quien>.+?) deja de enviar {_A}(?: \(shutdown\))?\.$")
_CIERRA = re.compile(r"(?P<quien>.+?) cierra su conexión con (?:(?P<a>[^:]+?))(?::.*)?\.$")
_ACEPTA = re.compile(r"(?P<quien>.+?): accept\.$")
_LEE = re.compile(rf"(?P<quien>.+?): recv: (?P<n>\d+) bytes? {_DE}, ")
_SE_ENTERA = re.compile(r'(?P<quien>.+?): recv: b"", (?P<a>.+?) (?:ha cerrado|no envía más)\.$')


def adelantadas(frases: Iterable[str]) -> list[str]:
    """Las frases que cuentan algo antes de lo que lo causó."""
    enviado: Counter[tuple[str, str]] = Counter()
    leido: Counter[tuple[str, str]] = Counter()
    llamadas: Counter[str] = Counter()
    callaron: set[tuple[str, str]] = set()
    mal = []
    for frase in frases:
        if hay := _LLAMA.match(frase):
            llamadas[_otro(hay)] += 1
        elif hay := _ENVIA.match(frase):
            enviado[_quien(hay), _otro(hay)] += int(hay["n"])
        elif hay := _DEJA.match(frase):
            callaron.add((_quien(hay), _otro(hay)))
        elif hay := _CIERRA.match(frase):
            callaron.add((_quien(hay), _sin_el(hay)))
        elif hay := _ACEPTA.match(frase):
            llamadas[_quien(hay)] -= 1
            if llamadas[_quien(hay)] < 0:
                mal.append(frase)
        elif hay := _LEE.match(frase):
            sentido = (_otro(hay), _quien(hay))
            leido[sentido] += int(hay["n"])
            if leido[sentido] > enviado[sentido]:
                mal.append(frase)
        elif (hay := _SE_ENTERA.match(frase)) and (_sin_el(hay), _quien(hay)) not in callaron:
            mal.append(frase)
    return mal


def _quien(hay: re.Match[str]) -> str:
    return hay["quien"].removeprefix("El ").removeprefix("el ").replace("Alguien", "alguien")


def _otro(hay: re.Match[str]) -> str:
    return hay["a"] or hay["al"]


def _sin_el(hay: re.Match[str]) -> str:
    return hay["a"].removeprefix("el ")
