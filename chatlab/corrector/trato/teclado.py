"""Si los programas de una entrega leen el teclado, y cuántas veces, visto en su código."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from chatlab.corrector.diagnostico.fuente import leer_fuente
from chatlab.corrector.diagnostico.nodos import ultimo_nombre
from chatlab.corrector.entrega.copia import archivos

#: Todo aquello con lo que un programa de Python puede leer lo que alguien teclea.
_LEE = re.compile(
    r"\binput\b|stdin|getpass|readline|msvcrt|\btty\b|termios|curses|tkinter|fileinput|prompt"
    r"|textual|PyQt|PySide|pygame|pynput|keyboard|\bread\(\s*0|\(\s*0\s*,|open\(\s*0"
)


def lee_el_teclado(carpeta: Path, servidor: Path) -> bool:
    """Si en algún archivo de la carpeta, aparte del servidor, se lee el teclado."""
    return any(
        _LEE.search(leer_fuente(carpeta, archivo.as_posix()).texto)
        for archivo in archivos(carpeta)
        if archivo.suffix.casefold() == ".py" and archivo != servidor
    )


#: Llamadas que leen una línea del teclado.
_LEEN_UNA_LINEA = frozenset({"input", "getpass", "raw_input", "ainput"})


def pregunta_entre_mensajes(codigo: str) -> bool:
    """Si en cada vuelta de algún bucle lee el teclado más de una vez: el mensaje, y algo más.

    «¿Quieres enviar otro? (s/n)», un menú, para quién es. Cuenta lo que leen sus propias funciones.
    """
    try:
        arbol = ast.parse(codigo)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    leen: set[str] = set()
    for _ in range(2):  # una función puede leer por medio de otra
        leen |= {
            nodo.name
            for nodo in ast.walk(arbol)
            if isinstance(nodo, ast.FunctionDef | ast.AsyncFunctionDef)
            and any(True for _ in _lecturas(nodo.body, leen))
        }
    bucles = [nodo for nodo in ast.walk(arbol) if isinstance(nodo, ast.While | ast.For)]
    return any(len(list(_lecturas([bucle], leen))) > 1 for bucle in bucles)


def _lecturas(cuerpo: list[ast.stmt], leen: set[str]) -> Iterator[ast.Call]:
    """Las llamadas que leen el teclado, aquí o dentro de una función de las que `leen`."""
    pendientes: list[ast.AST] = list(cuerpo)
    while pendientes:
        nodo = pendientes.pop()
        if isinstance(nodo, ast.Call):
            nombre = ultimo_nombre(nodo.func)
            # `asyncio.to_thread(input, "> ")` y `run_in_executor(None, input)` también leen.
            pasada = any(isinstance(uno, ast.Name) and uno.id == "input" for uno in nodo.args)
            de_stdin = nombre == "readline" and "stdin" in ast.unparse(nodo.func)
            if nombre in _LEEN_UNA_LINEA or nombre in leen or pasada or de_stdin:
                yield nodo
        if not isinstance(nodo, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            pendientes.extend(ast.iter_child_nodes(nodo))
