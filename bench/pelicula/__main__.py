"""Mide lo que cuesta mirar unos programas con la sonda puesta y grabando.

python -m bench.pelicula                dos minutos
python -m bench.pelicula --rondas 1     algo rápido
"""

from __future__ import annotations

import argparse

from bench.pelicula import a_toda, en_clase
from chatlab.programa.ejecutar import ejecutar
from chatlab.programa.opciones import Analizador, Argumentos, entero
from chatlab.terminal.salida import escribir

RONDAS = 5
MENSAJES = 150


def principal(argumentos: Argumentos = None) -> int:
    """Mide y escribe las dos tablas; devuelve 0."""
    lector = Analizador(
        prog="python -m bench.pelicula",
        usage="%(prog)s [opciones]",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    lector.add_argument(
        "--rondas",
        type=entero(1),
        default=RONDAS,
        metavar="N",
        help="veces que se mide cada escenario; se da la mediana (%(default)s)",
    )
    opciones = lector.parse_args(argumentos)
    escribir(f"{en_clase_como_tabla(en_clase.medir(MENSAJES))}\n")
    escribir("| escenario | entregas/s sin mirar | mirando | parte | µs de CPU por entrega |\n")
    escribir("| --- | --- | --- | --- | --- |\n")
    for escenario in a_toda.ESCENARIOS:
        escribir(a_toda_como_fila(a_toda.medir(escenario, opciones.rondas)))
    return 0


def en_clase_como_tabla(clase: en_clase.Clase) -> str:
    """Una tabla de Markdown con lo medido a ritmo de clase."""
    filas = [
        f"A ritmo de clase: {clase.mensajes} mensajes en {clase.segundos:.0f} s.",
        "",
        "| | sin mirar | mirando | de más |",
        "| --- | --- | --- | --- |",
        _fila("CPU por mensaje, en ms", clase.sin.cpu, clase.mirando.cpu, 1000 / clase.mensajes),
        _fila("latencia, en ms", clase.sin.latencia, clase.mirando.latencia, 1),
        _fila("CPU, en % de un núcleo", clase.sin.cpu, clase.mirando.cpu, 100 / clase.segundos),
    ]
    return "\n".join([*filas, ""])


def _fila(que: str, sin: float, mirando: float, por: float) -> str:
    return f"| {que} | {sin * por:.2f} | {mirando * por:.2f} | {100 * (mirando / sin - 1):+.1f} % |"


def a_toda_como_fila(carreras: a_toda.Carreras) -> str:
    """Una fila de la tabla de un servidor a toda velocidad."""
    (sin, mirando), (cpu_sin, cpu_mirando) = carreras.entregas, carreras.cpu
    return (
        f"| {carreras.escenario.titulo} | {sin:,.0f} | {mirando:,.0f} | {carreras.parte:.2f} "
        f"| {cpu_sin:.2f} y {cpu_mirando:.2f} |\n"
    )


if __name__ == "__main__":
    ejecutar(principal)
