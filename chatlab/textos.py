"""Frases en español: contar cosas, enumerarlas y compararlas sin sus tildes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence


def contar(cuantas: int, una: str, varias: str | None = None) -> str:
    """Devuelve «1 línea» o «3 líneas»; `varias` es el plural cuando no basta añadir una «s»."""
    return f"{cuantas} {una if cuantas == 1 else varias or una + 's'}"


def enumerar(cosas: Sequence[str]) -> str:
    """Devuelve «Ana», «Ana y Carlos», «Ana, Carlos y Lucía» o «Ana e Inés»."""
    if len(cosas) < 2:
        return "".join(cosas)
    *primeras, ultima = cosas
    # Delante del sonido «i» la «y» se vuelve «e», salvo en un diptongo: «agua y hielo».
    y = "e" if re.match(r"h?[ií](?![aeo])", ultima, re.IGNORECASE) else "y"
    return f"{', '.join(primeras)} {y} {ultima}"


def con_coma(numero: float, decimales: int | None = None) -> str:
    """El número como se escribe en español: «2,5»; sin decir cuántos decimales, los que tenga."""
    escrito = f"{numero:g}" if decimales is None else f"{numero:.{decimales}f}"
    return escrito.replace(".", ",")


def sin_tildes(nombre: str) -> str:
    """El nombre en minúsculas y sin tildes: «Difusión» es `difusion`."""
    return _sin_marcas(nombre.lower())


def en_llano(texto: str) -> str:
    """El texto sin mayúsculas ni tildes, y con espacios en lugar de guiones bajos."""
    return _sin_marcas(texto.casefold().replace("_", " "))


def _sin_marcas(texto: str) -> str:
    letras = unicodedata.normalize("NFD", texto)
    return "".join(letra for letra in letras if not unicodedata.combining(letra))
