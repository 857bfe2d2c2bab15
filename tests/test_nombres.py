"""Una cosa, un nombre; los mapas dicen lo que hay en cada carpeta, y lo público, qué hace."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.apoyo.programa import RAIZ

PAQUETE = RAIZ / "chatlab"
#: Lo que en dos modos es lo mismo: el servidor, y lo que sabe de cada cliente.
LO_MISMO = {"Servidor", "Cliente"}
#: Lo que se inyecta en el programa de otro no es de chatlab: no se mira.
ARCHIVOS = [ruta for ruta in sorted(PAQUETE.rglob("*.py")) if "inyectado" not in ruta.parts]
#: En estas carpetas cada archivo es uno más de la misma clase: sobra decir cuáles son.
TODOS_DE_UNA_CLASE = {"ataques", "avisos", "explicaciones", "faltas"}
CON_MAPA = [
    ruta
    for ruta in sorted(PAQUETE.rglob("*/__init__.py"))
    if ruta.parent.name not in TODOS_DE_UNA_CLASE
]
#: A estas funciones pytest les pone el nombre, y el nombre ya dice lo que hacen.
DE_PYTEST = ("test_", "pytest_")


def arbol(ruta: Path) -> ast.Module:
    return ast.parse(ruta.read_text(encoding="utf-8"))


def test_no_hay_dos_clases_con_el_mismo_nombre() -> None:
    donde: dict[str, list[str]] = defaultdict(list)
    for ruta in ARCHIVOS:
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


#: Lo que alguien podría buscar: la carpeta, las palabras de su mapa que llevan a ello, y el archivo
#: en el que está.
DONDE_SE_MIRA = {
    "el puerto, si no se dice otro": ("programa", "el puerto", "opciones.py", "PUERTO = 8000"),
    "con qué palabras se sale": ("chat", "se sale", "protocolo.py", "PALABRAS_DE_SALIDA = "),
    "los segundos para un nombre": ("chat", "segundos", "limites.py", "segundos_para_el_nombre:"),
    "keepalive": ("red", "keepalive", "sockets.py", "SO_KEEPALIVE"),
    "qué se dice a quien no lee": ("chat", "si no lee", "sala.py", '"no lees lo que te llega"'),
    "los colores del informe": ("corrector/informes", "colores", "formato.py", "COLORES = "),
    "la memoria de la jaula": ("corrector/jaula", "memoria", "limites.py", "memoria: int"),
    "dónde va una explicación": (
        "corrector/diagnostico",
        "mensaje de Python",
        "explicaciones/",
        "Para añadir otra",
    ),
    "dónde va una falta": ("espia", "una falta en cada archivo", "faltas/", "Para añadir otra"),
    "qué dice de sí una lección": ("curso", "de sí misma", "ficha.py", "leccion.toml"),
}


@pytest.mark.parametrize("que", DONDE_SE_MIRA)
def test_el_mapa_lleva_a_lo_que_se_busca(que: str) -> None:
    carpeta, palabras, nombre, lo_que_hay = DONDE_SE_MIRA[que]
    mapa = ast.get_docstring(arbol(PAQUETE / carpeta / "__init__.py")) or ""
    lineas = [linea for linea in mapa.splitlines() if palabras in linea]
    archivo = PAQUETE / carpeta / nombre

    assert len(lineas) == 1, "solo una línea del mapa debe llevar a ello"
    assert nombre in nombrados(lineas[0])
    assert lo_que_hay in (archivo / "__init__.py" if archivo.is_dir() else archivo).read_text(
        "utf-8"
    )


# --- Lo que cada cual dice de sí mismo ---------------------------------------------------------


def metodos(clase: ast.ClassDef) -> dict[str, ast.FunctionDef | ast.AsyncFunctionDef]:
    return {
        nodo.name: nodo
        for nodo in clase.body
        if isinstance(nodo, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def miembros(clase: ast.ClassDef) -> set[str]:
    """Sus métodos, sus campos y lo que guarda en `self`."""
    campos = {nodo.target for nodo in clase.body if isinstance(nodo, ast.AnnAssign)}
    return {
        *metodos(clase),
        *(campo.id for campo in campos if isinstance(campo, ast.Name)),
        *(nodo.attr for nodo in ast.walk(clase) if isinstance(nodo, ast.Attribute)),
    }


def nombres_de_bases(clase: ast.ClassDef) -> set[str]:
    """«Falta» y «Protocol» de `class Frenar(faltas.Falta, Protocol[T])`."""
    return {ast.unparse(base).partition("[")[0].rpartition(".")[2] for base in clase.bases}


def que_documentan_otras(clase: ast.ClassDef, clases: dict[str, ast.ClassDef]) -> set[str]:
    """Los métodos que ya explica una base suya, o un `Protocol` del que los tiene todos."""
    suyos = miembros(clase)
    otras = [clases[base] for base in nombres_de_bases(clase) & clases.keys()]
    otras += [
        otra
        for otra in clases.values()
        if otra is not clase and "Protocol" in nombres_de_bases(otra)
        if miembros(otra) <= suyos
    ]
    return {
        nombre
        for otra in otras
        for nombre in (
            *(nombre for nombre, metodo in metodos(otra).items() if ast.get_docstring(metodo)),
            *que_documentan_otras(otra, clases),
        )
    }


def sin_explicar(modulo: ast.Module, clases: dict[str, ast.ClassDef]) -> Iterator[str]:
    """Las funciones, las clases y los métodos públicos de un módulo que no dicen qué hacen."""
    for nodo in modulo.body:
        if not isinstance(nodo, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        if nodo.name.startswith(("_", *DE_PYTEST)):
            continue
        if not ast.get_docstring(nodo):
            yield nodo.name
        if isinstance(nodo, ast.ClassDef):
            explicados = que_documentan_otras(nodo, clases)
            for nombre, metodo in metodos(nodo).items():
                if not (
                    nombre.startswith("_") or nombre in explicados or ast.get_docstring(metodo)
                ):
                    yield f"{nodo.name}.{nombre}"


def clases_de(*modulos: ast.Module) -> dict[str, ast.ClassDef]:
    nodos = (nodo for modulo in modulos for nodo in ast.walk(modulo))
    return {nodo.name: nodo for nodo in nodos if isinstance(nodo, ast.ClassDef)}


def test_todo_lo_publico_dice_en_una_frase_lo_que_hace() -> None:
    modulos = {ruta: arbol(ruta) for ruta in ARCHIVOS}
    clases = clases_de(*modulos.values())

    assert not {
        f"{ruta.relative_to(PAQUETE).as_posix()}: {nombre}"
        for ruta, modulo in modulos.items()
        for nombre in sin_explicar(modulo, clases)
    }


def test_solo_se_hereda_la_explicacion_de_quien_la_tiene() -> None:
    modulo = ast.parse(
        '''
class Puerta(Protocol):
    """Lo que se abre."""
    direccion: str
    def abrir(self) -> None: "Abre."
class DeMadera:
    """Tiene todo lo de una Puerta."""
    def __init__(self): self.direccion = ""
    def abrir(self): ...
    def barnizar(self): ...
class Ventana:
    """Le falta la dirección."""
    def abrir(self): ...
class DeRoble(DeMadera):
    """Una puerta."""
    def abrir(self): ...
def _privada(): ...
def test_de_una_leccion(): ...
'''
    )

    assert list(sin_explicar(modulo, clases_de(modulo))) == [
        "DeMadera.barnizar",
        "Ventana.abrir",
    ]
