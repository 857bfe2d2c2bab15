"""Frases en español: contar cosas y enumerarlas."""

from __future__ import annotations

from collections.abc import Sequence


def contar(cuantas: int, una: str, varias: str | None = None) -> str:
    """Devuelve «1 línea» o «3 líneas»; `varias` es el plural cuando no basta añadir una «s»."""
    return f"{cuantas} {una if cuantas == 1 else varias or una + 's'}"


def enumerar(cosas: Sequence[str]) -> str:
    """Devuelve «Ana», «Ana y Carlos» o «Ana, Carlos y Lucía»."""
    if len(cosas) < 2:
        return "".join(cosas)
    return f"{', '.join(cosas[:-1])} y {cosas[-1]}"
