"""Qué Python sale por primera vez en cada paso, con enlaces a la página que lo cuenta.

Lo dice el código: de cada apartado de `docs/guias/python.md`, aquí está cómo se reconoce.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from docs.taller.guion import GRABACIONES, RAIZ

CARPETA = GRABACIONES / "python"
#: La página, desde la de un paso.
PAGINA = "../../guias/python.md"


@dataclass(frozen=True, slots=True)
class Rasgo:
    """Algo de Python: cómo se llama, su apartado y cómo se reconoce en el árbol del código."""

    nombre: str
    ancla: str
    esta_en: Callable[[ast.AST], bool]


def _es(*clases: type[ast.AST]) -> Callable[[ast.AST], bool]:
    return lambda nodo: isinstance(nodo, clases)


def _es_bytes(nodo: ast.AST) -> bool:
    if isinstance(nodo, ast.Attribute):
        return nodo.attr in ("encode", "decode")
    return isinstance(nodo, ast.Constant) and isinstance(nodo.value, bytes)


def _es_indice(nodo: ast.AST) -> bool:
    return isinstance(nodo, ast.List | ast.Subscript) and not isinstance(
        getattr(nodo, "slice", None), ast.Slice
    )


def _es_none(nodo: ast.AST) -> bool:
    return isinstance(nodo, ast.Constant) and nodo.value is None


def _se_llama(nombre: str) -> Callable[[ast.AST], bool]:
    return lambda nodo: isinstance(nodo, ast.Name) and nodo.id == nombre


#: En el orden de la página.
RASGOS = (
    Rasgo("`import`", "import", _es(ast.Import, ast.ImportFrom)),
    Rasgo("funciones", "funciones", _es(ast.FunctionDef)),
    Rasgo("`if`", "if", _es(ast.If, ast.IfExp)),
    Rasgo("textos con huecos", "textos", _es(ast.JoinedStr)),
    Rasgo("listas", "listas", _es_indice),
    Rasgo("tuplas", "tuplas", _es(ast.Tuple)),
    Rasgo("`while True`", "while", _es(ast.While)),
    Rasgo("`for`", "for", _es(ast.For)),
    Rasgo("`try`", "try", _es(ast.Try)),
    Rasgo("bytes", "bytes", _es_bytes),
    Rasgo("`with`", "with", _es(ast.With)),
    Rasgo("argumentos con nombre", "con-nombre", _es(ast.keyword)),
    Rasgo("`None`", "none", _es_none),
    Rasgo("`if __name__`", "name", _se_llama("__name__")),
    Rasgo("cortar", "cortar", _es(ast.Slice)),
    Rasgo("`+=`", "mas-igual", _es(ast.AugAssign)),
    Rasgo("comprensiones", "comprensiones", _es(ast.ListComp, ast.GeneratorExp)),
    Rasgo("clases", "clases", _es(ast.ClassDef)),
    Rasgo("`raise`", "raise", _es(ast.Raise)),
    Rasgo("`@dataclass`", "dataclass", _se_llama("dataclass")),
    Rasgo("`:=`", "morsa", _es(ast.NamedExpr)),
    Rasgo("`yield`", "yield", _es(ast.Yield)),
    Rasgo("diccionarios", "diccionarios", _es(ast.Dict)),
)


def pythones() -> dict[Path, str]:
    """La frase de cada paso en que sale algo por primera vez, por la ruta en que se guarda."""
    vistos: set[str] = set()
    frases = {}
    for paso in sorted(RAIZ.glob("lessons/*/paso*")):
        nuevos = [rasgo for rasgo in rasgos_de(paso) if rasgo.ancla not in vistos]
        vistos |= {rasgo.ancla for rasgo in nuevos}
        if nuevos:
            frases[CARPETA / paso.parent.name / f"{paso.name}.md"] = _frase(nuevos)
    return frases


def rasgos_de(paso: Path) -> list[Rasgo]:
    """Lo que usan los programas de un paso, en el orden de la página."""
    nodos = [
        nodo
        for programa in sorted(paso.glob("*.py"))
        for nodo in ast.walk(ast.parse(programa.read_text(encoding="utf-8")))
    ]
    return [rasgo for rasgo in RASGOS if any(map(rasgo.esta_en, nodos))]


def _frase(nuevos: list[Rasgo]) -> str:
    enlaces = [f"[{rasgo.nombre}]({PAGINA}#{rasgo.ancla})" for rasgo in nuevos]
    lista = ", ".join(enlaces[:-1]) + " y " + enlaces[-1] if len(enlaces) > 1 else enlaces[0]
    return f"*De Python, sale por primera vez:* {lista}.\n"
