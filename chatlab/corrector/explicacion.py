"""Por qué ha fallado una comprobación, con todo lo que se sabe de la escena."""

from __future__ import annotations

from chatlab.corrector.diagnostico import avisos_del_codigo, explicar_error, explicar_sockets
from chatlab.corrector.escena import SERVIDOR, Escena
from chatlab.corrector.espia import ESPIA

#: Avisos del código que acompañan a un fallo: más serían ruido.
MAX_AVISOS = 2


def explicar_fallo(escena: Escena, comprobacion: str) -> str:
    """De más a menos seguro: el límite pasado, el error de Python, los sockets, el código.

    `comprobacion` es la clave de la que ha fallado.
    """
    if escena.jaula.exceso:
        return f"Se ha detenido: {escena.jaula.exceso}."
    carpeta = escena.jaula.carpeta
    for terminal in escena.terminales.values():
        if (diagnostico := explicar_error(terminal.pantalla, carpeta)) is not None:
            return diagnostico.redactar()
    frases = [_explicar_sockets(escena)]
    programas = [escena.entrega.servidor, escena.entrega.cliente]
    # Un servidor para una sola persona puede aceptar una vez: no es un descuido.
    hay_varios_clientes = len(escena.terminales.keys() - {SERVIDOR, ESPIA}) > 1
    avisos = avisos_del_codigo(
        carpeta, programas, varios=hay_varios_clientes, comprobacion=comprobacion
    )
    frases += avisos[:MAX_AVISOS]
    return "\n".join(filter(None, frases))


def _explicar_sockets(escena: Escena) -> str:
    if ESPIA in escena.terminales:
        return ""  # lo que ha pasado por el cable lo cuenta él mismo, en su pantalla
    nombres = {
        terminal.pid: nombre
        for nombre, terminal in escena.terminales.items()
        if terminal.pid is not None
    }
    return explicar_sockets(escena.testigo.sucesos(), nombres, desde=escena.desde)
