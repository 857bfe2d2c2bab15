"""Con qué palabra se sale de un programa que no se conoce."""

from __future__ import annotations

import ast
import re
from pathlib import Path

#: Las más corrientes, por orden.
CORRIENTES = (
    "salir", "/salir", "exit", "/exit", "quit", "/quit",
    "SALIR", "QUIT", "EXIT", "logout", "adios", "adiós", "chao", "fin", "bye",
)  # fmt: skip


def palabras_de_salida(pantalla: str, programa: Path) -> list[str]:
    """Las palabras que hay que probar, de la más a la menos probable.

    Primero las que el propio programa enseña en la pantalla, después las que están en su código y,
    al final, las corrientes.
    """
    en_pantalla = [palabra for palabra in CORRIENTES if _aparece(palabra, pantalla)]
    en_codigo = [palabra for palabra in _textos_de(programa) if palabra.lower() in _EN_MINUSCULAS]
    # Un diccionario quita las repetidas y conserva el orden.
    return list(dict.fromkeys([*_las_mas_largas(en_pantalla), *en_codigo, *CORRIENTES]))


_EN_MINUSCULAS = {palabra.lower() for palabra in CORRIENTES}


def _aparece(palabra: str, pantalla: str) -> bool:
    return re.search(rf"(?<![\w/]){re.escape(palabra)}(?!\w)", pantalla) is not None


def _las_mas_largas(palabras: list[str]) -> list[str]:
    """«/salir» antes que «salir»: quien enseña la barra la necesita."""
    return sorted(palabras, key=len, reverse=True)


def _textos_de(programa: Path) -> list[str]:
    """Los textos escritos en el código, por orden; ninguno si no se puede leer."""
    try:
        arbol = ast.parse(programa.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return []
    return [
        nodo.value.decode("utf-8", "replace") if isinstance(nodo.value, bytes) else nodo.value
        for nodo in ast.walk(arbol)
        if isinstance(nodo, ast.Constant) and isinstance(nodo.value, str | bytes)
    ]
