"""Una cosa tomada por otra: texto por bytes, una lista por un diccionario, una tupla por un socket.

Son los `AttributeError` que no vienen de teclear mal, sino de creer que la variable guarda algo
distinto de lo que guarda.
"""

from __future__ import annotations

import ast
import builtins
import re

from chatlab.corrector.diagnostico.explicaciones.caso import Caso, Explicacion, palabras, parecido
from chatlab.corrector.diagnostico.explicaciones.de_otro_modo import DE_OTRO_MODO
from chatlab.corrector.diagnostico.nodos import texto_de, ultimo_nombre

#: Lo que es, para una persona, cada tipo de Python.
QUE_ES = {
    "str": "un texto",
    "bytes": "bytes",
    "bytearray": "bytes",
    "int": "un número",
    "float": "un número",
    "bool": "`True` o `False`",
    "list": "una lista",
    "dict": "un diccionario",
    "tuple": "una tupla",
    "set": "un conjunto",
    "socket": "un socket",
    "Thread": "un hilo",
    "lock": "un candado",
    "coroutine": "una corrutina a la que falta `await`",
    "Queue": "una cola",
    "Template": "una plantilla (un texto con `t` delante)",
}


def que_es(tipo: str) -> str:
    """«una lista» para `list`; de los que no conoce, «un `X`»."""
    return QUE_ES.get(tipo, f"un `{tipo}`")


_DE_UN_SOCKET = palabras(
    "send sendall recv accept bind listen connect close settimeout setsockopt shutdown getpeername "
    "makefile fileno"
)
_DE_UN_DICCIONARIO = palabras("items keys values get setdefault")
_DE_UNA_LISTA = palabras("append extend insert add remove")
_LONGITUDES = palabras("length size len lenght lenth longitud")
SIN_CREAR_EL_CANDADO = (
    "Has guardado `threading.Lock` y no un candado: sin paréntesis no se crea ninguno."
)


def confundido(caso: Caso, tipo: str, atributo: str, delante: str) -> Explicacion | None:
    """Explica que `delante` no es lo que se cree; None si no es una confusión conocida."""
    for intento in _CONFUSIONES:
        if explicacion := intento(caso, tipo, atributo, delante):
            return explicacion
    return None


def _no_es_texto(_: Caso, tipo: str, atributo: str, delante: str) -> Explicacion | None:
    """Un método de los textos pedido a otra cosa."""
    if tipo not in ("bytes", "int", "float", "tuple", "list", "dict") or not hasattr(str, atributo):
        return None
    nombre = delante or "eso"
    como = f'{nombre}.decode("utf-8")' if tipo == "bytes" else f"str({nombre})"
    return Explicacion(
        f"`{nombre}` es {QUE_ES[tipo]}, y `{atributo}` es de los textos.",
        f"Conviértelo antes en texto: `{como}.{atributo}(…)`.",
    )


def _texto_o_bytes(caso: Caso, tipo: str, atributo: str, delante: str) -> Explicacion | None:
    if (tipo, atributo) not in (("str", "decode"), ("bytes", "encode")):
        return None
    ya_es, otro = ("ya es un texto", "bytes") if tipo == "str" else ("ya está en bytes", "un texto")
    sin = re.sub(rf"\.{atributo}\([^()]*\)", "", caso.codigo, count=1)
    corregida = f": `{sin}`" if sin != caso.codigo and len(sin) <= 80 else ""
    return Explicacion(
        f"`{delante or 'Eso'}` {ya_es}: `{atributo}` se usa al revés, con {otro}. Por la red se "
        "envían bytes (`encode`) y se reciben bytes (`decode`).",
        f"Eso {ya_es}: quita `.{atributo}(…)`{corregida}.",
    )


# --- Por un socket -----------------------------------------------------------------------------


def _socket(caso: Caso, tipo: str, atributo: str, delante: str) -> Explicacion | None:
    if atributo not in _DE_UN_SOCKET or tipo not in QUE_ES or tipo in ("socket", "Queue"):
        return None
    nombre = delante or "esa variable"
    porque = f"`{nombre}` es {QUE_ES[tipo]}, y `{atributo}` es de un socket."
    if explicacion := _clave_por_valor(caso, nombre, porque):
        return explicacion
    if tipo == "tuple":
        return _tupla(caso, atributo, nombre, porque)
    if tipo in ("list", "dict"):
        todos = f"{nombre}.values()" if tipo == "dict" else nombre
        return Explicacion(
            f"{porque} Hay que hacerlo con los de dentro, uno a uno.",
            f"Recorre todos, `for cliente in {todos}:`, y usa `cliente.{atributo}(…)`.",
        )
    return Explicacion(porque, f"Usa aquí la variable que guarda el socket, y no `{nombre}`.")


def _bucle_de(caso: Caso, nombre: str) -> ast.For | None:
    """El `for nombre in …` que da valor a una variable."""
    for nodo in caso.fuente.nodos:
        match nodo:
            case ast.For(target=ast.Name(id=guardada)) if guardada == nombre:
                return nodo
    return None


