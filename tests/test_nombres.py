"""Una cosa, un nombre; y los mapas de cada carpeta dicen lo que hay en ella."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

from tests.apoyo.programa import RAIZ

PAQUETE = RAIZ / "chatlab"
#: Lo que en dos modos es lo mismo: el servidor, y lo que sabe de cada cliente.
LO_MISMO = {"Servidor", "Cliente"}
#: Lo que se inyecta en el programa de otro no es de chatlab: no se mira.
CON_MAPA = [
    ruta
    for ruta in sorted(PAQUETE.rglob("__init__.py"))
    if "inyectado" not in ruta.parts
    and re.search(r"^(?: {4})?\w+\.py(?: |$)", ruta.read_text("utf-8"), re.M)
]


def arbol(ruta: Path) -> ast.Module:
    return ast.parse(ruta.read_text(encoding="utf-8"))


def test_no_hay_dos_clases_con_el_mismo_nombre() -> None:
    donde: dict[str, list[str]] = defaultdict(list)
    for ruta in sorted(PAQUETE.rglob("*.py")):
        if "inyectado" not in ruta.parts:
            for nodo in ast.walk(arbol(ruta)):
                if isinstance(nodo, ast.ClassDef) and nodo.name not in LO_MISMO:
                    donde[nodo.name].append(ruta.relative_to(PAQUETE).as_posix())

    assert not {nombre: rutas for nombre, rutas in donde.items() if len(rutas) > 1}


def nombrados(mapa: str) -> set[str]:
    """Los archivos y carpetas de la primera columna de las líneas del mapa."""
    nombres: set[str] = set()
    for linea in mapa.splitlines():
        if re.match(r"(?: {4})?\w+(?:\.py|/)(?: |$)", linea):
            columna = re.split(r" {2,}", linea.strip())[0]
            nombres |= set(re.findall(r"\w+(?:\.py|/)", columna))
    return nombres


@pytest.mark.parametrize("ruta", CON_MAPA, ids=lambda ruta: ruta.parent.name)
def test_el_mapa_de_una_carpeta_es_el_de_sus_archivos(ruta: Path) -> None:
    hay = {
        f"{cosa.name}/" if cosa.is_dir() else cosa.name
        for cosa in ruta.parent.iterdir()
        if (cosa.suffix == ".py" and cosa.stem != "__init__") or (cosa / "__init__.py").is_file()
    }

    assert nombrados(ast.get_docstring(arbol(ruta), clean=False) or "") == hay


def test_el_plano_de_la_casa_nombra_todas_sus_habitaciones() -> None:
    plano = ast.get_docstring(arbol(PAQUETE / "__init__.py")) or ""
    hay = {
        f"{cosa.name}/" if cosa.is_dir() else cosa.name
        for cosa in PAQUETE.iterdir()
        if (cosa.suffix == ".py" and not cosa.stem.startswith("__"))
        or (cosa / "__init__.py").is_file()
    }

    assert hay <= set(re.findall(r"\w+(?:\.py|/)", plano))
