"""Los pasos de una lección, por el nombre que se teclea."""

from __future__ import annotations

import re
from argparse import ArgumentTypeError
from pathlib import Path, PurePosixPath

from chatlab.curso.lecciones import Leccion, leer_leccion
from chatlab.textos import sin_tildes

_NUMERO = re.compile(r"(\d{1,3})[.,](\d{1,3})")
_PASO = re.compile(r"paso(\d+)_\w+")
#: Las otras carpetas de una lección con un servidor y un cliente.
_DEMAS = ("ejercicio", "solucion")


def pasos_de(leccion: Leccion) -> dict[str, Path]:
    """La carpeta de cada paso por su número, en orden; después, la del ejercicio y la resuelta."""
    carpetas = {
        int(encontrado[1]): ruta
        for ruta in leccion.carpeta.glob("paso*_*")
        if (encontrado := _PASO.fullmatch(ruta.name))
    }
    pasos = {str(numero): carpetas[numero] for numero in sorted(carpetas)}
    otras = {nombre: leccion.carpeta / nombre for nombre in _DEMAS}
    return pasos | {nombre: ruta for nombre, ruta in otras.items() if ruta.is_dir()}


def buscar_paso(texto: str) -> Path | None:
    """La carpeta de un paso, dicho como «03.1», «03/paso1_hilos» o «lessons/03_difusion/paso1».

    `None` si no nombra ninguna lección. Si nombra una y no uno de sus pasos, lanza
    `ArgumentTypeError`, con los que hay.
    """
    dicho = texto.strip().replace("\\", "/")
    if encontrado := _NUMERO.fullmatch(dicho):
        cual, paso = encontrado[1], encontrado[2].lstrip("0")
    else:
        # Lo que va delante de la lección es la carpeta donde están todas.
        *_, cual, paso = ("", "", *PurePosixPath(dicho).parts)
    if not cual:
        cual, paso = paso, ""
    try:
        leccion = leer_leccion(cual)
    except ArgumentTypeError:
        return None
    pasos = pasos_de(leccion)
    for numero, carpeta in pasos.items():
        if paso and sin_tildes(paso) in (numero, f"paso{numero}", carpeta.name):
            return carpeta
    cuales = ", ".join(f"{leccion.numero}.{numero}" for numero in pasos if numero.isdecimal())
    raise ArgumentTypeError(f"de la {leccion.rotulo.lower()}, di qué paso: {cuales}")
