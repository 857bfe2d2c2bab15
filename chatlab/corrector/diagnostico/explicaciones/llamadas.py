"""Una función llamada con lo que no espera: parte de `TypeError`."""

from __future__ import annotations

import inspect
import re
import socket
import threading

from chatlab.corrector.diagnostico.explicaciones.caso import (
    Caso,
    Explicacion,
    con_el_cambio,
    frase,
    parecido,
    regla,
)
from chatlab.corrector.diagnostico.explicaciones.hilos_mal_creados import (
    falta_una_coma,
    hilos_creados,
)
from chatlab.corrector.diagnostico.fuente import Fuente
from chatlab.corrector.diagnostico.nodos import (
    Funcion,
    parametros,
    receptor,
    texto_de,
    ultimo_nombre,
)
from chatlab.textos import enumerar

_PARAMETROS = {
    "Thread": tuple(inspect.signature(threading.Thread).parameters),
    "Timer": tuple(inspect.signature(threading.Timer).parameters),
    "socket": ("family", "type", "proto", "fileno"),
    "print": ("sep", "end", "file", "flush"),
    "open": tuple(inspect.signature(open).parameters),
    "create_server": tuple(inspect.signature(socket.create_server).parameters),
    "create_connection": tuple(inspect.signature(socket.create_connection).parameters),
    "encode": ("encoding", "errors"),
    "decode": ("encoding", "errors"),
    "split": ("sep", "maxsplit"),
}


# --- Lo que se sabe de una función -------------------------------------------------------------


def _sin_clase(funcion: str) -> str:
    """«atender» en «Servidor.atender», y «Thread» en «Thread.__init__»."""
    return funcion.removesuffix(".__init__").rpartition(".")[2]


def _propia(caso: Caso, nombre: str) -> tuple[Fuente, Funcion] | None:
    """La función del alumno con ese nombre; con el de una clase, su `__init__`."""
    for fuente in caso.fuentes:
        for clase in fuente.clases:
            for nodo in clase.body if clase.name == nombre else []:
                if isinstance(nodo, Funcion) and nodo.name == "__init__":
                    return fuente, nodo
        for funcion in fuente.funciones:
            if funcion.name == nombre:
                return fuente, funcion
    return None


def _pide(caso: Caso, entera: str) -> list[str]:
    """Los parámetros que hay que dar a una función del alumno; ninguno si no es suya."""
    propia = _propia(caso, _sin_clase(entera))
    todos = parametros(propia[1]) if propia else []
    return todos[1:] if "." in entera else todos


# --- Parámetros que faltan o que sobran --------------------------------------------------------


