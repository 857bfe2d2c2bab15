"""Lo que no está en la lista: la posición que no existe, lo que se quita y ya no está."""

from __future__ import annotations

import ast
import re

from chatlab.corrector.diagnostico.explicaciones.caso import Caso, Explicacion, regla
from chatlab.corrector.diagnostico.nodos import receptor, texto_de, ultimo_nombre


def _no_esta_en_la_lista(caso: Caso, _: re.Match[str]) -> Explicacion:
    for llamada in caso.llamadas_en_la_linea():
        if ultimo_nombre(llamada.func) == "remove" and llamada.args:
            lista, que = receptor(llamada), texto_de(llamada.args[0])
            if equivocado := _no_es_lo_que_guarda(caso, lista, llamada.args[0]):
                return equivocado
            return Explicacion(
                f"`{que}` no está en `{lista}`: o ya se quitó (otro hilo, u otra línea), o no se "
                "llegó a añadir.",
                _quitar_si_esta(caso, que, lista),
            )
    return Explicacion(
        "Lo que se quiere quitar o buscar no está en la lista.", "Comprueba antes con `in` si está."
    )


def _quitar_si_esta(caso: Caso, que: str, lista: str) -> str:
    guardados = _guardados(caso, lista)
    antes = f"antes: `if {que} in {lista}:`"
    antes += ", con el candado tomado." if "Thread" in caso.fuente.sin_comentarios else "."
    if not guardados or que in guardados:
        return f"Compruébalo {antes}"
    otro = f"En `{lista}` se guarda `{guardados[0]}`: ¿es lo mismo que `{que}`?"
    return f"{otro} Si lo es, compruébalo {antes}"


def _no_es_lo_que_guarda(caso: Caso, lista: str, pedido: ast.expr) -> Explicacion | None:
    """`gente.remove(indice)`: `remove` quita por el valor, y eso es una posición.

    O `clientes.remove(nombre)` cuando lo que se guardó fue el socket.
    """
    que = texto_de(pedido)
    if que in _posiciones(caso, lista):
        return Explicacion(
            f"`{que}` es una posición, y `remove` no quita por la posición: busca "
            f"en `{lista}` algo igual a ese número, y no lo hay.",
            f"Quita por la posición, `{lista}.pop({que})`, o da a `remove` lo que guardaste.",
        )
    guardados = _guardados(caso, lista)
    tuplas = [guardado for guardado in guardados if guardado.startswith("(")]
    if guardados and len(tuplas) == len(guardados) and not isinstance(pedido, ast.Tuple):
        return Explicacion(
            f"En `{lista}` se guardan tuplas, `{tuplas[0]}`, y se quiere quitar `{que}` solo: una "
            "tupla no es igual que uno de sus trozos.",
            f"Quita la tupla entera: `{lista}.remove({tuplas[0]})`.",
        )
    return None


def _guardados(caso: Caso, lista: str) -> list[str]:
    """Lo que se añade a esa lista, como está escrito: «conexion», «(conexion, nombre)»."""
    escritos = {
        texto_de(llamada.args[0])
        for fuente in caso.fuentes
        for llamada in fuente.llamadas
        if ultimo_nombre(llamada.func) in ("append", "add")
        and llamada.args
        and receptor(llamada) == lista
    }
    return sorted(escritos)


def _posiciones(caso: Caso, lista: str) -> set[str]:
    """Las variables del archivo que son posiciones de una lista: de `index`, `enumerate`…"""
    nombres: set[str] = set()
    for nodo in caso.fuente.nodos:
        match nodo:
            case ast.Assign(targets=[ast.Name(id=nombre)], value=ast.Call(func=funcion)):
                if ultimo_nombre(funcion) in ("index", "len") and lista in texto_de(nodo.value):
                    nombres.add(nombre)
            case ast.For(target=ast.Tuple(elts=[ast.Name(id=nombre), *_]), iter=ast.Call() as que):
                if texto_de(que.func) == "enumerate" and lista in texto_de(que):
                    nombres.add(nombre)
            case ast.For(target=ast.Name(id=nombre), iter=ast.Call() as que):
                if texto_de(que.func) == "range" and lista in texto_de(que):
                    nombres.add(nombre)
    return nombres


def _fuera_de_la_lista(caso: Caso, _: re.Match[str]) -> Explicacion:
    if "argv" in caso.codigo:
        return Explicacion(
            "`sys.argv` guarda lo que se escribe detrás del nombre del programa, y no se escribió "
            "nada.",
            "Comprueba antes `len(sys.argv)`, o da un valor por defecto.",
        )
    if "split" in caso.codigo or _viene_de_split(caso):
        return Explicacion(
            "El texto se partió en menos trozos de los que pides: la persona escribió menos "
            "palabras, o el mensaje llegó incompleto.",
            "Comprueba antes cuántos trozos hay: `if len(partes) > 1:`.",
        )
    if caso.mensaje.startswith("pop from"):
        return Explicacion(
            "La lista está vacía y no hay nada que sacar.", "Comprueba antes `if lista:`."
        )
    escrito = re.search(r"([\w.]+)\s*\[([^\[\]]+)\]", caso.codigo)
    nombre, cual = (escrito[1], escrito[2]) if escrito else ("lista", "")
    if caso.mensaje.startswith(("string index", "index out")):
        return Explicacion(
            f"`{nombre}` tiene menos letras de las que pides; quizá está vacío, que es lo que "
            "llega cuando se pulsa Intro sin escribir nada, o cuando el otro se va.",
            f"Comprueba antes que hay algo: `if {nombre}:`.",
        )
    if caso.mensaje.startswith("list assignment"):
        return Explicacion(
            f"`{nombre}` no tiene esa posición, y dar valor a una que no existe no la crea.",
            f"Para añadir al final: `{nombre}.append(…)`.",
        )
    if cual and re.search(r"\bfor\b.*\brange\(", caso.fuente.sin_comentarios):
        return Explicacion(
            f"Pides una posición de `{nombre}` que no existe: se cuentan desde 0, y si se quita "
            "algo mientras se recorre, las últimas dejan de existir.",
            f"Recorre sin posiciones, y sobre una copia: `for uno in list({nombre}):`.",
        )
    return Explicacion(
        f"Pides una posición de `{nombre}` que no existe: se cuentan desde 0, y la última es "
        f"`len({nombre}) - 1`.",
        f"Comprueba antes cuántos elementos hay: `len({nombre})`.",
    )


def _viene_de_split(caso: Caso) -> bool:
    escrito = re.search(r"(\w+)\s*\[", caso.codigo)
    return escrito is not None and any(
        isinstance(nodo, ast.Assign)
        and ".split(" in texto_de(nodo.value)
        and any(texto_de(destino) == escrito[1] for destino in nodo.targets)
        for nodo in caso.fuente.nodos
    )


REGLAS = (
    # Hasta 3.13, «2 is not in list»; desde 3.14, «list.index(x): x not in list».
    regla(
        "ValueError",
        r"x not in (?:list|deque|tuple)|is not in (?:list|deque)|substring not found",
        _no_esta_en_la_lista,
    ),
    regla("IndexError", "", _fuera_de_la_lista),
)