def _clave_por_valor(caso: Caso, nombre: str, porque: str) -> Explicacion | None:
    """`for cliente in clientes:` con un diccionario da las claves."""
    bucle = _bucle_de(caso, nombre)
    if bucle is None or not _es_diccionario(caso, texto_de(bucle.iter)):
        return None
    todos = texto_de(bucle.iter)
    return Explicacion(
        f"{porque} `{todos}` es un diccionario, y `for` recorre sus claves, no sus valores.",
        f"Si los sockets son los valores: `for {nombre} in {todos}.values():`.",
    ).en(caso.fuente, bucle.lineno)


def _es_diccionario(caso: Caso, nombre: str) -> bool:
    return any(
        isinstance(nodo, ast.Assign | ast.AnnAssign)
        and (isinstance(nodo.value, ast.Dict) or texto_de(nodo.value) == "dict()")
        and any(
            texto_de(destino) == nombre
            for destino in (nodo.targets if isinstance(nodo, ast.Assign) else [nodo.target])
        )
        for nodo in caso.fuente.nodos
    )


def _tupla(caso: Caso, atributo: str, nombre: str, porque: str) -> Explicacion:
    if bucle := _bucle_de(caso, nombre):
        todos = texto_de(bucle.iter)
        return Explicacion(
            f"{porque} Cada elemento de `{todos}` es una tupla, y el socket está dentro de ella.",
            f"Separa la tupla: `for {nombre}, otro in {todos}:`.",
        ).en(caso.fuente, bucle.lineno)
    for nodo in caso.fuente.nodos:
        match nodo:
            case ast.Assign(targets=[ast.Name(id=guardada)], value=ast.Call(func=funcion)):
                if ultimo_nombre(funcion) == "accept":
                    return Explicacion(
                        "`accept()` devuelve dos cosas juntas en una tupla: el socket del cliente "
                        f"y su dirección. `{guardada}` es la tupla entera.",
                        f"Separa las dos cosas: `{guardada}, direccion = {texto_de(nodo.value)}`.",
                    ).en(caso.fuente, nodo.lineno)
    return Explicacion(porque, f"Si el socket va primero en la tupla: `{nombre}[0].{atributo}(…)`.")


# --- Por otra cosa -----------------------------------------------------------------------------


def _funcion(_: Caso, tipo: str, atributo: str, delante: str) -> Explicacion | None:
    if tipo not in ("function", "method", "builtin_function_or_method", "type"):
        return None
    nombre = delante or "eso"
    if atributo in ("acquire", "release", "locked"):
        if nombre.endswith("Lock"):
            nombre = "candado"  # `threading.Lock.acquire()`: no se guardó en ninguna variable
        return Explicacion(SIN_CREAR_EL_CANDADO, f"Crea el candado: `{nombre} = threading.Lock()`.")
    return Explicacion(
        f"`{nombre}` es una función, y no su resultado: para llamarla hacen falta los paréntesis.",
        f"Pon los paréntesis: `{nombre}(…).{atributo}`."
        if "." in nombre
        else f"Pon paréntesis detrás de la función donde das valor a `{nombre}`.",
    )


def _coleccion(caso: Caso, tipo: str, atributo: str, delante: str) -> Explicacion | None:
    nombre = delante or "lista"
    creada = caso.fuente.globales.get(nombre)
    donde = f" en la línea {creada}" if creada else ""
    if tipo == "list" and atributo in _DE_UN_DICCIONARIO:
        return Explicacion(
            f"`{nombre}` es una lista (`[]`), y `{atributo}` es de los diccionarios.",
            f"Crea `{nombre}` como diccionario{donde}: `{nombre} = {{}}`.",
        )
    if tipo == "dict" and atributo in _DE_UNA_LISTA - {"remove"}:
        return Explicacion(
            f"`{nombre}` es un diccionario (`{{}}`), y `{atributo}` es de las listas.",
            f"Guarda con su clave, `{nombre}[clave] = valor`, o crea una lista{donde}: "
            f"`{nombre} = []`.",
        )
    if atributo in _LONGITUDES and tipo in ("list", "str", "bytes", "dict", "tuple", "set"):
        return Explicacion(
            "En Python la longitud no es un método: la da la función `len`.",
            f"Escribe `len({nombre})`.",
        )
    return None


def _de_otro_modo(_: Caso, tipo: str, atributo: str, delante: str) -> Explicacion | None:
    arreglo = DE_OTRO_MODO.get((tipo, atributo))
    if arreglo is None and hasattr(builtins, tipo):
        # También mal escrito: «apend», en un conjunto.
        otros = [a for t, a in DE_OTRO_MODO if t == tipo]
        propios = dir(getattr(builtins, tipo))
        parece = None if parecido(atributo, propios) else parecido(atributo, otros)
        arreglo = DE_OTRO_MODO.get((tipo, parece or ""))
    if arreglo is None and tipo == "dict" and not parecido(atributo, dir(dict)):
        return Explicacion(
            f"`{delante or 'eso'}` es un diccionario: lo que guarda se pide con corchetes, sin "
            "punto.",
            f'Escribe `{delante}["{atributo}"]`.',
        )
    if arreglo is None:
        return None
    nombre = delante or tipo
    return Explicacion(
        f"`{nombre}` es {que_es(tipo)}, y no tiene `{atributo}`.", arreglo.format(nombre)
    )


_CONFUSIONES = (_texto_o_bytes, _no_es_texto, _socket, _funcion, _coleccion, _de_otro_modo)