def _desconocido(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    entera, escrito = (encaje[1], encaje[2]) if encaje[1] else (encaje[4], encaje[3])
    funcion = _sin_clase(entera)
    conocidos = _PARAMETROS.get(funcion) or _pide(caso, entera)
    bueno = parecido(escrito, conocidos) or (caso.sugerido if caso.sugerido.isidentifier() else "")
    if bueno:
        return Explicacion(
            f"`{funcion}` no tiene ningún parámetro `{escrito}`. Lo más parecido que tiene es "
            f"`{bueno}`.",
            f"Escribe `{bueno}=` donde pone `{escrito}=`"
            f"{con_el_cambio(caso.codigo, escrito, bueno)}.",
        )
    cuales = f": tiene {enumerar([f'`{c}`' for c in conocidos])}" if conocidos else ""
    return Explicacion(
        f"`{funcion}` no tiene ningún parámetro `{escrito}`{cuales}.",
        f"Quita `{escrito}=…`"
        + (f" o añade ese parámetro a `{funcion}`." if _propia(caso, funcion) else "."),
    )


def _faltan(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    funcion = _sin_clase(encaje[1])
    if re.search(r"'self'", encaje[2]) and "." in encaje[1]:
        clase = encaje[1].rpartition(".")[0]
        return Explicacion(
            f"`{clase}` es la clase, y `{funcion}` se pide a uno de sus objetos.",
            f"Crea uno y llámala en él: `objeto = {clase}(…)` y, debajo, `objeto.{funcion}(…)`.",
        )
    nombres = enumerar([f"`{nombre}`" for nombre in re.findall(r"'(\w+)'", encaje[2])])
    pide = _pide(caso, encaje[1])
    todos = ", ".join(pide) or "…"
    porque = f"`{funcion}` necesita un valor para {nombres}, y no lo recibe."
    for fuente, llamada in hilos_creados(caso, funcion) if caso.linea is None else ():
        return Explicacion(
            f"{porque} Lo que recibe la función de un hilo se dice en `args`.",
            f"Pasa todo lo que pide: `args=({todos}{',' if len(pide) == 1 else ''})`.",
        ).en(fuente, llamada.lineno)
    return Explicacion(porque, f"Llámala con todo lo que pide: `{funcion}({todos})`.")


def _sobran(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    entera, admite, dados = encaje.groups()
    funcion = _sin_clase(entera)
    if caso.linea is None and (sin_coma := falta_una_coma(caso, funcion)):
        return sin_coma
    propia = _propia(caso, funcion)
    if propia and "." in entera and "self" not in parametros(propia[1]):
        return _falta_self(*propia)
    metodo = " (contando `self`, que Python pone solo)" if "." in entera else ""
    explicacion = Explicacion(
        f"`{funcion}` admite {admite} y le llegan {dados}{metodo}.",
        f"Quita lo que sobra al llamar a `{funcion}`"
        + (", o añade el parámetro en su `def`." if propia else "."),
    )
    hilo = next(hilos_creados(caso, funcion), None) if caso.linea is None else None
    return explicacion.en(hilo[0], hilo[1].lineno) if hilo else explicacion


def _falta_self(fuente: Fuente, funcion: Funcion) -> Explicacion:
    todos = ", ".join(("self", *parametros(funcion)))
    return Explicacion(
        f"Python da a cada método, como primer parámetro, el objeto mismo, y `{funcion.name}` no "
        "tiene dónde recibirlo.",
        f"Añade `self`: `def {funcion.name}({todos}):`.",
    ).en(fuente, funcion.lineno)


def _sin_init(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    clase = encaje[1]
    for fuente in caso.fuentes:
        for funcion in fuente.funciones:
            if funcion.name != "__init__" and funcion.name.strip("_") == "init":
                return Explicacion(
                    f"`{funcion.name}` debería llamarse `__init__`, con dos guiones bajos a cada "
                    f"lado: sin él, `{clase}` no recibe nada al crearse.",
                    f"Escribe `def __init__(…)` donde pone `def {funcion.name}(…)`.",
                ).en(fuente, funcion.lineno)
    return Explicacion(
        f"La clase `{clase}` no tiene `__init__`, y por eso no recibe nada al crearse.",
        f"Escribe `{clase}()`, o añade a la clase `def __init__(self, …):`.",
    )


# --- Funciones de Python -----------------------------------------------------------------------

_COMO_SE_LLAMAN = {
    "recv": ("`recv` necesita saber cuántos bytes leer como mucho.", "Escribe `recv(1024)`."),
    "setsockopt": (
        "`setsockopt` recibe tres cosas: el nivel, la opción y su valor.",
        "Escribe `setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)`.",
    ),
    "input": (
        "`input` recibe un solo texto: a diferencia de `print`, no admite varios con comas.",
        'Júntalos en uno: `input(f"{nombre}: ")`.',
    ),
    "append": ("`append` añade una sola cosa.", "Si son varias juntas, haz una tupla: `((a, b))`."),
    "select": (
        "`select` recibe tres listas: de quién leer, a quién escribir y de quién esperar errores.",
        "Escribe `select.select(sockets, [], [])`.",
    ),
    "sendto": (
        "`sendto` necesita los bytes y a quién van.",
        "Escribe `sendto(datos, (HOST, PORT))`.",
    ),
}


def _mal_numero(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    funcion = encaje[1].rpartition(".")[2]
    if funcion in _COMO_SE_LLAMAN:
        return Explicacion(*_COMO_SE_LLAMAN[funcion])
    return Explicacion(
        f"A `{funcion}` le llegan más valores de los que admite, o menos de los que necesita.",
        f"Comprueba qué recibe `{funcion}` y dale justo eso.",
    )


def _direccion_en_dos(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    metodo = encaje[1]
    bien = f"{metodo}((HOST, PORT))"
    for llamada in caso.llamadas_en_la_linea():
        if ultimo_nombre(llamada.func) == metodo and len(llamada.args) == 2:
            dentro = ", ".join(texto_de(valor) for valor in llamada.args)
            bien = f"{receptor(llamada)}.{metodo}(({dentro}))"
    return Explicacion(
        f"`{metodo}` recibe una sola cosa: la dirección, que es una tupla con el host y el puerto.",
        f"Pon otro par de paréntesis: `{bien}`.",
    )


REGLAS = (
    regla(
        "TypeError",
        r"^([\w.<>]+)\(\) got an unexpected keyword argument '(\w+)'"
        r"|^'(\w+)' is an invalid keyword argument for (\w+)\(\)",
        _desconocido,
    ),
    regla(
        "TypeError",
        r"^([\w.<>]+)\(\) missing \d+ required (?:positional|keyword-only) arguments?: (.*)",
        _faltan,
    ),
    regla(
        "TypeError",
        r"^([\w.<>]+)\(\) takes (\d+) positional arguments? but (\d+) (?:was|were) given",
        _sobran,
    ),
    regla("TypeError", r"^(\w+)\(\) takes no arguments$", _sin_init),
    regla(
        "TypeError",
        r"^(?:_?socket\.)*(bind|connect|connect_ex)\(\) takes exactly one argument \(2 given\)",
        _direccion_en_dos,
    ),
    regla("TypeError", r"^([\w.]+?)(?:\(\))? (?:takes|expected) (?:exactly|at|no|\d)", _mal_numero),
    regla(
        "TypeError",
        r"(?:bind|connect|connect_ex|sendto)\(\): AF_INET6? address must be tuple, not (\w+)",
        frase(
            "La dirección de un socket es una tupla con el host y el puerto, y le has dado un "
            "`{0}`.",
            "Pon el host y el puerto entre paréntesis: `((HOST, PORT))`.",
        ),
    ),
)
