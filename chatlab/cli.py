"""La orden `chatlab`: elige un programa y le pasa el resto de la línea."""

from __future__ import annotations

import importlib
import sys
from argparse import REMAINDER
from collections.abc import Sequence
from typing import NoReturn

from chatlab.modos import MODOS
from chatlab.programa import ejecutar
from chatlab.programa.instalacion import version
from chatlab.programa.opciones import Analizador, Argumentos, orden_chatlab
from chatlab.textos import sin_tildes

#: Las herramientas: cada una es un módulo de chatlab/ordenes/ con su `principal`.
_HERRAMIENTAS = {
    "demo": "enseña cada modo en marcha, sin teclear nada",
    "lecciones": "las lecciones, y cómo vas en cada una",
    "empezar": "copia los ejercicios para que los hagas",
    "reto": "propone el reto de un paso, y comprueba tu cambio",
    "corregir": "corrige un ejercicio, o los de toda una clase",
    "vigilar": "corrige otra vez cada vez que guardas",
    "pista": "da la siguiente pista de lo que te falla",
    "torneo": "ataca al servidor de cada cual, y dice cuál aguanta más",
    "observar": "enseña en el navegador lo que hacen tus programas y sus sockets",
    "espia": "enseña lo que pasa entre cliente y servidor, y provoca faltas",
    "medir": "mide lo que da de sí un servidor de chat",
    "docs": "abre el sitio que lo explica todo, sin internet",
}

_DESCRIPCION = "Aprende la comunicación cliente-servidor con sockets TCP, paso a paso."


def principal() -> NoReturn:
    """La orden `chatlab`, de principio a fin."""
    ejecutar.ejecutar(ejecutar_orden)


def ejecutar_orden(argumentos: Argumentos = None) -> int:
    """Ejecuta `chatlab ARGUMENTOS…` y devuelve su código de salida."""
    palabras = list(sys.argv[1:] if argumentos is None else argumentos)
    if palabras and palabras[0] in _HERRAMIENTAS:
        # Todo lo que sigue es suyo, también --ayuda.
        return _ejecutar(f"chatlab.ordenes.{palabras[0]}", palabras[1:])
    elegidas = _analizador().parse_args(palabras)
    return _ejecutar(MODOS[elegidas.modo].modulo(elegidas.orden), elegidas.resto)


def _ejecutar(modulo: str, argumentos: Sequence[str]) -> int:
    # Se importa solo lo que se va a usar: así `chatlab servidor` no necesita las bibliotecas
    # de las demás herramientas.
    codigo: int = importlib.import_module(modulo).principal(argumentos)
    return codigo


def _analizador() -> Analizador:
    analizador = Analizador(prog=orden_chatlab("").strip(), description=_DESCRIPCION)
    analizador.add_argument(
        "--version",
        action="version",
        version=version(),
        help="muestra la versión, y dónde está este chatlab",
    )
    ordenes = analizador.add_subparsers(dest="orden", required=True, metavar="ORDEN")
    for papel, ayuda in (
        ("servidor", "arranca el servidor de un modo"),
        ("cliente", "arranca el cliente de un modo"),
    ):
        orden = ordenes.add_parser(papel, help=ayuda)
        orden.add_argument(
            "modo", type=sin_tildes, choices=MODOS, metavar="MODO", help=", ".join(MODOS)
        )
        resto = orden.add_argument(
            "resto", nargs=REMAINDER, metavar="[opciones]", help="las suyas; para verlas, --ayuda"
        )
        resto.required = False
    for nombre, ayuda in _HERRAMIENTAS.items():
        ordenes.add_parser(nombre, help=ayuda)
    return analizador
