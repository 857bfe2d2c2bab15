"""Cómo se nombra en una frase a cada programa de la escena: «el servidor», «el programa de Ana».

El servidor lleva artículo y las personas no.
"""

from __future__ import annotations

SERVIDOR = "servidor"


def el_programa_de(nombre: str) -> str:
    """«el servidor», «el programa de Ana»."""
    return "el servidor" if nombre == SERVIDOR else f"el programa de {nombre}"


def la_pantalla_de(nombre: str) -> str:
    """«la pantalla del servidor», «la pantalla de Ana»."""
    return f"la pantalla {'del servidor' if nombre == SERVIDOR else f'de {nombre}'}"


def quien(nombre: str) -> str:
    """«la persona del servidor», «Ana»."""
    return "la persona del servidor" if nombre == SERVIDOR else nombre


def es_de_la_entrega(nombre: str) -> bool:
    """Dice si es el servidor o una persona, y no un programa del corrector.

    A las personas se las llama por su nombre propio, y a esos programas por lo que hacen.
    """
    return nombre == SERVIDOR or nombre[:1].isupper()


def al_principio(frase: str) -> str:
    """La frase, con mayúscula."""
    return f"{frase[:1].upper()}{frase[1:]}"
