"""Errores sin su traceback: los que el programa capturó y mostró con `print`.

`except Exception as e: print("Error:", e)` esconde dónde ocurrió y de qué tipo era. Queda el
mensaje: de él se sabe el tipo y, a veces, buscando en el código, la línea. Solo se buscan faltas
del programa: que alguien se vaya de golpe también se muestra así, y no es ninguna.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from chatlab.corrector.diagnostico.explicaciones.rastro import Marco, Rastro, lineas_de
from chatlab.corrector.diagnostico.fuente import Fuente, leer_fuentes
from chatlab.corrector.diagnostico.nodos import ultimo_nombre

#: Caracteres de una línea en los que se busca: un error se dice al principio.
PRINCIPIO = 1000
# Lo que se repite tiene tope: una línea puede ser de cualquiera, y larga.
_DE_CADA_TIPO = {
    "NameError": r"name '(?P<nombre>\w{1,80})' is not defined",
    "UnboundLocalError": r"cannot access local variable '\w{1,80}' where it is not associated",
    "AttributeError": r"(?:(?:module|type object) '[\w.]{1,80}'|'[\w.]{1,80}' object) has no "
    r"attribute '(?P<atributo>\w{1,80})'",
    "TypeError": r"a bytes-like object is required, not 'str'"
    r'|can only concatenate str \(not "\w{1,80}"\) to str'
    r"|can't concat str to bytes"
    r"|\w[\w.]{0,80}\(\) (?:got an unexpected keyword|missing \d+ required positional) .{1,200}"
    r"|\w[\w.]{0,80}\(\) takes \d+ positional arguments? but \d+ (?:was|were) given"
    r"|'\w{1,80}' object is not (?:callable|subscriptable|iterable)"
    r"|cannot unpack non-iterable \w{1,80} object"
    r"|list indices must be integers or slices, not \w{1,80}"
    # Desde 3.14, «cannot use 'list' as a dict key»; y «Value after * must be…», desde 3.15.
    r"|cannot use '\w{1,80}' as a (?:dict key|set element)[^\n]{0,80}"
    r"|unhashable type: '\w{1,80}'"
    r"|(?:\w[\w.]{0,80}\(\) argument|Value) after \*\*? must be an? \w{1,20}, not [\w.]{1,80}"
    r"|data argument must be a bytes.{1,60}, not '\w{1,80}'"
    r"|'coroutine' object .{1,80}"
    r"|(?:object \w{1,40} can't be used in 'await' expression|'\w{1,40}' object can't be awaited)",
    "UnicodeDecodeError": r"'[\w-]{1,40}' codec can't decode bytes? .{1,80}",
    "RuntimeError": r"(?:dictionary|Set) changed size during iteration"
    r"|threads can only be started once|release unlocked lock|cannot release un-acquired lock",
    "ValueError": r"list\.remove\(x\): x not in list"
    r"|invalid literal for int\(\) with base 10: .{1,80}"
    r"|(?:not enough|too many) values to unpack \(expected .{1,40}\)",
    "IndexError": r"(?:list|tuple|string|pop|list assignment) index out of range"
    r"|pop from empty list",
    "JSONDecodeError": r"Extra data: line \d+ column \d+ \(char \d+\)",
    "UnpicklingError": r"pickle data was truncated|invalid load key, '.{1,8}'",
    "error": r"unpack requires a buffer of \d+ bytes",
    "gaierror": r"\[Errno (?:-2|-3|-5|8|11001)\].{0,80}",
    "ConnectionRefusedError": r"\[(?:Errno (?:111|61)|WinError 10061)\].{0,80}",
    "OSError": r"\[(?:Errno (?:98|48|99|49)|WinError (?:10048|10049|10038))\].{0,80}",
}
_MENSAJES = re.compile("|".join(f"(?P<{tipo}>{patron})" for tipo, patron in _DE_CADA_TIPO.items()))


def buscar_suelto(pantalla: str, carpeta: Path, vistos: Collection[str]) -> Rastro | None:
    """El primer error que el programa mostró sin su traceback; None si no hay ninguno.

    `vistos` son los mensajes de los que sí lo tienen: de esos ya se sabe todo.
    """
    for linea in lineas_de(pantalla):
        encontrado = _MENSAJES.search(linea, 0, PRINCIPIO)
        if encontrado and not any(visto and visto in linea for visto in vistos):
            tipo = next(tipo for tipo in _DE_CADA_TIPO if encontrado[tipo])
            marcos = _donde(encontrado, leer_fuentes(carpeta))
            return Rastro(tipo, encontrado[tipo], marcos, mostrado=True)
    return None


def _donde(encontrado: re.Match[str], fuentes: Sequence[Fuente]) -> tuple[Marco, ...]:
    """La línea del error, si en el código solo hay una en la que puede estar."""
    for grupo, busca in (("nombre", _con_nombre), ("atributo", _con_atributo)):
        if buscado := encontrado[grupo]:
            return _unica(fuentes, busca(buscado))
    if "bytes-like" in encontrado[0]:
        return _unica(fuentes, _envia_texto)
    return ()


def _unica(fuentes: Sequence[Fuente], es: Callable[[ast.AST], bool]) -> tuple[Marco, ...]:
    lugares = {
        (fuente.nombre, getattr(nodo, "lineno", 0))
        for fuente in fuentes
        for nodo in fuente.nodos
        if es(nodo)
    }
    return (
        tuple(Marco(nombre, linea, "?") for nombre, linea in lugares) if len(lugares) == 1 else ()
    )


def _con_nombre(nombre: str) -> Callable[[ast.AST], bool]:
    return lambda nodo: isinstance(nodo, ast.Name) and nodo.id == nombre


def _con_atributo(atributo: str) -> Callable[[ast.AST], bool]:
    return lambda nodo: isinstance(nodo, ast.Attribute) and nodo.attr == atributo


def _envia_texto(nodo: ast.AST) -> bool:
    """`cliente.send("hola")`, `cliente.send(f"{nombre}: …")`, `cliente.send(input())`."""
    match nodo:
        case ast.Call(func=ast.Attribute(attr="send" | "sendall"), args=[ast.JoinedStr()]):
            return True
        case ast.Call(
            func=ast.Attribute(attr="send" | "sendall"), args=[ast.Constant(value=str())]
        ):
            return True
        case ast.Call(func=ast.Attribute(attr="send" | "sendall"), args=[ast.Call(func=funcion)]):
            return ultimo_nombre(funcion) in ("input", "str")
        case _:
            return False
