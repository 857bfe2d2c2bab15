"""El código de lo que llevas hecho, que se pega en el mapa del curso del sitio.

    chatlab:01.1r,01.2r,01e:3

Entre los dos puntos van las claves de lo hecho, y al final cuántas son: así se nota si se ha
copiado a medias. Lo lee `docs/javascripts/mapa.js`.

    01.0    la presentación de la lección 01
    01.2    su paso 2
    01.2r   el reto de ese paso
    01e     su ejercicio
"""

from __future__ import annotations

from collections.abc import Iterable

from chatlab.curso.lecciones import Leccion
from chatlab.curso.retos import Reto


def clave_de_la_pagina(leccion: Leccion, numero: int) -> str:
    """La de un paso; con 0, la de la presentación."""
    return f"{leccion.numero}.{numero}"


def clave_del_reto(reto: Reto) -> str:
    """«01.2r»."""
    return f"{reto.numero}r"


def clave_del_ejercicio(leccion: Leccion) -> str:
    """«01e»."""
    return f"{leccion.numero}e"


def escribir_codigo(claves: Iterable[str]) -> str:
    """El código con esas claves, en ese orden."""
    todas = list(claves)
    return f"chatlab:{','.join(todas)}:{len(todas)}"
