"""Lo que declara cada lección, leído de sus archivos."""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path

from chatlab.corrector.marcas import MARCA
from chatlab.corrector.modelo import Comprobacion
from tests.apoyo.programa import RAIZ

#: Las que tienen comprobaciones, por orden.
LECCIONES = sorted(ruta.parent for ruta in RAIZ.glob("lessons/*/test_ejercicio.py"))


@cache
def declaradas(leccion: Path) -> dict[str, Comprobacion]:
    """Las comprobaciones de una lección, por su clave, como las marca su archivo."""
    archivo = leccion / "test_ejercicio.py"
    ficha = importlib.util.spec_from_file_location(f"marcas_de_{leccion.name}", archivo)
    assert ficha is not None
    assert ficha.loader is not None
    modulo = importlib.util.module_from_spec(ficha)
    ficha.loader.exec_module(modulo)
    marcas = [
        marca.args[0]
        for prueba in vars(modulo).values()
        for marca in getattr(prueba, "pytestmark", [])
        if marca.name == MARCA
    ]
    return {comprobacion.clave: comprobacion for comprobacion in marcas}
