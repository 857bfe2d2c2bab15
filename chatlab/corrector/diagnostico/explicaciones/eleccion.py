"""Cuál de los errores de una pantalla es el del programa del alumno, y en qué línea suya está."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

from chatlab.corrector.diagnostico.explicaciones.rastro import DE_SINTAXIS, Marco, Rastro
from chatlab.corrector.diagnostico.fuente import Fuente, leer_fuente
from chatlab.corrector.diagnostico.nodos import contiene

#: Con estos se interrumpe o se termina un programa: no son faltas.
NO_SON_FALTAS = frozenset({"KeyboardInterrupt", "SystemExit", "GeneratorExit", "CancelledError"})
#: Los que son siempre una falta al escribir, y no algo que pasa mientras el programa funciona.
DE_PROGRAMACION = DE_SINTAXIS | {
    "NameError",
    "UnboundLocalError",
    "AttributeError",
    "TypeError",
    "ImportError",
    "ModuleNotFoundError",
    "NotImplementedError",
    "RecursionError",
}
_INSTALADO = re.compile(r"[\\/](?:site|dist)-packages[\\/]")
_DE_PYTHON = re.compile(r"[\\/]lib[\\/]python\d|[\\/]Lib[\\/]")


def elegir(rastros: Sequence[Rastro], carpeta: Path) -> Rastro | None:
    """El error que hay que contar: el primero que sea una falta al escribir, o el primero."""
    candidatos = [r for cadena in _cadenas(rastros) if (r := _culpable(cadena, carpeta))]

    def prioridad(rastro: Rastro) -> tuple[bool, bool, bool, bool]:
        return (
            rastro.es_advertencia,
            rastro.ignorado or rastro.nombre in ("ExceptionGroup", "BaseExceptionGroup"),
            marco_del_alumno(rastro, carpeta) is None and not rastro.hilo,
            rastro.nombre not in DE_PROGRAMACION,
        )

    return min(candidatos, key=prioridad, default=None)


def _cadenas(rastros: Sequence[Rastro]) -> list[list[Rastro]]:
    """Junta los errores que Python encadena con «During handling of…»."""
    cadenas: list[list[Rastro]] = []
    for rastro in rastros:
        if rastro.enlazado and cadenas:
            cadenas[-1].append(rastro)
        else:
            cadenas.append([rastro])
    return cadenas


def _culpable(cadena: Sequence[Rastro], carpeta: Path) -> Rastro | None:
    """De una cadena, el error que la empezó y nadie trató, o la falta que hay al tratarlo.

    Lo que falla en un `finally` solo tapa al primero, que es la causa. Lo que falla en un
    `except` es otra cosa: al primero ya lo estaban tratando.
    """
    primero, *otros = cadena
    if otros and primero.nombre not in NO_SON_FALTAS and _en_un_finally(otros[0], carpeta):
        return replace(primero, hilo=primero.hilo or otros[-1].hilo, despues=str(otros[-1]))
    for rastro in cadena:
        if rastro.nombre in DE_PROGRAMACION:
            return rastro
    return None if cadena[-1].nombre in NO_SON_FALTAS else cadena[-1]


def _en_un_finally(rastro: Rastro, carpeta: Path) -> bool:
    """Dice si un error saltó en el `finally` de un `try`, o en lo que llama ese `finally`."""
    for marco in rastro.marcos:
        nombre = nombre_en_la_carpeta(marco.ruta, carpeta)
        fuente = leer_fuente(carpeta, nombre) if nombre else Fuente()
        for nodo in fuente.nodos:
            if isinstance(nodo, ast.Try) and any(contiene(s, marco.linea) for s in nodo.finalbody):
                return True
    return False


# --- Dónde -------------------------------------------------------------------------------------


def marco_del_alumno(rastro: Rastro, carpeta: Path) -> Marco | None:
    """El último lugar que está en un archivo del alumno, con su nombre dentro de la carpeta."""
    for marco in reversed(rastro.marcos):
        if nombre := nombre_en_la_carpeta(marco.ruta, carpeta):
            return Marco(nombre, marco.linea, marco.funcion, marco.codigo)
    return None


def nombre_en_la_carpeta(ruta: str, carpeta: Path) -> str | None:
    """«servidor.py» para `/tmp/x/ana/servidor.py` en `/tmp/x/ana`; None si no es del alumno.

    El programa pudo correr en una copia: si la ruta no está en la carpeta, sirve que termine
    como la de un archivo que sí está.
    """
    if ruta.startswith("<") or "\0" in ruta:
        return None
    entera: PurePath = PureWindowsPath(ruta) if "\\" in ruta else PurePosixPath(ruta)
    dentro = _relativa(entera, carpeta)
    if dentro is not None:
        return None if _INSTALADO.search(f"/{dentro}") else dentro
    if _DE_PYTHON.search(ruta) or _INSTALADO.search(ruta):
        return None
    partes = entera.parts[1:] if entera.is_absolute() else entera.parts
    for primera in range(len(partes)):
        nombre = "/".join(partes[primera:])
        if ".." not in partes[primera:] and _existe(carpeta / nombre):
            return nombre
    return None


def _relativa(ruta: PurePath, carpeta: Path) -> str | None:
    for raiz in (carpeta, carpeta.absolute(), _resuelta(carpeta)):
        if ruta.is_absolute() and ruta.is_relative_to(raiz) and ".." not in ruta.parts:
            return ruta.relative_to(raiz).as_posix()
    return None


def _resuelta(carpeta: Path) -> Path:
    try:
        return carpeta.resolve()
    except (OSError, RuntimeError):
        return carpeta


def _existe(ruta: Path) -> bool:
    try:
        return ruta.is_file()
    except (OSError, ValueError):
        return False
