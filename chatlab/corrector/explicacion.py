"""Por qué ha fallado una comprobación, con todo lo que se sabe de la escena."""

from __future__ import annotations

from dataclasses import replace

from chatlab.corrector.diagnostico import avisos_del_codigo, explicar_error, explicar_sockets
from chatlab.corrector.escena import SERVIDOR, Escena
from chatlab.corrector.espia import ESPIA
from chatlab.corrector.hallazgo import Grado, Hallazgo, visto

#: Avisos del código que acompañan a un fallo: más serían ruido.
MAX_AVISOS = 2


def explicar_fallo(escena: Escena, comprobacion: str) -> list[Hallazgo]:
    """De más a menos seguro: el límite pasado, el error de Python, los sockets, el código.

    `comprobacion` es la clave de la que ha fallado.
    """
    if escena.jaula.exceso:
        return [visto(f"Se ha detenido: {escena.jaula.exceso}.")]
    carpeta = escena.jaula.carpeta
    for nombre, terminal in escena.terminales.items():
        if (error := explicar_error(terminal.pantalla, carpeta)) is not None:
            return [replace(error, de=nombre)]
    programas = [escena.entrega.servidor, escena.entrega.cliente]
    # Un servidor para una sola persona puede aceptar una vez: no es un descuido.
    hay_varios_clientes = len(escena.terminales.keys() - {SERVIDOR, ESPIA}) > 1
    avisos = avisos_del_codigo(
        carpeta, programas, varios=hay_varios_clientes, comprobacion=comprobacion
    )
    seguros = [aviso for aviso in avisos if aviso.grado is Grado.SE_SIGUE]
    sospechas = [aviso for aviso in avisos if aviso.grado is Grado.PUEDE_AYUDAR]
    return [*_explicar_sockets(escena), *(seguros + sospechas)[:MAX_AVISOS]]


def _explicar_sockets(escena: Escena) -> list[Hallazgo]:
    if ESPIA in escena.terminales:
        return []  # lo que ha pasado por el cable lo cuenta él mismo, en su pantalla
    nombres = {
        terminal.pid: nombre
        for nombre, terminal in escena.terminales.items()
        if terminal.pid is not None
    }
    return explicar_sockets(escena.testigo.sucesos(), nombres, desde=escena.desde)
