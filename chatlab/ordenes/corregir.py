"""Corrige el ejercicio de una lección: qué hace bien, qué falla, por qué y cómo se arregla.

    python -m chatlab corregir 03                      tu ejercicio
    python -m chatlab corregir 03 entregas/Ana         el de una carpeta
    python -m chatlab corregir 03 --clase entregas --informe notas.html --csv notas.csv

Ejecuta los programas de verdad, como lo haría una persona, y mira lo que se ve en sus pantallas.
El código es 0 si el nivel básico está superado; con `--clase`, si se pudieron corregir todas.
"""

from __future__ import annotations

from argparse import ArgumentTypeError
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from chatlab.corrector.entrega.buscar import nombre_si_esta
from chatlab.corrector.entrega.como_se_usa import ErrorDeUso, leer_respuesta
from chatlab.corrector.entrega.encargo import PorCorregir
from chatlab.corrector.modelo import Informe
from chatlab.corrector.rubrica import leer_rubrica
from chatlab.corrector.taller.avance import (
    Avance,
    carpeta_de_ejercicios,
    carpeta_de_la_entrega,
    huella_de,
)
from chatlab.corrector.taller.clase import corregir_clase, entregas_de_la_clase, nucleos
from chatlab.corrector.taller.taller import NO_SE_PUDO, PLAZO, Taller
from chatlab.curso.lecciones import Leccion, leer_leccion
from chatlab.errores import ErrorDeArchivo, ErrorParaPersonas
from chatlab.programa.archivos import guardar
from chatlab.programa.ejecutar import ejecutar
from chatlab.programa.instalacion import exigir
from chatlab.programa.opciones import (
    Analizador,
    Argumentos,
    Opciones,
    analizador,
    entero,
    orden_chatlab,
)
from chatlab.terminal.salida import escribir

#: Lo que hay que tener instalado para corregir, y además para escribir la página.
BIBLIOTECAS = ("pytest", "rich")
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
    opciones = lector.parse_args(argumentos)
    if opciones.clase is not None and opciones.carpeta is not None:
        lector.error("di una carpeta o una clase con --clase, no las dos cosas")
    return opciones


def anadir_que_corregir(lector: Analizador) -> None:
    """Añade la lección, la carpeta y lo que hay que saber de una entrega para corregirla."""
    lector.add_argument(
        "leccion", type=leer_leccion, metavar="LECCIÓN", help="03, 3, 03_difusion o difusión"
    )
    lector.add_argument(
        "carpeta",
        nargs="?",
        type=Path,
        metavar="CARPETA",
        help="donde están los programas (la de «chatlab empezar» o la actual)",
    )
    for papel in ("servidor", "cliente"):
        lector.add_argument(
            f"--{papel}", metavar="NOMBRE", help=f"nombre del programa {papel}, si es otro"
        )
    lector.add_argument(
        "--responde",
        action="append",
        type=respuesta_dictada,
        default=[],
        metavar="P=R",
        help="contesta R a las preguntas que contengan P; se puede repetir",
    )
    lector.add_argument(
        "--plazo",
        type=entero(5, 86_400),
        default=round(PLAZO),
        metavar="SEGUNDOS",
        help="los que puede durar la corrección de una entrega (%(default)s)",
    )
    lector.add_argument(
        "--rubrica", type=Path, metavar="RUTA", help="archivo TOML con los puntos que valen"
    )


def respuesta_dictada(texto: str) -> str:
    """Comprueba lo que se escribe detrás de `--responde`, antes de corregir a nadie."""
    try:
        leer_respuesta(texto)
    except ErrorDeUso as error:
        raise ArgumentTypeError(str(error)) from None
    return texto


def comprobar_que_se_puede(opciones: Opciones) -> None:
    """Lanza un `ErrorParaPersonas` si falta algo sin lo que no se puede empezar."""
    leccion: Leccion = opciones.leccion
    if not leccion.comprobaciones.is_file():
        raise ErrorParaPersonas(f"La {leccion.rotulo} no tiene ejercicio que corregir.")
    exigir(*BIBLIOTECAS, extra="corrector")
    if opciones.rubrica is not None:
        leer_rubrica(opciones.rubrica)


