"""Los errores de Python, explicados: una familia en cada archivo.

    pantalla ──rastro.py──► errores ──eleccion.py──► el del alumno ──una familia──► explicación

Cada familia es una tabla de reglas (`caso.Regla`): para qué errores vale, qué debe decir el mensaje
y la función que lo explica. Se prueban en orden y vale la primera que contesta; la última de todas
contesta siempre.

De qué errores es cada familia lo dice la primera línea de su archivo.

Para añadir otra: una regla más en las `REGLAS` de su familia. El archivo de todas, `reglas.py`, se
toca solo si la familia es nueva.
"""

from __future__ import annotations

from chatlab.corrector.diagnostico.explicaciones.caso import Caso, Explicacion


def explicar(caso: Caso) -> Explicacion:
    """La explicación de la primera regla que conoce ese error."""
    # Son muchos archivos, y a una entrega que va bien no hay nada que explicarle.
    from chatlab.corrector.diagnostico.explicaciones.reglas import REGLAS

    for regla in REGLAS:
        if explicacion := regla.aplicar(caso):
            return explicacion
    raise AssertionError("la última regla de `otros` vale para cualquier error")
