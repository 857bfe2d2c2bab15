"""Los errores de Python, explicados: una familia en cada archivo.

    pantalla ──rastro.py──► errores ──eleccion.py──► el del alumno ──una familia──► explicación

Cada familia es una tabla de reglas (`caso.Regla`): para qué errores vale, qué debe decir el mensaje
y la función que lo explica. Se prueban en orden y vale la primera que contesta; la última de todas
contesta siempre.
"""

from __future__ import annotations

from chatlab.corrector.explicaciones import (
    advertencias,
    atributos,
    biblioteca,
    cifrado,
    colecciones,
    conexiones,
    corrutinas,
    formatos,
    hilos,
    hilos_mal_creados,
    importaciones,
    llamadas,
    lo_que_piden,
    nada,
    no_es_funcion,
    nombres,
    otros,
    posiciones,
    red,
    sangria,
    serializados,
    sin_valor,
    sintaxis,
    textos_y_bytes,
    tipos,
    valores,
)
from chatlab.corrector.explicaciones.caso import Caso, Explicacion, Regla

#: En orden: las de arriba conocen casos de los que las de abajo darían una explicación más vaga.
REGLAS: tuple[Regla, ...] = (
    *advertencias.REGLAS,
    *lo_que_piden.REGLAS,
    *corrutinas.REGLAS,
    *serializados.REGLAS,
    *nombres.REGLAS,
    *sin_valor.REGLAS,
    *nada.REGLAS,
    *atributos.REGLAS,
    *textos_y_bytes.REGLAS,
    *hilos_mal_creados.REGLAS,
    *no_es_funcion.REGLAS,
    *llamadas.REGLAS,
    *colecciones.REGLAS,
    *formatos.REGLAS,
    *tipos.REGLAS,
    *sangria.REGLAS,
    *sintaxis.REGLAS,
    *importaciones.REGLAS,
    *hilos.REGLAS,
    *cifrado.REGLAS,
    *red.REGLAS,
    *conexiones.REGLAS,
    *biblioteca.REGLAS,
    *posiciones.REGLAS,
    *valores.REGLAS,
    *otros.REGLAS,
)


def explicar(caso: Caso) -> Explicacion:
    """La explicación de la primera regla que conoce ese error."""
    for regla in REGLAS:
        if explicacion := regla.aplicar(caso):
            return explicacion
    raise AssertionError("la última regla de `otros` vale para cualquier error")
