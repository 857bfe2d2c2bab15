"""Enseña cada modo en marcha: programas de verdad que conversan en una sola terminal.

    python -m chatlab demo              los tres modos, en orden
    python -m chatlab demo difusion     solo uno

Cada actor es un proceso: el servidor y los clientes que también puedes arrancar tú. Aquí se les
teclea una conversación corta y se muestra la pantalla de todos, cada línea con el nombre de
quien la ve. Si algo de lo que se dice no llega a quien debe, la demostración lo cuenta y falla.
"""

from __future__ import annotations

from chatlab.demo.obras import OBRAS
from chatlab.demo.tablado import Tablado
from chatlab.modos import MODOS, Modo
from chatlab.programa.ejecutar import ejecutar
from chatlab.programa.opciones import Argumentos, analizador, orden_chatlab
from chatlab.terminal.salida import escribir
from chatlab.textos import sin_tildes


def principal(argumentos: Argumentos = None) -> int:
    """Enseña los modos pedidos; devuelve 0 si todo llegó a quien debía, y 1 si no."""
    elegidos = leer_modos(argumentos)
    for modo in elegidos:
        with Tablado(modo) as escenario:
            escenario.titulo()
            OBRAS[modo.nombre](escenario)
    escribir("\nTodo lo que se ha dicho ha llegado a quien debía.\n")
    if len(elegidos) > 1:
        escribir(f"Para ver uno solo: {orden_chatlab('demo ' + elegidos[-1].nombre)}\n")
    return 0


def leer_modos(argumentos: Argumentos) -> list[Modo]:
    """Los modos que hay que enseñar; si no se entiende la orden, termina con código 2."""
    lector = analizador("chatlab.ordenes.demo", "demo", __doc__, uso="[MODO]")
    lector.add_argument(
        "modo",
        nargs="?",
        type=sin_tildes,
        choices=OBRAS,
        metavar="MODO",
        help=f"{', '.join(OBRAS)}; si no dices ninguno, todos",
    )
    modo = lector.parse_args(argumentos).modo
    return [MODOS[elegido] for elegido in ([modo] if modo else OBRAS)]


if __name__ == "__main__":
    ejecutar(principal)
