"""Listas, diccionarios, tuplas y conjuntos tomados por otra cosa: parte de `TypeError`."""

from __future__ import annotations

import ast
import re

from chatlab.corrector.diagnostico.explicaciones.caso import Caso, Explicacion, frase, regla
from chatlab.corrector.diagnostico.explicaciones.confundidos import que_es
from chatlab.corrector.diagnostico.explicaciones.textos_y_bytes import SIN_LLAMAR
from chatlab.corrector.diagnostico.nodos import texto_de

_SIN_POSICIONES = "Un conjunto no tiene orden ni posiciones: los corchetes son de las listas."


def _lista_como_diccionario(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    escrito = re.search(r"([\w.]+)\s*\[", caso.codigo)
    nombre = escrito[1] if escrito else "lista"
    que, clave = ("una lista", "un número") if encaje[1] == "list" else ("una tupla", "un número")
    if encaje[1] == "string":
        return Explicacion(
            f"`{nombre}` es un texto, no un diccionario: de un texto solo se saca una letra, por "
            "su posición.",
            f"Comprueba qué guarda `{nombre}`: ¿recorres las claves y no los valores? "
            "Usa `.values()` o `.items()`.",
        )
    if caso.mensaje.endswith("not float"):
        return Explicacion(
            f"Una posición de `{nombre}` es un número entero, y le has dado uno con decimales.",
            "Divide con `//`, o conviértelo con `int(…)`.",
        )
    if caso.mensaje.endswith("not tuple") and _dos_listas_seguidas(caso):
        return Explicacion(
            "Unos corchetes detrás de una lista piden uno de sus elementos: Python cree que lo "
            "segundo es una posición.",
            "Falta una coma entre los dos elementos.",
        )
    if caso.mensaje.endswith("not tuple"):
        return Explicacion(
            f"`{nombre}` es {que}: sus posiciones se piden de una en una.",
            f"Con dos pares de corchetes: `{nombre}[0][1]`.",
        )
    return Explicacion(
        f"`{nombre}` es {que}, y sus elementos se piden por su posición, {clave}; lo de buscar por "
        "un nombre o por un socket es de los diccionarios.",
        f"Crea `{nombre}` como diccionario: `{nombre} = {{}}`.",
    )


def _dos_listas_seguidas(caso: Caso) -> bool:
    """`[[1, 2] [3, 4]]`, sin su coma."""
    return any(
        isinstance(nodo, ast.Subscript)
        and isinstance(nodo.value, ast.List | ast.Tuple)
        and nodo.lineno <= (caso.linea or 0) <= (nodo.end_lineno or 0)
        for nodo in caso.fuente.nodos
    )


def _sin_corchetes(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    tipo = encaje[1]
    if tipo in ("function", "method", "builtin_function_or_method", "type"):
        return Explicacion(
            "Detrás de una función van paréntesis, y aquí hay corchetes.",
            "Cambia los corchetes por paréntesis: `funcion(…)`.",
        )
    if tipo == "socket":
        return Explicacion(
            "Esa variable ya es el socket, y no una tupla o una lista que lo contenga.",
            "Quita los corchetes: usa la variable sola.",
        )
    if tipo == "set":
        return Explicacion(
            _SIN_POSICIONES,
            "Recórrelo con `for`, o crea una lista: `[]` en vez de `set()` o `{…}`.",
        )
    return Explicacion(
        f"Los corchetes sacan un elemento de una lista, un diccionario o un texto, y esto es "
        f"{que_es(tipo)}.",
        "Comprueba qué guarda esa variable: no es lo que esperabas.",
    )


def _no_cambia(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    quita = "deletion" in caso.mensaje
    if encaje[1] == "set":
        escrito = re.search(r"([\w.]+)\s*\[([^\[\]]+)\]", caso.codigo)
        nombre, que = (escrito[1], escrito[2]) if escrito else ("conjunto", "valor")
        return Explicacion(
            _SIN_POSICIONES,
            f"Quita lo que sobra por su valor: `{nombre}.discard({que})`."
            if quita
            else f"Añade con `{nombre}.add(…)`; si necesitas posiciones, usa una lista.",
        )
    que = {"str": "Un texto", "tuple": "Una tupla", "bytes": "Un `bytes`"}.get(encaje[1])
    if que is None:
        return Explicacion(
            f"De un `{encaje[1]}` no se puede quitar nada con corchetes."
            if quita
            else f"A un `{encaje[1]}` no se le puede dar valor con corchetes.",
            "Comprueba qué guarda esa variable: no es una lista ni un diccionario.",
        )
    return Explicacion(
        f"{que} no se puede cambiar por partes: hay que crear otro.",
        "Usa una lista, o crea un texto nuevo con `replace`.",
    )


def _no_se_recorre(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    tipo = encaje[1]
    if tipo == "int":
        return Explicacion(
            "Un número no se recorre: para repetir algo unas veces se recorre `range`.",
            "Escribe `for i in range(n):`.",
        )
    if tipo == "socket":
        return Explicacion(
            "Un socket no se recorre: o querías la lista de clientes, o leer de él con `recv`.",
            "Usa la lista (`for cliente in clientes:`) o lee con `recv(1024)`.",
        )
    return Explicacion(
        f"No se puede recorrer {que_es(tipo)}: no tiene elementos.",
        "Comprueba qué guarda esa variable: debería ser una lista.",
    )


def _no_se_reparte(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    if encaje[1] == "coroutine":
        return Explicacion(
            "Una función `async` no hace nada hasta que se espera con `await`.",
            "Añade `await` detrás del `=`.",
        )
    if encaje[1] in SIN_LLAMAR:
        return Explicacion(
            "A la derecha del `=` está la función y no su resultado: faltan los paréntesis.",
            "Pon los paréntesis al final: `accept()`."
            if "accept" in caso.codigo
            else "Pon los paréntesis al final.",
        )
    if caso.codigo.startswith("for ") or " for " in caso.codigo:
        return Explicacion(
            f"Cada elemento que se recorre es un solo `{encaje[1]}`, y se piden varias cosas.",
            "Deja una sola variable: `for cliente in clientes:`.",
        )
    if encaje[1] == "socket":
        return Explicacion(
            "A la izquierda del `=` hay varias variables y a la derecha un solo socket: la pareja "
            "la da `accept()`.",
            "Escribe `conexion, direccion = servidor.accept()`.",
        )
    return Explicacion(
        f"A la izquierda del `=` hay varias variables y a la derecha un solo `{encaje[1]}`.",
        "Deja una variable, o haz que lo de la derecha sea una tupla.",
    )


def _donde_se_guarda(caso: Caso) -> str:
    """«set» si la línea usa un conjunto; «dict», si usa un diccionario; vacío si no se sabe."""
    conjuntos = {
        texto_de(destino)
        for nodo in caso.fuente.nodos
        if isinstance(nodo, ast.Assign)
        and (isinstance(nodo.value, ast.Set) or texto_de(nodo.value).startswith("set("))
        for destino in nodo.targets
    }
    for nodo in caso.fuente.nodos:
        if getattr(nodo, "lineno", None) != caso.linea:
            continue
        match nodo:
            case ast.Set() | ast.Call(func=ast.Name(id="set") | ast.Attribute(attr="add")):
                return "set"
            case ast.Compare(ops=[ast.In() | ast.NotIn()], comparators=[donde]):
                return "set" if texto_de(donde) in conjuntos else "dict"
            case ast.Dict() | ast.Subscript():
                return "dict"
            case ast.Call(func=ast.Attribute(attr="get" | "pop" | "setdefault")):
                return "dict"
    return ""


def _sin_clave(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    tipo, donde = encaje[1] or encaje[3], encaje[2] or ""
    que = {"list": "una lista", "dict": "un diccionario", "set": "un conjunto"}.get(
        tipo, f"un `{tipo}`"
    )
    # Hasta 3.13 el mensaje no decía si era la clave de un diccionario o lo que va en un conjunto.
    donde = donde or _donde_se_guarda(caso)
    if not donde:
        return Explicacion(
            f"Aquí hace falta algo que no cambie, para poder buscarlo después, y {que} cambia.",
            "Usa una tupla, `tuple(…)`, un texto o un número.",
        )
    if "set" in donde:
        return Explicacion(
            f"En un conjunto solo cabe lo que no cambia, y {que} cambia.",
            "Guárdalo en una lista, o mete una tupla en el conjunto: `tuple(…)`.",
        )
    return Explicacion(
        f"La clave de un diccionario no puede ser algo que cambia, como {que}.",
        "Usa de clave un texto, un número, una tupla o el propio socket.",
    )


REGLAS = (
    regla(
        "TypeError",
        r"^(list|tuple|string) ind(?:ices|exes) must be integers",
        _lista_como_diccionario,
    ),
    regla("TypeError", r"^'(\w+)' object is not subscriptable", _sin_corchetes),
    regla("TypeError", r"^'(\w+)' object does(?:n't| not) support item", _no_cambia),
    regla("TypeError", r"^cannot unpack non-iterable (\w+) object", _no_se_reparte),
    regla("TypeError", r"^'(\w+)' object is not iterable", _no_se_recorre),
    regla(
        "TypeError",
        r"^argument of type '(\w+)' is not (?:iterable|a container)",
        frase(
            "`in` busca dentro de una lista, un diccionario o un texto, y aquí hay un `{0}`.",
            "Comprueba qué hay a la derecha de `in`.",
        ),
    ),
    regla(
        "TypeError",
        r"^cannot use '(\w+)' as a (dict key|set element)|^unhashable type: '(\w+)'",
        _sin_clave,
    ),
    regla(
        "TypeError",
        r"^object of type '(\w+)' has no len\(\)",
        frase("Un `{0}` no tiene longitud.", "Usa `len` con un texto, una lista o un diccionario."),
    ),
    regla(
        "TypeError",
        r"^can only concatenate (list|tuple) \(not \"(\w+)\"\)",
        frase(
            "Con `+` se juntan dos cosas del mismo tipo, y aquí hay un `{0}` y un `{1}`.",
            "A una lista se añade con `append`; para hacer un texto, usa un f-string.",
        ),
    ),
)