def comprobar_que_se_puede_guardar(opciones: Opciones) -> None:
    """Como la anterior, para los archivos pedidos: mejor saberlo antes de corregir a una clase."""
    if opciones.informe is not None:
        exigir(*BIBLIOTECAS_DE_LA_PAGINA, extra="corrector")
    for ruta in filter(None, (opciones.junit, opciones.informe, opciones.csv)):
        if ruta.is_dir():
            raise ErrorDeArchivo(f"No puedo escribir «{ruta}»: ya hay una carpeta con ese nombre.")
        if not ruta.parent.is_dir():
            raise ErrorDeArchivo(f"No puedo escribir «{ruta}»: no existe la carpeta donde va.")


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
    return 0 if informe.aprobado else 1


def corregir_carpeta(taller: Taller, opciones: Opciones, carpeta: Path) -> Informe:
    """Corrige la entrega de una carpeta; en una terminal se ve que algo está pasando."""
    from rich.console import Console

    with Console(stderr=True).status(f"Corrigiendo la {opciones.leccion.rotulo}…"):
        return taller.corregir(_encargo(opciones, carpeta))


def ensenar(opciones: Opciones, carpeta: Path, informe: Informe, *, detalle: bool = False) -> None:
    """Escribe el informe en la terminal."""
    from rich.console import Console

    from chatlab.corrector.informes.terminal import escribir_informe

    leccion: Leccion = opciones.leccion
    consola = Console(highlight=False)
    titulo = f"{leccion.rotulo} · {corta(carpeta)}"
    escribir_informe(consola, informe, titulo, detalle=detalle)
    fallos = informe.puntos < informe.puntos_posibles
    ejercicios = carpeta_de_ejercicios(carpeta)
    if fallos and ejercicios is not None:
        donde = (
            ""
            if carpeta_de_ejercicios(Path()) == ejercicios
            else f" --carpeta {_citada(ejercicios)}"
        )
        pista = orden_chatlab(f"pista {leccion.numero}{donde}")
        consola.print(f"Para una pista: {pista}", style="dim", markup=False, soft_wrap=True)


def _citada(carpeta: Path) -> str:
    """La carpeta como se teclea: entre comillas si tiene espacios."""
    texto = str(corta(carpeta))
    return f'"{texto}"' if " " in texto else texto


def corta(carpeta: Path) -> Path:
    """La carpeta vista desde la actual, si está dentro de ella."""
    absoluta, aqui = carpeta.resolve(), Path.cwd()
    return absoluta.relative_to(aqui) if aqui in absoluta.parents else carpeta


def recordar(opciones: Opciones, carpeta: Path, informe: Informe) -> None:
    """Recuerda la corrección, y dice si los programas son los mismos que la última vez.

    La nota se apunta en el avance si es de quien aprende, nunca si es una entrega ajena: es suya si
    está en una carpeta de `chatlab empezar` o si se corrige sin decir la carpeta.
    """
    if informe.problema or informe.provisional:
        return
    ejercicios = carpeta_de_ejercicios(carpeta)
    if ejercicios is None and opciones.carpeta is None:
        ejercicios = Path()
    avance = Avance(ejercicios or carpeta)
    if ejercicios is not None:
        avance.anotar(opciones.leccion, informe)
    if avance.es_la_misma(opciones.leccion, huella_de(carpeta)):
        informe.avisos.append("No has cambiado nada desde la última vez.")
    avance.guardar_o_avisar()


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


def _encargo(opciones: Opciones, carpeta: Path) -> PorCorregir:
    return PorCorregir(
        opciones.leccion,
        carpeta,
        opciones.servidor,
        opciones.cliente,
        opciones.rubrica,
        tuple(opciones.responde),
    )


def _encargo_de_la_clase(opciones: Opciones, carpeta: Path) -> PorCorregir:
    """En una clase, cada cual llama a sus programas a su manera: un nombre vale donde lo hay."""
    return replace(
        _encargo(opciones, carpeta),
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
