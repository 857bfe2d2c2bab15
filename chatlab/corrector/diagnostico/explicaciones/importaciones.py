"""Un módulo o un nombre que no se puede importar: `ImportError`."""

from __future__ import annotations

import re

from chatlab.corrector.diagnostico.explicaciones.atributos import (
    nombres_del_modulo,
    por_que_no_esta,
)
from chatlab.corrector.diagnostico.explicaciones.caso import (
    Caso,
    Explicacion,
    con_el_cambio,
    frase,
    parecido,
    regla,
)
from chatlab.corrector.diagnostico.explicaciones.modulos import CONOCIDOS, es_de_python
from chatlab.corrector.diagnostico.explicaciones.versiones import (
    SOLO_EN_WINDOWS,
    SOLO_SIN_WINDOWS,
    modulo_de_otra_version,
)


def _no_existe(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    modulo = encaje[1]
    raiz = modulo.split(".")[0]
    propios = {fuente.nombre.rpartition("/")[2][:-3] for fuente in caso.fuentes}
    if quitado := modulo_de_otra_version(modulo):
        return quitado
    if raiz in SOLO_EN_WINDOWS | SOLO_SIN_WINDOWS or raiz.lstrip("_") in ("tkinter", "curses"):
        return _de_otro_sistema(raiz)
    bueno = parecido(modulo, {*CONOCIDOS, *propios} - {modulo}, minimo=0.8)
    if bueno and not es_de_python(raiz):
        return Explicacion(
            f"No hay ningún módulo que se llame `{modulo}`.",
            f"Escribe `{bueno}` donde pone `{modulo}`{con_el_cambio(caso.codigo, modulo, bueno)}.",
        )
    if es_de_python(raiz) and "." in modulo:
        return Explicacion(
            f"`{modulo.rpartition('.')[0]}` es un módulo y no tiene otro dentro que se llame así.",
            f"Escribe `from {modulo.rpartition('.')[0]} import {modulo.rpartition('.')[2]}`, y "
            "comprueba que se escribe así.",
        )
    if es_de_python(raiz):
        return Explicacion(
            f"`{modulo}` viene con Python, pero en este ordenador no está: hay partes que se "
            "instalan aparte.",
            f"Haz el programa sin `{raiz}`, con lo que hay en cualquier ordenador.",
        )
    if carpeta := next((c for f in caso.fuentes if (c := _carpeta_de(f.nombre, raiz))), None):
        return Explicacion(
            f"`{raiz}.py` está en la carpeta `{carpeta}`, y Python lo busca junto al programa.",
            f"Escribe `from {carpeta.replace('/', '.')} import {raiz}`, o pon los dos archivos en "
            "la misma carpeta.",
        )
    return Explicacion(
        f"`{modulo}` no viene con Python ni es un archivo tuyo: es una biblioteca que aquí no está "
        "instalada.",
        "Usa solo la biblioteca estándar (`socket`, `threading`…), o entrega también el archivo "
        f"`{raiz}.py` si es tuyo.",
    )


def _carpeta_de(archivo: str, modulo: str) -> str:
    """«comun» si `comun/red.py` es el módulo `red`; vacío si no lo es o no está en una carpeta."""
    carpeta, _, nombre = archivo.rpartition("/")
    return carpeta if nombre == f"{modulo}.py" else ""


def _de_otro_sistema(raiz: str) -> Explicacion:
    if raiz.lstrip("_") == "tkinter":
        return Explicacion(
            "`tkinter`, el de las ventanas, es una parte de Python que en este ordenador no está "
            "instalada.",
            "Para probarlo, instálalo (en Debian y Ubuntu, el paquete `python3-tk`); para que se "
            "pueda corregir, haz el chat con `input` y `print`.",
        )
    donde, falta = "Windows", "Linux ni en macOS"
    if raiz not in SOLO_EN_WINDOWS:
        donde, falta = "Linux y macOS", "Windows"
    return Explicacion(
        f"`{raiz.lstrip('_')}` viene con Python, pero no en todos los sistemas: está en {donde}, y "
        f"no en {falta}.",
        f"Haz el programa sin `{raiz.lstrip('_')}`, con lo que hay en cualquier sistema.",
    )


def _no_tiene(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    nombre, modulo = encaje[1], encaje[2]
    if otra_cosa := por_que_no_esta(caso, modulo, nombre):
        return otra_cosa
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
    # Desde 3.15: «Standard library module 'tkinter' was not found», «Unsupported platform for…».
    regla(
        "ModuleNotFoundError",
        r"(?:^No module named|[Ss]tandard library module) '([\w.]+)'",
        _no_existe,
    ),
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
