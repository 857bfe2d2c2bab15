"""Cómo se nombra a quienes hablan: «el servidor» lleva artículo, y «Ana» no."""

from __future__ import annotations

#: Cómo se llama a quien habla con un programa y no lleva la sonda.
DESCONOCIDO = "alguien"


def con_articulo(actor: str) -> str:
    """«el servidor», pero «Ana»: los papeles llevan artículo."""
    return f"el {actor}" if actor.islower() and actor != DESCONOCIDO else actor


def de(actor: str) -> str:
    """«del servidor», «de Ana»."""
    nombre = con_articulo(actor)
    return f"d{nombre}" if nombre.startswith("el ") else f"de {nombre}"


def a(actor: str) -> str:
    """«al servidor», «a Ana»."""
    nombre = con_articulo(actor)
    return f"a{nombre.removeprefix('e')}" if nombre.startswith("el ") else f"a {nombre}"
