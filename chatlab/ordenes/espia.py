"""Enseña lo que pasa entre cliente y servidor, y puede provocar una falta.

    python -m chatlab servidor difusion                      escucha en el puerto 8000
    python -m chatlab espia --falta de-uno-en-uno            escucha en el 8001 y habla con el 8000
    python -m chatlab cliente difusion --puerto 8001         habla con el espía sin saberlo

El cliente llama al espía en lugar de llamar al servidor, y el espía llama al servidor por él. Vale
con cualquier programa que use TCP, y ninguno de los dos tiene que cambiar nada.
"""

from __future__ import annotations

import argparse

from chatlab.espia.bucle import Espia
from chatlab.espia.faltas import FALTAS, Falta
from chatlab.espia.llamada import Destino, buscar
from chatlab.espia.relato import Relato
from chatlab.programa import opciones
from chatlab.programa.ejecutar import al_pedir_el_final, ejecutar
from chatlab.programa.opciones import Analizador, Argumentos, Opciones
from chatlab.red.anuncio import anunciar
from chatlab.red.direcciones import leer_direccion
from chatlab.red.sockets import escuchar
from chatlab.terminal.diario import Diario
from chatlab.terminal.salida import escribir

#: El puerto de los clientes: el siguiente al de los servidores.
PUERTO = opciones.PUERTO + 1
#: Bytes que se enseñan de cada trozo.
MUESTRA = 100
#: Cómo se dice cada sentido.
SENTIDOS = {
    "subida": "del cliente al servidor",
    "bajada": "del servidor al cliente",
    "ambos": "en los dos sentidos",
}


def principal(argumentos: Argumentos = None) -> int:
    """Espía hasta Ctrl+C; devuelve el código de salida. Lanza `ErrorDeRed` si no puede escuchar."""
    elegidas = leer_opciones(argumentos)
    destino = buscar(*elegidas.hacia)
    with escuchar(elegidas.host, elegidas.puerto) as escucha:
        anunciar(escucha, "difusion")
        escribir(presentacion(destino, elegidas))
        diario = Diario()
        espia = Espia(
            escucha, destino, lambda: elegir_faltas(elegidas), Relato(diario, elegidas.muestra)
        )
        # Ctrl+C no debe dejar una vuelta a medias: solo pide que sea la última.
        al_pedir_el_final(espia.terminar)
        try:
            espia.atender()
            diario.anotar("Espía cerrado.")
        finally:
            diario.cerrar()
    return 0


def presentacion(destino: Destino, elegidas: Opciones) -> str:
    """Con quién habla el espía, y qué falta va a provocar."""
    hacia = f"Enseño lo que va y viene entre cada cliente y {destino.escrito}.\n"
    if elegidas.falta is None:
        return f"{hacia}Sin faltas: todo pasa como llega.\n"
    resumen = FALTAS[elegidas.falta].resumen.format(valor=elegidas.valor)
    return f"{hacia}Falta, {SENTIDOS[elegidas.sentido]}: {resumen}.\n"


def elegir_faltas(elegidas: Opciones) -> tuple[Falta, Falta]:
    """La falta de la subida y la de la bajada, nuevas, para un cliente que acaba de llegar."""

    def para(sentido: str) -> Falta:
        if elegidas.falta is None or elegidas.sentido not in (sentido, "ambos"):
            return Falta()
        return FALTAS[elegidas.falta](elegidas.valor)

    return para("subida"), para("bajada")


# --- Las opciones ------------------------------------------------------------------------------


def leer_opciones(argumentos: Argumentos) -> Opciones:
    """Lo que dice la línea de órdenes; si no se entiende, termina con código 2."""
    lector = opciones.analizador("chatlab.ordenes.espia", "espia", __doc__)
    lector.formatter_class = argparse.RawDescriptionHelpFormatter
    lector.epilog = _ayuda_de_las_faltas()
    _anadir_opciones(lector)
    elegidas = lector.parse_args(argumentos)
    _completar(lector, elegidas)
    return elegidas


def _anadir_opciones(lector: Analizador) -> None:
    lector.add_argument(
        "--escucha",
        "--puerto",
        dest="puerto",
        type=opciones.entero(0, 65535),
        default=PUERTO,
        metavar="N",
        help="puerto al que llaman los clientes; 0 pide uno libre (%(default)s)",
    )
    lector.add_argument(
        "--host",
        type=opciones.no_vacio,
        default=opciones.HOST,
        help="dirección de esta máquina en la que escuchar (%(default)s)",
    )
    lector.add_argument(
        "--hacia",
        type=leer_direccion,
        default=f"{opciones.HOST}:{opciones.PUERTO}",
        metavar="HOST:PUERTO",
        help="dónde está el servidor (%(default)s)",
    )
    lector.add_argument(
        "--falta", choices=FALTAS, metavar="FALTA", help="la que se provoca (ninguna)"
    )
    lector.add_argument(
        "--sentido",
        choices=SENTIDOS,
        metavar="SENTIDO",
        help="dónde: subida, del cliente al servidor; bajada, al revés; ambos",
    )
    lector.add_argument(
        "--valor", type=opciones.entero(0), metavar="N", help="cuánto; cada falta tiene el suyo"
    )
    lector.add_argument(
        "--muestra",
        type=opciones.entero(0),
        default=MUESTRA,
        metavar="N",
        help="bytes que se enseñan de cada trozo (%(default)s)",
    )


def _ayuda_de_las_faltas() -> str:
    lineas = [
        f"  {nombre:<14} {falta.resumen.format(valor='N')} ({falta.por_defecto}; {falta.sentido})"
        for nombre, falta in FALTAS.items()
    ]
    return "\n".join(["faltas (entre paréntesis, el valor y el sentido si no los dices):", *lineas])


def _completar(lector: Analizador, elegidas: Opciones) -> None:
    """Pone lo que la falta usa si no se dice; termina con código 2 si algo no encaja."""
    if elegidas.hacia == (elegidas.host, elegidas.puerto):
        lector.error("--escucha y --hacia son el mismo sitio, y el espía se llamaría a sí mismo")
    if elegidas.falta is None:
        for opcion in ("sentido", "valor"):
            if getattr(elegidas, opcion) is not None:
                lector.error(f"--{opcion} es de una falta, y no has elegido ninguna con --falta")
        return
    falta = FALTAS[elegidas.falta]
    elegidas.sentido = elegidas.sentido or falta.sentido
    elegidas.valor = falta.por_defecto if elegidas.valor is None else elegidas.valor
    if elegidas.valor < falta.minimo:
        lector.error(f"--valor: en la falta {elegidas.falta} debe ser {falta.minimo} o más")


if __name__ == "__main__":
    ejecutar(principal)
