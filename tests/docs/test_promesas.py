"""Cada promesa de la guía del profesorado nombra la prueba que la muestra, y esa prueba existe."""

from __future__ import annotations

import ast
import re

from tests.apoyo.programa import RAIZ

GUIA = RAIZ / "docs" / "guias" / "profesores.md"


def promesas() -> dict[str, list[str]]:
    """De cada fila de la tabla, lo que promete y las pruebas que nombra."""
    _, _, tabla = GUIA.read_text(encoding="utf-8").partition(
        "| lo que se promete | dónde | la prueba |\n"
    )
    filas = [linea.strip("|").split("|") for linea in tabla.partition("\n\n")[0].splitlines()[1:]]
    return {promesa.strip(): re.findall(r"`(\w+)`", pruebas) for promesa, _, pruebas in filas}


def pruebas_que_existen() -> set[str]:
    return {
        nodo.name
        for archivo in (RAIZ / "tests").rglob("test_*.py")
        for nodo in ast.walk(ast.parse(archivo.read_text(encoding="utf-8")))
        if isinstance(nodo, ast.FunctionDef) and nodo.name.startswith("test_")
    }


def test_cada_promesa_de_la_guia_tiene_su_prueba() -> None:
    todas = promesas()
    existen = pruebas_que_existen()

    assert len(todas) > 15
    assert {promesa: pruebas for promesa, pruebas in todas.items() if not pruebas} == {}
    assert {prueba for pruebas in todas.values() for prueba in pruebas} - existen == set()
