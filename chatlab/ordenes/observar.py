"""Enseña en el navegador lo que hacen unos programas y sus sockets, mientras lo hacen.

    python -m chatlab observar difusion                        un modo: su servidor y dos clientes
    python -m chatlab observar 03.1                            un paso: lección y paso
    python -m chatlab observar servidor.py cliente.py cliente.py
    python -m chatlab observar "servidor.py 9000" "cliente.py localhost 9000"
    python -m chatlab observar servidor.py cliente.py -- 9000  los de detrás de --, a todos
    python -m chatlab observar --reproducir clase.chatlab      una película guardada

Los programas se ejecutan como si los arrancaras tú, cada uno en su terminal. Los clientes empiezan
cuando el servidor escucha. Al cerrar la página, o con Ctrl+C, terminan todos.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from chatlab.errores import ErrorDeArchivo
from chatlab.observador.directo.pedido import leer_pedido
from chatlab.observador.grabacion import Grabacion
from chatlab.observador.pagina.empaquetar import pagina_autonoma
from chatlab.programa.archivos import (
    comprobar_que_no_se_pierde_nada,
    comprobar_que_se_puede_escribir,
    guardar,
)
from chatlab.programa.ejecutar import ejecutar
from chatlab.programa.instalacion import exigir
from chatlab.programa.opciones import Argumentos, Opciones, analizador, entero, orden_chatlab
from chatlab.terminal.salida import escribir

#: Lo que hace falta para la página.
BIBLIOTECAS = ("starlette", "uvicorn", "websockets")
MAX_CLIENTES = 20


def principal(argumentos: Argumentos = None) -> int:
    """Enseña lo que se pida hasta que se cierra la página, y devuelve 0."""
    palabras = list(sys.argv[1:] if argumentos is None else argumentos)
    opciones = leer_opciones(palabras)
    for ruta in filter(None, (opciones.guardar, opciones.exportar)):
        comprobar_que_se_puede_escribir(ruta)
        comprobar_que_no_se_pierde_nada(ruta)
    if opciones.reproducir is not None:
        return reproducir(opciones)
    return observar(opciones)


def leer_opciones(palabras: Sequence[str]) -> Opciones:
    """Lo que dice la línea de órdenes; si no se entiende, termina con código 2."""
    # argparse juntaría lo que va detrás de «--» con lo de delante.
    corte = palabras.index("--") if "--" in palabras else len(palabras)
    lector = analizador(
        "chatlab.ordenes.observar",
        "observar",
        __doc__,
        uso="[QUÉ…] [opciones] [-- ARGUMENTOS]",
    )
    lector.add_argument(
        "que",
        nargs="*",
        metavar="QUÉ",
        help="un modo, un paso (03.1), una carpeta con su servidor y su cliente, o programas",
    )
    lector.add_argument(
        "--clientes",
        type=entero(1, MAX_CLIENTES),
        metavar="N",
        help="clientes de un modo, un paso o una carpeta (los que convienen)",
    )
    lector.add_argument(
        "--reproducir", type=Path, metavar="PELÍCULA", help="enseña una película ya guardada"
    )
    lector.add_argument(
        "--guardar", type=Path, metavar="RUTA.chatlab", help="guarda ahí la película"
    )
    lector.add_argument(
        "--exportar",
        type=Path,
        metavar="RUTA.html",
        help="guarda ahí la película en una página que se abre en cualquier sitio, sin chatlab",
    )
    lector.add_argument(
        "--sin-abrir", action="store_true", help="no abre el navegador: dice la dirección"
    )
    lector.add_argument(
        "--puerto-pagina",
        type=entero(0, 65535),
        default=0,
        metavar="N",
        help="puerto de la página (uno libre)",
    )
    lector.add_argument(
        "--sin-terminal",
        action="store_true",
        help="los programas van con tuberías, como donde no hay terminales",
    )
    opciones = lector.parse_args(palabras[:corte])
    opciones.para_todos = list(palabras[corte + 1 :])
    if opciones.reproducir is None and not opciones.que:
        lector.error("di qué quieres ver: un modo, un paso o tus programas")
    if opciones.reproducir is not None and (
        opciones.que or opciones.guardar or opciones.para_todos
    ):
        lector.error("con --reproducir no se arranca ni se guarda nada más")
    return opciones


# --- Programas -----------------------------------------------------------------------------------


def observar(opciones: Opciones) -> int:
    """Arranca los programas y los enseña."""
    pedido = leer_pedido(opciones.que, opciones.para_todos, opciones.clientes)
    exigir(*BIBLIOTECAS, extra="observador")
    # Aquí, porque necesitan lo que se acaba de exigir.
    from chatlab.observador.directo.carrete import Carrete
    from chatlab.observador.directo.sesion import Taquilla
    from chatlab.observador.directo.sesion import observar as empezar

    with tempfile.TemporaryDirectory(prefix="chatlab-") as carpeta:
        carrete = Carrete(opciones.guardar or Path(carpeta, "pelicula.chatlab"))
        taquilla = Taquilla(opciones.puerto_pagina, abrir=not opciones.sin_abrir)
        empezar(pedido, carrete, taquilla, con_tuberias=opciones.sin_terminal)
        # Antes de exportarla: si eso falla, que se sepa que guardada sí está.
        escribir(_donde_queda(opciones.guardar, carrete.error))
        if opciones.exportar is not None:
            exportar(carrete.archivo, opciones.exportar)
    if carrete.error is not None and (opciones.guardar or opciones.exportar):
        raise ErrorDeArchivo(f"{carrete.error} La película no está entera.")
    return 0


def _donde_queda(guardada: Path | None, error: ErrorDeArchivo | None) -> str:
    if guardada is None or error is not None:
        return "Los programas han terminado.\n"
    otra_vez = orden_chatlab(f'observar --reproducir "{guardada}"')
    return f"La película está en «{guardada}». Para verla otra vez:\n    {otra_vez}\n"


# --- Películas -----------------------------------------------------------------------------------


def reproducir(opciones: Opciones) -> int:
    """Enseña una película guardada o, con `--exportar`, la convierte en una página."""
    if not opciones.reproducir.is_file():
        raise ErrorDeArchivo(_por_que_no_hay_pelicula(opciones.reproducir))
    if opciones.exportar is not None:
        exportar(opciones.reproducir, opciones.exportar)
        return 0
    Grabacion.leer(opciones.reproducir)  # si no lo es, lo dice antes de abrir nada
    exigir(*BIBLIOTECAS, extra="observador")
    from chatlab.observador.directo.carrete import Carrete
    from chatlab.observador.directo.sesion import Taquilla, nombre_de_archivo, proyectar

    taquilla = Taquilla(opciones.puerto_pagina, abrir=not opciones.sin_abrir)
    carrete = Carrete(opciones.reproducir, escribir=False)
    proyectar(carrete, nombre_de_archivo(opciones.reproducir.stem), taquilla)
    return 0


def _por_que_no_hay_pelicula(ruta: Path) -> str:
    if ruta.is_dir():
        return f"«{ruta}» es una carpeta: di cuál de sus películas quieres ver."
    return f"«{ruta}» no es un archivo." if ruta.exists() else f"No existe la película «{ruta}»."


def exportar(pelicula: Path, destino: Path) -> None:
    """Convierte una película en una página suelta. Lanza `ErrorDeArchivo` si no puede."""
    guardar(destino, pagina_autonoma(Grabacion.leer(pelicula)))
    escribir(f"La página está en «{destino}»: se abre en cualquier navegador, sin red.\n")


if __name__ == "__main__":
    ejecutar(principal)
