"""Lo que escribieron varias versiones de Python al ejecutar el mismo programa con una falta.

Cada archivo `.txt` de esta carpeta tiene programas de una familia, con este formato:

    === nombre
    --- archivo servidor.py
    (el programa; puede haber más archivos)
    --- python 3.11 3.12 3.13
    (lo que se vio con esas versiones, en la carpeta /home/ana/entrega)
    --- dice 3.11 3.12
    (trozos que debe tener la explicación, uno por línea; `nada` si no hay error que explicar)

«3.13» es 3.13.0: en las siguientes de su serie cambiaron mensajes. Sin versiones, `dice` vale para
todas. De los errores se han quitado los pasos que no son del alumno.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

NADA = "nada"


@dataclass
class Programa:
    """Un programa, lo que se ve de él en cada versión y lo que se debe decir en cada una."""

    nombre: str
    archivos: dict[str, str] = field(default_factory=dict)
    pantallas: dict[str, str] = field(default_factory=dict)
    dice: dict[str, list[str]] = field(default_factory=dict)

    def se_espera(self, version: str) -> list[str]:
        """Los trozos que debe tener la explicación de esa versión."""
        return self.dice.get(version) or self.dice[""]

    def guardar(self, carpeta: Path) -> None:
        """Escribe sus archivos; el que no está en UTF-8, como lo guardaría Windows."""
        for nombre, texto in self.archivos.items():
            codificacion = "cp1252" if self.nombre == "codificación latina" else "utf-8"
            (carpeta / nombre).write_bytes(texto.encode(codificacion))


def leer(archivo: Path) -> Iterator[Programa]:
    """Los programas de un archivo, en su orden."""
    for bloque in re.split(r"(?m)^=== ", archivo.read_text(encoding="utf-8"))[1:]:
        nombre, _, resto = bloque.partition("\n")
        programa = Programa(nombre)
        for parte in re.split(r"(?m)^--- ", resto)[1:]:
            titulo, _, texto = parte.partition("\n")
            _anotar(programa, titulo.split(), texto)
        yield programa


def _anotar(programa: Programa, titulo: list[str], texto: str) -> None:
    que, *resto = titulo
    if que == "archivo":
        programa.archivos[resto[0]] = texto
    elif que == "python":
        programa.pantallas.update(dict.fromkeys(resto, texto))
    else:
        trozos = [linea for linea in texto.split("\n") if linea]
        programa.dice.update(dict.fromkeys(resto or [""], trozos))


PROGRAMAS = [
    programa
    for archivo in sorted(Path(__file__).parent.glob("*.txt"))
    for programa in leer(archivo)
]
