"""Las órdenes de cada página funcionan desde donde está quien la lee.

Cada página empieza con las terminales en la carpeta principal. De ahí se va con `cd`, o a la que
nombra la frase de antes. Cada programa que se arranca tiene que estar donde hay una terminal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from chatlab.corrector.taller.avance import CARPETA_DE_EJERCICIOS
from tests.apoyo.programa import RAIZ
from tests.docs.paginas import PAGINAS, bloques

GUIAS = sorted(RAIZ.glob("lessons/*/README.md"))
SE_TECLEA = ("orden", "bash", "sh", "powershell")


def ordenes(pagina: Path) -> Iterator[tuple[int, str, str]]:
    """Cada orden que se teclea: su línea, el texto que hay delante y ella."""
    lineas = pagina.read_text(encoding="utf-8").splitlines()
    desde = 0
    for bloque in bloques(pagina):
        if bloque.lenguaje not in SE_TECLEA:
            continue
        antes = "\n".join(lineas[desde : bloque.linea - 1])
        desde = bloque.linea + len(bloque.lineas) + 1
        for numero, linea in enumerate(bloque.lineas):
            yield bloque.linea + 1 + numero, antes, linea.strip()
            antes = ""


def recorrer(pagina: Path) -> Iterator[str]:
    """Lo que no funcionaría, con su línea."""
    terminales = [RAIZ]
    for numero, antes, orden in ordenes(pagina):
        terminales += carpetas_nombradas(antes, pagina.parent)
        palabras = orden.replace("\\", "/").split()
        if palabras[:1] == ["cd"] and not palabras[1].startswith("~"):
            posibles = [(aqui / palabras[1]).resolve() for aqui in reversed(terminales)]
            if not (destinos := [una for una in posibles if en_el_repositorio(una).is_dir()]):
                yield f"línea {numero}: «{orden}» no lleva a ninguna carpeta"
                return
            terminales.append(destinos[0])
        elif (
            palabras[:1] in (["python"], ["python3"], ["py"])
            and palabras[1].endswith(".py")
            and not any((en_el_repositorio(aqui) / palabras[1]).is_file() for aqui in terminales)
        ):
            yield f"línea {numero}: «{orden}», y no está en {terminales[-1].name}"


def carpetas_nombradas(texto: str, leccion: Path) -> list[Path]:
    """Las que dice, enteras («en la carpeta `docs/ejemplos`») o las de un paso de su lección."""
    nombres = re.findall(r"`([\w-]+(?:/[\w-]+)+|paso\w+)`", texto)
    return [una for nombre in nombres for una in (RAIZ / nombre, leccion / nombre) if una.is_dir()]


def en_el_repositorio(carpeta: Path) -> Path:
    """Lo de `ejercicios` es una copia de las carpetas de `lessons`."""
    copia = RAIZ / CARPETA_DE_EJERCICIOS
    return (
        RAIZ / "lessons" / carpeta.relative_to(copia) if carpeta.is_relative_to(copia) else carpeta
    )


@pytest.mark.parametrize(
    "pagina", [*PAGINAS, *GUIAS], ids=lambda pagina: pagina.relative_to(RAIZ).as_posix()
)
def test_cada_orden_funciona_desde_donde_deja_la_anterior(pagina: Path) -> None:
    assert not list(recorrer(pagina))
