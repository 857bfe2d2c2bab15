"""Con qué palabra se sale de un programa que no se conoce."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from chatlab.corrector.diagnostico.fuente import MAX_ARCHIVO
from chatlab.sistema import ajeno

#: Las más corrientes, por orden.
CORRIENTES = (
    "salir", "/salir", "exit", "/exit", "quit", "/quit",
    "SALIR", "QUIT", "EXIT", "logout", "adios", "adiós", "chao", "fin", "bye",
)  # fmt: skip


def palabras_de_salida(pantalla: str, programa: Path) -> list[str]:
    """Las palabras que hay que probar, de la más a la menos probable.

    Primero las que el propio programa enseña en la pantalla, después las corrientes que están en su
    código, las otras con las que compara lo que se escribe y, al final, las demás corrientes.
    """
    arbol = _leer(programa)
    vacia = [""] if _CON_NADA.search(pantalla) else []
    en_pantalla = [palabra for palabra in CORRIENTES if _aparece(palabra, pantalla)]
    en_codigo = [palabra for palabra in _textos(arbol) if palabra.lower() in _EN_MINUSCULAS]
    # Un diccionario quita las repetidas y conserva el orden.
    return list(
        dict.fromkeys(
            [*_las_mas_largas(en_pantalla), *vacia, *en_codigo, *_comparadas(arbol), *CORRIENTES]
        )
    )


#: «(Intro para acabar)», «deja la línea en blanco para salir», «empty line to quit».
_CON_NADA = re.compile(
    r"(?:\bintro|\benter|vac[ií][oa]|en blanco|buida|empty|blank|\bnada)\b.{0,30}?"
    r"\b(?:salir|sair|sortir|acabar|terminar|cerrar|fin|exit|quit|leave|finish|end)\b",
    re.IGNORECASE,
)
_EN_MINUSCULAS = {palabra.lower() for palabra in CORRIENTES}


def _aparece(palabra: str, pantalla: str) -> bool:
    return re.search(rf"(?<![\w/]){re.escape(palabra)}(?!\w)", pantalla) is not None


def _las_mas_largas(palabras: list[str]) -> list[str]:
    """«/salir» antes que «salir»: quien enseña la barra la necesita."""
    return sorted(palabras, key=len, reverse=True)


def _leer(programa: Path) -> ast.AST:
    """El código; un programa vacío si no se puede leer."""
    datos = ajeno.leer(programa.parent, programa.name, MAX_ARCHIVO)
    try:
        return ast.parse(datos or b"")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module([], [])


def _textos(arbol: ast.AST) -> list[str]:
    """Los textos escritos en el código, por orden."""
    return [
        nodo.value.decode("utf-8", "replace") if isinstance(nodo.value, bytes) else nodo.value
        for nodo in ast.walk(arbol)
        if isinstance(nodo, ast.Constant) and isinstance(nodo.value, str | bytes)
    ]


def _comparadas(arbol: ast.AST) -> list[str]:
    """Las palabras con las que el código compara, también si les da nombre: `FIN = "!FUERA"`."""
    comparaciones = [
        nodo for nodo in ast.walk(arbol) if isinstance(nodo, ast.Compare | ast.MatchValue)
    ]
    nombres = {
        nodo.id
        for comparacion in comparaciones
        for nodo in ast.walk(comparacion)
        if isinstance(nodo, ast.Name)
    }
    asignaciones = [
        nodo
        for nodo in ast.walk(arbol)
        if isinstance(nodo, ast.Assign)
        and any(isinstance(destino, ast.Name) and destino.id in nombres for destino in nodo.targets)
    ]
    textos = [texto for nodo in [*comparaciones, *asignaciones] for texto in _textos(nodo)]
    return [texto for texto in textos if _PALABRA.fullmatch(texto)]


#: Una palabra que alguien teclearía para irse, quizá con un signo delante.
_PALABRA = re.compile(r"[/!:.#]?[^\W\d_]{2,15}")
