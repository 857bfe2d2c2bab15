"""Ataca al servidor de cada cual, y dice cuál aguanta más. Cada subcarpeta es una entrega.

python -m chatlab torneo CARPETA

Los ataques son los de la lección 06, y los servidores se ejecutan encerrados, como al corregir.
"""

from __future__ import annotations

from pathlib import Path

from chatlab.corrector.entrega.encargo import PorCorregir
from chatlab.corrector.taller.clase import corregir_clase, entregas_de_la_clase, nucleos
from chatlab.corrector.taller.taller import PLAZO, Taller
from chatlab.curso.ficha import leer_ficha
from chatlab.curso.lecciones import Leccion, lecciones
from chatlab.errores import ErrorParaPersonas
from chatlab.programa.ejecutar import ejecutar
from chatlab.programa.instalacion import exigir
from chatlab.programa.opciones import Argumentos, analizador, entero


def principal(argumentos: Argumentos = None) -> int:
    """Ataca a todos y escribe la clasificación; devuelve 0."""
    lector = analizador("chatlab.ordenes.torneo", "torneo", __doc__, uso="CARPETA [opciones]")
    lector.add_argument("carpeta", type=Path, metavar="CARPETA", help="la de las entregas")
    lector.add_argument(
        "--a-la-vez",
        type=entero(1, 64),
        default=nucleos(),
        metavar="N",
        help="servidores que se atacan a la vez (%(default)s)",
    )
    opciones = lector.parse_args(argumentos)
    exigir("pytest", "rich", extra="corrector")
    atacar(opciones.carpeta, opciones.a_la_vez)
    return 0


def atacar(carpeta: Path, a_la_vez: int) -> None:
    """Corrige cada entrega con los ataques y escribe la tabla. Lanza `ErrorDeArchivo`."""
    from rich.console import Console

    from chatlab.corrector.informes.terminal_de_clase import BarraDeClase
    from chatlab.corrector.informes.torneo import escribir_torneo

    leccion = la_de_los_ataques()
    encargos = [PorCorregir(leccion, entrega) for entrega in entregas_de_la_clase(carpeta)]
    avisos = Console(stderr=True, highlight=False)
    with Taller(PLAZO) as taller, BarraDeClase(avisos, len(encargos)) as barra:
        informes = corregir_clase(taller, encargos, a_la_vez, barra.avanza)
    escribir_torneo(Console(highlight=False), informes, leer_ficha(leccion.ficha).ataques)


def la_de_los_ataques() -> Leccion:
    """La lección cuya ficha los tiene. Lanza `ErrorParaPersonas` si no la hay."""
    for leccion in lecciones():
        if leer_ficha(leccion.ficha).ataques:
            return leccion
    raise ErrorParaPersonas("Ninguna lección de este chatlab tiene ataques.")


if __name__ == "__main__":
    ejecutar(principal)
