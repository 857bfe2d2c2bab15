"""Corrige el ejercicio de una lección: qué hace bien, qué falla, por qué y cómo se arregla.

    python -m chatlab corregir 03                      tu ejercicio
    python -m chatlab corregir 03 entregas/Ana         el de una carpeta
    python -m chatlab corregir 03 --ver                y abre la película de lo que falla
    python -m chatlab corregir 03 --clase entregas --informe notas.html --csv notas.csv

Ejecuta los programas de verdad, como lo haría una persona, y mira lo que se ve en sus pantallas.
El código es 0 si el nivel básico está superado; con `--clase`, si se pudieron corregir todas.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from chatlab.corrector.entrega.buscar import nombre_si_esta
from chatlab.corrector.entrega.encargo import PorCorregir
from chatlab.corrector.modelo import Informe
from chatlab.corrector.taller.avance import carpeta_de_la_entrega
from chatlab.corrector.taller.clase import corregir_clase, entregas_de_la_clase, nucleos
from chatlab.corrector.taller.pedido import (
    anadir_que_corregir,
    comprobar_que_se_puede,
    corregir_carpeta,
    encargo_de,
    ensenar,
    recordar,
)
from chatlab.corrector.taller.taller import NO_SE_PUDO, Taller
from chatlab.programa.archivos import comprobar_que_se_puede_escribir, guardar
from chatlab.programa.ejecutar import ejecutar
from chatlab.programa.instalacion import exigir
from chatlab.programa.opciones import (
    Argumentos,
    Opciones,
    analizador,
    entero,
)
from chatlab.terminal.salida import escribir

#: Lo que hay que tener instalado, además, para escribir la página.
BIBLIOTECAS_DE_LA_PAGINA = ("jinja2",)


def principal(argumentos: Argumentos = None) -> int:
    """Corrige lo que se pida y enseña el informe; devuelve 0 o 1."""
    opciones = leer_opciones(argumentos)
    comprobar_que_se_puede(opciones)
    comprobar_que_se_puede_guardar(opciones)
    if opciones.clase is not None:
        return corregir_la_clase(opciones)
    return corregir_una(opciones)


# --- Las opciones --------------------------------------------------------------------------------


def leer_opciones(argumentos: Argumentos) -> Opciones:
    """Lo que dice la línea de órdenes; si no se entiende, termina con código 2."""
    lector = analizador(
        "chatlab.ordenes.corregir", "corregir", __doc__, uso="LECCIÓN [CARPETA] [opciones]"
    )
    anadir_que_corregir(lector)
    lector.add_argument(
        "--clase", type=Path, metavar="CARPETA", help="corrige cada subcarpeta: son las entregas"
    )
    lector.add_argument(
        "--a-la-vez",
        type=entero(1, 64),
        default=nucleos(),
        metavar="N",
        help="entregas de la clase que se corrigen a la vez (%(default)s)",
    )
    lector.add_argument(
        "--detalle", action="store_true", help="enseña también lo que se hizo y lo que se vio"
    )
    lector.add_argument("--json", action="store_true", help="escribe el informe como JSON")
    for opcion, que in (
        ("--junit", "el informe como JUnit XML"),
        ("--informe", "el informe como página web, sin nada de fuera"),
        ("--csv", "las notas para la hoja de cálculo"),
    ):
        lector.add_argument(opcion, type=Path, metavar="RUTA", help=f"guarda ahí {que}")
    lector.add_argument(
        "--ver",
        action="store_true",
        help="abre en el navegador la película de lo primero que falla",
    )
    lector.add_argument(
        "--sin-peliculas",
        action="store_true",
        help="no pone en la página las películas de lo que falla: ocupa menos",
    )
    opciones = lector.parse_args(argumentos)
    if opciones.clase is not None and opciones.carpeta is not None:
        lector.error("di una carpeta o una clase con --clase, no las dos cosas")
    if opciones.clase is not None and opciones.ver:
        lector.error("--ver es para una entrega; las de una clase van en la página de --informe")
    return opciones


def comprobar_que_se_puede_guardar(opciones: Opciones) -> None:
    """Lo mismo de los archivos pedidos: mejor saberlo antes de corregir a una clase."""
    if opciones.informe is not None:
        exigir(*BIBLIOTECAS_DE_LA_PAGINA, extra="corrector")
    for ruta in filter(None, (opciones.junit, opciones.informe, opciones.csv)):
        comprobar_que_se_puede_escribir(ruta)


# --- Una entrega ---------------------------------------------------------------------------------


def corregir_una(opciones: Opciones) -> int:
    """Corrige una entrega y enseña su informe."""
    carpeta = carpeta_de_la_entrega(opciones.leccion, opciones.carpeta)
    with Taller(opciones.plazo) as taller:
        informe = corregir_carpeta(taller, opciones, carpeta)
    recordar(opciones, carpeta, informe)
    if opciones.json:
        from chatlab.corrector.informes import json

        escribir(json.de_una(informe))
    else:
        ensenar(opciones, carpeta, informe, detalle=opciones.detalle)
    _guardar_informes(opciones, [informe], f"{opciones.leccion.rotulo} · {informe.entrega}")
    if opciones.ver:
        from chatlab.corrector.taller.cine import ver_la_primera

        # Con --json, por la salida solo va el JSON.
        salida = sys.stderr if opciones.json else sys.stdout
        print(ver_la_primera(informe, carpeta), file=salida)
    return 0 if informe.aprobado else 1


# --- Una clase -----------------------------------------------------------------------------------


def corregir_la_clase(opciones: Opciones) -> int:
    """Corrige todas las subcarpetas y enseña una tabla."""
    from rich.console import Console

    from chatlab.corrector.informes.terminal_de_clase import BarraDeClase

    entregas = entregas_de_la_clase(opciones.clase)
    encargos = [_encargo_de_la_clase(opciones, carpeta) for carpeta in entregas]
    # La barra va por la salida de errores: así `> tabla.txt` solo se lleva la tabla.
    avisos = Console(stderr=True, highlight=False)
    with Taller(opciones.plazo) as taller, BarraDeClase(avisos, len(encargos)) as barra:
        informes = corregir_clase(taller, encargos, opciones.a_la_vez, barra.avanza)
    if opciones.json:
        from chatlab.corrector.informes import json

        escribir(json.de_la_clase(informes))
    else:
        _ensenar_clase(opciones, informes)
    clase = opciones.clase.resolve().name
    _guardar_informes(opciones, informes, f"{opciones.leccion.rotulo} · {clase}")
    averias = [uno for uno in informes if uno.provisional or uno.problema.startswith(NO_SE_PUDO)]
    return 1 if averias else 0


def _ensenar_clase(opciones: Opciones, informes: Sequence[Informe]) -> None:
    from rich.console import Console

    from chatlab.corrector.informes.resumen import resumir
    from chatlab.corrector.informes.terminal import escribir_informe
    from chatlab.corrector.informes.terminal_de_clase import escribir_clase

    consola = Console(highlight=False)
    if opciones.detalle:
        for informe in informes:
            titulo = f"{opciones.leccion.rotulo} · {informe.entrega}"
            escribir_informe(consola, informe, titulo, detalle=True)
            consola.rule()
    escribir_clase(consola, informes, resumir(informes))


# --- Común ---------------------------------------------------------------------------------------


def _encargo_de_la_clase(opciones: Opciones, carpeta: Path) -> PorCorregir:
    """En una clase, cada cual llama a sus programas a su manera: un nombre vale donde lo hay."""
    return replace(
        encargo_de(opciones, carpeta),
        servidor=nombre_si_esta(carpeta, opciones.servidor),
        cliente=nombre_si_esta(carpeta, opciones.cliente),
    )


def _guardar_informes(opciones: Opciones, informes: Sequence[Informe], titulo: str) -> None:
    """Escribe los archivos que se hayan pedido."""
    if opciones.junit is not None:
        from chatlab.corrector.informes import junit

        guardar(opciones.junit, junit.de_la_clase(informes))
    if opciones.csv is not None:
        from chatlab.corrector.informes import csv

        guardar(opciones.csv, csv.de_la_clase(informes), codificacion=csv.CODIFICACION)
    if opciones.informe is not None:
        from chatlab.corrector.informes import html

        guardar(opciones.informe, html.de_la_clase(informes, titulo, datetime.now()))


if __name__ == "__main__":
    ejecutar(principal)
