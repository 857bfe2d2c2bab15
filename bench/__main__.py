"""Compara los servidores de chatlab con otros, en esta máquina y por turnos.

    python -m bench                                  todo: unos doce minutos
    python -m bench --rondas 1 --escenario 100x1     algo rápido
    python -m bench --servidor eventos --servidor redis

Escribe lo medido, las tablas y el dibujo en la carpeta de `--salida`.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bench import grafica, tablas
from bench.escenarios import ESCENARIOS
from bench.resultados import Resultados
from bench.servidores.catalogo import Candidato, candidatos
from bench.turnos import medir_todo
from chatlab.errores import ErrorParaPersonas
from chatlab.programa.ejecutar import ejecutar
from chatlab.programa.opciones import Analizador, Argumentos, Opciones, entero
from chatlab.terminal.salida import escribir

RONDAS = 5
SALIDA = Path("mediciones")


class SinServidores(ErrorParaPersonas):
    """No hay ninguno que se pueda medir."""


def principal(argumentos: Argumentos = None) -> int:
    """Mide lo que se pida, lo guarda y enseña las tablas; devuelve 0."""
    opciones = leer_opciones(argumentos)
    elegidos = los_instalados(
        [uno for uno in candidatos() if not opciones.servidor or uno.nombre in opciones.servidor]
    )
    escenarios = [
        uno for uno in ESCENARIOS if not opciones.escenario or uno.clave in opciones.escenario
    ]
    resultados = medir_todo(elegidos, escenarios, opciones.rondas, lambda que: escribir(f"{que}\n"))
    guardar(resultados, opciones.salida)
    escribir(f"\n{tablas.todas(resultados)}\nGuardado en {opciones.salida}.\n")
    return 0


def los_instalados(elegidos: list[Candidato]) -> list[Candidato]:
    """Los que se pueden medir; de los demás dice qué falta.

    Lanza `SinServidores` si no queda ninguno.
    """
    for uno in elegidos:
        if uno.falta:
            sys.stderr.write(f"Sin {uno.nombre}: no está instalado. Para medirlo: {uno.falta}\n")
    instalados = [uno for uno in elegidos if not uno.falta]
    if not instalados:
        raise SinServidores("Ninguno de esos servidores está instalado.")
    return instalados


def guardar(resultados: Resultados, carpeta: Path) -> None:
    """Deja en esa carpeta lo medido, una tabla por archivo y el dibujo."""
    carpeta.mkdir(parents=True, exist_ok=True)
    resultados.guardar(carpeta / "resultados.json")
    for nombre, tabla in tablas.por_nombre(resultados).items():
        (carpeta / f"{nombre}.md").write_text(tabla, encoding="utf-8")
    grafica.dibujar(resultados, carpeta)


def leer_opciones(argumentos: Argumentos) -> Opciones:
    lector = Analizador(
        prog="python -m bench",
        usage="%(prog)s [opciones]",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    nombres = [uno.nombre for uno in candidatos()]
    claves = [uno.clave for uno in ESCENARIOS]
    lector.add_argument(
        "--servidor",
        action="append",
        choices=nombres,
        metavar="SERVIDOR",
        help="solo ese; se puede repetir: " + ", ".join(nombres),
    )
    lector.add_argument(
        "--escenario",
        action="append",
        choices=claves,
        metavar="ESCENARIO",
        help="solo ese; se puede repetir: " + ", ".join(claves),
    )
    lector.add_argument(
        "--rondas",
        type=entero(1),
        default=RONDAS,
        metavar="N",
        help="veces que se mide cada uno; se da la mediana (%(default)s)",
    )
    lector.add_argument(
        "--salida",
        type=Path,
        default=SALIDA,
        metavar="CARPETA",
        help="dónde se guarda lo medido (%(default)s)",
    )
    return lector.parse_args(argumentos)


if __name__ == "__main__":
    ejecutar(principal)
