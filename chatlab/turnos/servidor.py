"""El servidor de los turnos: espera a que el cliente hable, contesta, y así hasta el final.

    python -m chatlab.turnos.servidor

Conversa con un cliente detrás de otro. Quien llega mientras tanto espera en la antesala, que se lo
dice.
"""

from __future__ import annotations

import socket

from chatlab.programa import opciones
from chatlab.programa.ejecutar import ejecutar
from chatlab.programa.opciones import Argumentos
from chatlab.red.antesala import Antesala
from chatlab.red.anuncio import anunciar
from chatlab.red.sockets import escuchar
from chatlab.terminal.abrir import abrir_consola
from chatlab.turnos.conversacion import Conversacion, Final
from chatlab.turnos.teclado import Teclado


def principal(argumentos: Argumentos = None) -> int:
    """Conversa hasta que la persona se va; devuelve el código de salida."""
    elegidas = leer_opciones(argumentos)
    with escuchar(elegidas.host, elegidas.puerto) as escucha:
        anunciar(escucha, "turnos")
        teclado = Teclado(abrir_consola(), otro="cliente")
        try:
            atender_clientes(escucha, teclado)
        except KeyboardInterrupt:
            teclado.consola.mostrar("* El servidor se cierra.")
        finally:
            teclado.cerrar()
    return 0


def atender_clientes(escucha: socket.socket, teclado: Teclado) -> None:
    """Conversa con cada cliente que llega, hasta que la persona del servidor se despide."""
    mostrar = teclado.consola.mostrar
    for visita in Antesala(escucha).visitas(hasta=teclado.se_despide):
        mostrar(f"* Cliente conectado desde {visita.origen}. Empieza él; para irte, escribe salir")
        conversacion = Conversacion(
            visita.conexion, teclado, otro="Cliente", leido=bytes(visita.leido)
        )
        final = conversacion.conversar(empiezo_yo=False)
        if final is Final.ME_VOY:
            return
        mostrar(f"* El cliente {final.value}. Esperando a otro…")


def leer_opciones(argumentos: Argumentos) -> opciones.Opciones:
    """Lo que dice la línea de órdenes; si no se entiende, termina con código 2."""
    analizador = opciones.analizador("chatlab.turnos.servidor", "servidor turnos", __doc__)
    opciones.anadir_red_de_servidor(analizador)
    return analizador.parse_args(argumentos)


if __name__ == "__main__":
    ejecutar(principal)
