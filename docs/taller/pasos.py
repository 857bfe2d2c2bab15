"""Qué líneas de un paso son nuevas, y cuáles estaban ya, iguales, en los anteriores.

No cuentan ni el sangrado (lo que ahora va dentro de un `try` es lo mismo, más a la derecha) ni el
texto entre comillas que abre el archivo, que en cada paso es otro.
"""

from __future__ import annotations

import ast
import re
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise
from pathlib import Path

from docs.taller.trozos import RAIZ, Trozo

_NUMERO = re.compile(r"paso(\d+)_")


def pasos() -> list[tuple[Path, Path]]:
    """Cada paso que tiene otro delante, detrás de él."""
    return [
        pareja
        for leccion in sorted((RAIZ / "lessons").iterdir())
        for pareja in pairwise(sorted(leccion.glob("paso*")))
    ]


def anterior(archivo: str) -> str | None:
    """El mismo archivo en el paso anterior de la lección, o nada si no estaba."""
    programa = RAIZ / archivo
    for antes, paso in pasos():
        if paso == programa.parent and (antes / programa.name).is_file():
            return (antes / programa.name).relative_to(RAIZ).as_posix()
    return None


def lineas_nuevas(archivo: str) -> set[int]:
    """Los números de las líneas que no estaban en el paso anterior; ninguna si no había otro."""
    antes = anterior(archivo)
    if antes is None:
        return set()
    return _nuevas(_sin_sangrado(antes), _sin_sangrado(archivo), principio(archivo))


def igual_desde(archivo: str, trozo: Trozo) -> int | None:
    """El número del primer paso desde el que esas líneas no han cambiado, si no es este."""
    lineas = _sin_sangrado(archivo)[trozo.primera - 1 : trozo.ultima]
    desde = None
    antes = anterior(archivo)
    while antes is not None and _estan(lineas, _sin_sangrado(antes)):
        desde = _numero(antes)
        antes = anterior(antes)
    return desde


def principio(archivo: str) -> int:
    """Cuántas líneas ocupa el texto que abre el archivo, con las vacías que lo siguen."""
    lineas = _sin_sangrado(archivo)
    arbol = ast.parse((RAIZ / archivo).read_text("utf-8"))
    final = arbol.body[0].end_lineno or 0 if ast.get_docstring(arbol) is not None else 0
    while final < len(lineas) and not lineas[final]:
        final += 1
    return final


def _nuevas(antes: list[str], ahora: list[str], desde: int) -> set[int]:
    iguales = SequenceMatcher(None, antes, ahora, autojunk=False).get_matching_blocks()
    estaban = {bloque.b + cual for bloque in iguales for cual in range(bloque.size)}
    return {
        numero + 1 for numero in range(desde, len(ahora)) if numero not in estaban and ahora[numero]
    }


def _estan(lineas: list[str], archivo: list[str]) -> bool:
    """Si están todas en el archivo, seguidas."""
    cuantas = len(lineas)
    return any(archivo[n : n + cuantas] == lineas for n in range(len(archivo) - cuantas + 1))


def _numero(archivo: str) -> int:
    encontrado = _NUMERO.search(archivo)
    assert encontrado is not None, f"{archivo} no es de un paso"
    return int(encontrado[1])


@cache
def _leidas(ruta: Path, _modificado: int) -> list[str]:
    return [linea.strip() for linea in ruta.read_text("utf-8").splitlines()]


def _sin_sangrado(archivo: str) -> list[str]:
    ruta = RAIZ / archivo
    return _leidas(ruta, ruta.stat().st_mtime_ns)
