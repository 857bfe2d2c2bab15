"""El cliente de los turnos: habla primero, espera la respuesta, y así hasta el final.

python -m chatlab.turnos.cliente
"""

from __future__ import annotations

from chatlab.errores import ErrorDeRed
from chatlab.programa import opciones
from chatlab.programa.ejecutar import ejecutar
from chatlab.programa.opciones import Argumentos
from chatlab.red.fallos import SE_HA_CORTADO
from chatlab.red.sockets import conectar
from chatlab.terminal.abrir import abrir_consola
from chatlab.turnos.conversacion import Conversacion, Final
from chatlab.turnos.teclado import Teclado


def principal(argumentos: Argumentos = None) -> int:
    """Conversa hasta que alguien se va; devuelve el código de salida."""
    elegidas = leer_opciones(argumentos)
    with conectar(elegidas.host, elegidas.puerto, "turnos") as conexion:
        consola = abrir_consola()
        consola.mostrar(f"* Conectado a {elegidas.host}. Escribe salir para irte.")
        teclado = Teclado(consola, otro="servidor")
        try:
            final = Conversacion(conexion, teclado, otro="Servidor").conversar(empiezo_yo=True)
        finally:
            teclado.cerrar()
    if final is Final.SE_CORTO:
        raise ErrorDeRed(SE_HA_CORTADO)
    if final is Final.SE_FUE:
        consola.mostrar("* El servidor ha salido.")
    return 0


def leer_opciones(argumentos: Argumentos) -> opciones.Opciones:
    """Lo que dice la línea de órdenes; si no se entiende, termina con código 2."""
    analizador = opciones.analizador("chatlab.turnos.cliente", "cliente turnos", __doc__)
    opciones.anadir_red_de_cliente(analizador)
    return analizador.parse_args(argumentos)


if __name__ == "__main__":
    ejecutar(principal)
