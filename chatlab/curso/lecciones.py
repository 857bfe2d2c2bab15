"""Las lecciones de chatlab: en un clon están en `lessons/`; instalado, dentro del paquete."""

from __future__ import annotations

import re
from argparse import ArgumentParser, ArgumentTypeError
from dataclasses import dataclass
from pathlib import Path

from chatlab.programa.entorno import PAQUETE
from chatlab.textos import enumerar, sin_tildes

#: La rueda las lleva aquí: lo dice pyproject.toml.
EN_EL_PAQUETE = PAQUETE / "_lecciones"
EN_EL_CLON = PAQUETE.parent / "lessons"

_CARPETA = re.compile(r"(\d+)_(\w+)")
_TITULO = re.compile(r"#\s*Lección\s+\d+\s*[.:·]\s*(.+)")


@dataclass(frozen=True, slots=True)
class Leccion:
    """Una lección: su guía, sus pasos y, si lo tiene, su ejercicio."""

    carpeta: Path
    titulo: str

    @property
    def nombre(self) -> str:
        """El de su carpeta: «03_difusion»."""
        return self.carpeta.name

    @property
    def numero(self) -> str:
        """«03»."""
        return self.nombre.partition("_")[0]

    @property
    def rotulo(self) -> str:
        """«Lección 03 · Difusión»."""
        return f"Lección {self.numero} · {self.titulo}"

    @property
    def guia(self) -> Path:
        """La página que la explica."""
        return self.carpeta / "README.md"

    @property
    def ejercicio(self) -> Path:
        """Los programas con los que empieza quien la estudia; puede no existir."""
        return self.carpeta / "ejercicio"

    @property
    def comprobaciones(self) -> Path:
        """Lo que ejecuta pytest para corregir el ejercicio; puede no existir."""
        return self.carpeta / "test_ejercicio.py"

    @property
    def retos(self) -> Path:
        """Lo que ejecuta pytest para comprobar los retos de sus pasos; puede no existir."""
        return self.carpeta / "retos.py"

    @property
    def ficha(self) -> Path:
        """Lo que dice de sí misma; puede no existir."""
        return self.carpeta / "leccion.toml"

    @property
    def pistas(self) -> Path:
        """Las pistas de su ejercicio; puede no existir."""
        return self.carpeta / "pistas.toml"


def carpeta_de_lecciones() -> Path:
    """Dónde están las lecciones de este chatlab."""
    return EN_EL_PAQUETE if EN_EL_PAQUETE.is_dir() else EN_EL_CLON


def lecciones() -> list[Leccion]:
    """Todas las lecciones, por orden."""
    carpetas = sorted(ruta for ruta in carpeta_de_lecciones().glob("*") if ruta.is_dir())
    return [Leccion(ruta, _titulo(ruta)) for ruta in carpetas if _CARPETA.fullmatch(ruta.name)]


def leer_leccion(texto: str) -> Leccion:
    """Un tipo de opción: la lección, dicha como «03», «3», «03_difusion», «difusión» o su ruta."""
    todas = lecciones()
    for leccion in todas:
        if _es(leccion, Path(texto).name):
            return leccion
    cuales = enumerar([f"{una.numero} ({una.titulo.lower()})" for una in todas])
    raise ArgumentTypeError(f"no conozco la lección «{texto}»; están {cuales}")


def anadir_leccion(lector: ArgumentParser) -> None:
    """Añade la lección a lo que se teclea en una orden."""
    lector.add_argument(
        "leccion", type=leer_leccion, metavar="LECCIÓN", help="03, 3, 03_difusion o difusión"
    )


def _es(leccion: Leccion, dicha: str) -> bool:
    if dicha.isdecimal():
        return int(dicha) == int(leccion.numero)
    _, _, tema = leccion.nombre.partition("_")
    return sin_tildes(dicha.strip()) in (leccion.nombre, tema, sin_tildes(leccion.titulo))


def _titulo(carpeta: Path) -> str:
    """El de la primera línea de su guía; sin guía, el nombre de la carpeta."""
    guia = carpeta / "README.md"
    if guia.is_file():
        with guia.open(encoding="utf-8") as abierta:
            if encontrado := _TITULO.match(abierta.readline()):
                return encontrado[1].strip()
    return carpeta.name.partition("_")[2].replace("_", " ").capitalize()
