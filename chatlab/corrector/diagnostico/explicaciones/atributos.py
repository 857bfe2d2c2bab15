"""Algo a lo que se pide lo que no tiene: `AttributeError`."""

from __future__ import annotations

import _thread
import ast
import builtins
import queue
import re
import socket
import threading

from chatlab.corrector.diagnostico.explicaciones.caso import (
    Caso,
    Explicacion,
    con_el_cambio,
    parecido,
    regla,
)
from chatlab.corrector.diagnostico.explicaciones.confundidos import QUE_ES, confundido
from chatlab.corrector.diagnostico.explicaciones.modulos import es_de_python, miembros
from chatlab.corrector.diagnostico.explicaciones.versiones import de_otra_version
from chatlab.corrector.diagnostico.nodos import nombres_de, texto_de, ultimo_nombre

_TIPOS: dict[str, type] = {
    **{nombre: valor for nombre, valor in vars(builtins).items() if isinstance(valor, type)},
    "socket": socket.socket,
    "Thread": threading.Thread,
    "Event": threading.Event,
    "Timer": threading.Timer,
    "Condition": threading.Condition,
    "Queue": queue.Queue,
    "lock": _thread.LockType,
}


# --- De un módulo ------------------------------------------------------------------------------


def _de_modulo(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    modulo, atributo = encaje[1], encaje[2]
    if otra_cosa := por_que_no_esta(caso, modulo, atributo):
        return otra_cosa
    if modulo == "socket" and hasattr(socket.socket, atributo):
        return Explicacion(
            f"`{atributo}` es de un socket, y `socket` es aquí el módulo entero.",
            f"Pídeselo a la variable que guarda el socket: `mi_socket.{atributo}(…)`.",
        )
    bueno = parecido(atributo, nombres_del_modulo(caso, modulo)) or caso.sugerido
    if modulo == "datetime" and atributo in ("now", "today", "utcnow"):
        bueno = f"datetime.{atributo}"
    if bueno:
        return Explicacion(
            f"El módulo `{modulo}` no tiene `{atributo}`. Lo más parecido que tiene es `{bueno}`.",
            f"Escribe `{modulo}.{bueno}`{con_el_cambio(caso.codigo, f'.{atributo}', f'.{bueno}')}.",
        )
    return Explicacion(
        f"El módulo `{modulo}` no tiene nada que se llame `{atributo}`.",
        f"Comprueba cómo se escribe: docs.python.org/es/3/library/{modulo}.html"
        if es_de_python(modulo)
        else f"Comprueba que `{atributo}` está en `{modulo}.py`, y cómo se escribe.",
    )


def por_que_no_esta(caso: Caso, modulo: str, nombre: str) -> Explicacion | None:
    """Por qué falta en un módulo algo que está bien escrito; `None` si no se sabe."""
    if tapado(caso, modulo):
        return explicar_archivo_que_tapa(modulo)
    if _esta_a_medias(caso, modulo, nombre):
        return _explicar_circulo(caso, modulo)
    return de_otra_version(modulo, nombre)


def _esta_a_medias(caso: Caso, modulo: str, atributo: str) -> bool:
    """Dice si el módulo aún no se ha ejecutado entero.

    De un archivo del alumno, desde Python 3.13 no lo dice: propone cambiarle el nombre. Pero si lo
    que falta está escrito en él, es que no ha llegado hasta ahí.
    """
    return "partially initialized" in caso.mensaje or atributo in _escritos_en(caso, modulo)


def nombres_del_modulo(caso: Caso, modulo: str) -> set[str]:
    """Lo que hay en un módulo, sea de Python o un archivo del alumno."""
    return set(miembros(modulo)) | _escritos_en(caso, modulo)


def _escritos_en(caso: Caso, modulo: str) -> set[str]:
    """Los nombres globales del archivo del alumno que es ese módulo, si lo es."""
    archivo = f"{modulo.replace('.', '/')}.py"
    return set().union(
        *(f.globales for f in caso.fuentes if f.nombre.rpartition("/")[2] == archivo)
    )


def _explicar_circulo(caso: Caso, modulo: str) -> Explicacion:
    """Dos archivos del alumno se importan el uno al otro, o uno se importa a sí mismo."""
    if caso.fuente.nombre.rpartition("/")[2] == f"{modulo}.py":
        return Explicacion(
            f"`{modulo}.py` se importa a sí mismo: al hacerlo empieza otra vez, y lo que pide aún "
            "no existe.",
            f"Quita el `import` de `{modulo}`, y usa sus nombres sin nada delante.",
        )
    return Explicacion(
        f"Dos archivos se importan el uno al otro: cuando se usa `{modulo}`, aún está a medias.",
        f"Quita uno de los dos `import`: el de `{modulo}.py`, o el de este archivo.",
    )


def tapado(caso: Caso, modulo: str) -> bool:
    """Dice si el alumno tiene un archivo con el nombre de un módulo de Python."""
    return es_de_python(modulo) and any(f.nombre == f"{modulo}.py" for f in caso.fuentes)


def explicar_archivo_que_tapa(modulo: str) -> Explicacion:
    """Por qué un archivo del alumno no deja usar un módulo de Python."""
    return Explicacion(
        f"Tu archivo `{modulo}.py` se llama como el módulo `{modulo}` de Python: `import {modulo}` "
        "encuentra el tuyo en vez del bueno.",
        f"Cambia de nombre tu archivo `{modulo}.py`: por ejemplo, `mi_{modulo}.py`.",
    )


def _de_clase(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    clase, atributo = encaje[1], encaje[2]
    if clase == "socket" and atributo in miembros("socket"):
        return Explicacion(
            "Con `from socket import …`, la palabra `socket` es la clase y no el módulo: las "
            "constantes ya las tienes sueltas.",
            f"Quita `socket.`: escribe solo `{atributo}`.",
        )
    return _de_objeto(caso, encaje)


# --- De un objeto ------------------------------------------------------------------------------


def _de_objeto(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    tipo, atributo = encaje[1], encaje[2]
    delante = caso.receptor_de(atributo)
    return confundido(caso, tipo, atributo, delante) or _mal_escrito(caso, tipo, atributo, delante)


def _mal_escrito(caso: Caso, tipo: str, atributo: str, delante: str) -> Explicacion:
    if otra := de_otra_version(tipo, atributo) or _mas_adentro(caso, tipo, atributo, delante):
        return otra
    nombre, que = delante or "eso", QUE_ES.get(tipo, f"un objeto `{tipo}`")
    if tipo == "socket" and atributo in miembros("socket"):
        return _modulo_perdido(caso, nombre)
    bueno = parecido(atributo, _atributos(caso, tipo)) or caso.sugerido
    if bueno:
        return Explicacion(
            f"`{nombre}` es {que}, y no tiene `{atributo}`. Lo más parecido que tiene es "
            f"`{bueno}`.",
            f"Escribe `{delante + '.' if delante else ''}{bueno}`"
            f"{con_el_cambio(caso.codigo, f'.{atributo}', f'.{bueno}')}.",
        )
    if f"_{atributo}" in _atributos(caso, tipo, privados=True):
        return Explicacion(
            f"La clase `{tipo}` lo guarda como `_{atributo}`, con un guion bajo delante.",
            f"Escribe `{delante + '.' if delante else ''}_{atributo}`"
            f"{con_el_cambio(caso.codigo, f'.{atributo}', f'._{atributo}')}.",
        )
    if any(clase.name == tipo for fuente in caso.fuentes for clase in fuente.clases):
        return Explicacion(
            f"La clase `{tipo}` no da a sus objetos nada que se llame `{atributo}`.",
            f"Créalo en `__init__`: `self.{atributo} = …`.",
        )
    return Explicacion(
        f"`{nombre}` es {que}, y no tiene nada que se llame `{atributo}`.",
        f"Comprueba qué guarda `{nombre}` en esta línea: no es lo que esperabas.",
    )


def _mas_adentro(caso: Caso, tipo: str, atributo: str, delante: str) -> Explicacion | None:
    """`servidor.clientes` por `servidor.sala.clientes`: lo tiene otro objeto, guardado en este."""
    for fuente in caso.fuentes:
        for clase in (clase for clase in fuente.clases if clase.name == tipo):
            for guardado, otra in _objetos_guardados(clase):
                if atributo in _propios(caso, otra):
                    entero = f"{guardado}.{atributo}"
                    return Explicacion(
                        f"`{delante or 'eso'}` no tiene `{atributo}`: lo tiene lo que guarda en "
                        f"`{guardado}`, que es un objeto `{otra}`.",
                        f"Escribe `{delante + '.' if delante else ''}{entero}`"
                        f"{con_el_cambio(caso.codigo, f'.{atributo}', f'.{entero}')}.",
                    )
    return None


def _objetos_guardados(clase: ast.ClassDef) -> list[tuple[str, str]]:
    """«sala» y «Sala» por cada `self.sala = Sala(…)` de una clase."""
    return [
        (destino.attr, ultimo_nombre(nodo.value.func))
        for nodo in ast.walk(clase)
        if isinstance(nodo, ast.Assign) and isinstance(nodo.value, ast.Call)
        for destino in nodo.targets
        if isinstance(destino, ast.Attribute) and texto_de(destino.value) == "self"
    ]


def _modulo_perdido(caso: Caso, nombre: str) -> Explicacion:
    """`socket = socket.socket()`: desde ahí, `socket` ya no es el módulo."""
    explicacion = Explicacion(
        f"`{nombre}` ya no es el módulo: le diste el valor de un socket, y eso lo tapa.",
        f"Llama de otro modo a tu socket, por ejemplo `servidor`: `{nombre}` es el módulo.",
    )
    asignado = next(
        (
            nodo.lineno
            for nodo in caso.fuente.nodos
            if isinstance(nodo, ast.Name) and nodo.id == nombre and isinstance(nodo.ctx, ast.Store)
        ),
        None,
    )
    return explicacion.en(caso.fuente, asignado) if asignado else explicacion


def _atributos(caso: Caso, tipo: str, *, privados: bool = False) -> set[str]:
    """Lo que tienen los objetos de un tipo: los de Python y los de las clases del alumno."""
    nombres = set(dir(_TIPOS.get(tipo, object))) | _propios(caso, tipo)
    return {nombre for nombre in nombres if privados or not nombre.startswith("_")}


def _propios(caso: Caso, tipo: str) -> set[str]:
    """Lo que una clase del alumno da a sus objetos; nada si no es suya."""
    return set().union(
        *(
            set(nombres_de(clase.body)) | _guardados_en_self(clase)
            for fuente in caso.fuentes
            for clase in fuente.clases
            if clase.name == tipo
        )
    )


def _guardados_en_self(clase: ast.ClassDef) -> set[str]:
    return {
        nodo.attr
        for nodo in ast.walk(clase)
        if isinstance(nodo, ast.Attribute) and isinstance(nodo.ctx, ast.Store)
    }


REGLAS = (
    regla("AttributeError", r"module '([\w.]+)' has no attribute '(\w+)'", _de_modulo),
    regla("AttributeError", r"^type object '(\w+)' has no attribute '(\w+)'", _de_clase),
    regla("AttributeError", r"^'([\w.]+)' object has no attribute '(\w+)'", _de_objeto),
)
