"""Un módulo o un nombre que no se puede importar: `ImportError`."""

from __future__ import annotations

import re

from chatlab.corrector.explicaciones.atributos import (
    explicar_archivo_que_tapa,
    explicar_circulo,
    nombres_del_modulo,
    tapado,
)
from chatlab.corrector.explicaciones.caso import (
    Caso,
    Explicacion,
    con_el_cambio,
    frase,
    parecido,
    regla,
)
from chatlab.corrector.explicaciones.modulos import CONOCIDOS, es_de_python


def _no_existe(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    modulo = encaje[1]
    raiz = modulo.split(".")[0]
    propios = {fuente.nombre.rpartition("/")[2][:-3] for fuente in caso.fuentes}
    bueno = parecido(modulo, {*CONOCIDOS, *propios} - {modulo}, minimo=0.8)
    if bueno and not es_de_python(raiz):
        return Explicacion(
            f"No hay ningún módulo que se llame `{modulo}`.",
            f"Escribe `import {bueno}`.",
        )
    if es_de_python(raiz) and "." in modulo:
        return Explicacion(
            f"`{raiz}` es un módulo y no tiene otro dentro que se llame así.",
            f"Escribe `from {raiz} import {modulo.partition('.')[2]}`.",
        )
    if es_de_python(raiz):
        return Explicacion(
            f"`{modulo}` viene con Python, pero no en todos los sistemas: aquí no está.",
            f"Haz el programa sin `{raiz}`, con lo que hay en cualquier sistema.",
        )
    return Explicacion(
        f"`{modulo}` no viene con Python ni es un archivo tuyo: es una biblioteca que aquí no está "
        "instalada.",
        "Usa solo la biblioteca estándar (`socket`, `threading`…), o entrega también el archivo "
        f"`{raiz}.py` si es tuyo.",
    )


def _no_tiene(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    nombre, modulo = encaje[1], encaje[2]
    if tapado(caso, modulo):
        return explicar_archivo_que_tapa(modulo)
    if "partially initialized" in caso.mensaje:
        return explicar_circulo(modulo)
    bueno = parecido(nombre, nombres_del_modulo(caso, modulo)) or caso.sugerido
    if bueno:
        return Explicacion(
            f"El módulo `{modulo}` no tiene `{nombre}`. Lo más parecido que tiene es `{bueno}`.",
            f"Escribe `{bueno}` donde pone `{nombre}`{con_el_cambio(caso.codigo, nombre, bueno)}.",
        )
    return Explicacion(
        f"El módulo `{modulo}` no tiene nada que se llame `{nombre}`.",
        f"Quita `{nombre}` del `import`, o comprueba cómo se escribe.",
    )


REGLAS = (
    regla("ModuleNotFoundError", r"^No module named '([\w.]+)'", _no_existe),
    regla(
        "ImportError",
        r"cannot import name '(\w+)' from (?:partially initialized module )?'([\w.]+)'",
        _no_tiene,
    ),
    regla(
        "ImportError",
        r"attempted relative import",
        frase(
            "El punto de `from . import` solo sirve dentro de un paquete, y esto es un programa "
            "suelto.",
            "Quita el punto: `import modulo`.",
        ),
    ),
)
