"""Corrige el ejercicio otra vez cada vez que guardas un archivo. Con Ctrl+C se acaba.

python -m chatlab vigilar 03
python -m chatlab vigilar 03 mi_carpeta
"""

from __future__ import annotations

import time
from pathlib import Path

from chatlab.chat.protocolo import limpiar
from chatlab.corrector.entrega import que_falta
from chatlab.corrector.entrega.vigilante import esperar_cambio, fotografiar, que_cambio
from chatlab.corrector.taller.avance import carpeta_de_la_entrega
from chatlab.corrector.taller.pedido import (
    anadir_que_corregir,
    comprobar_que_se_puede,
    corregir_carpeta,
    corta,
    ensenar,
    recordar,
)
from chatlab.corrector.taller.taller import Taller
from chatlab.errores import ErrorDeArchivo
from chatlab.programa.ejecutar import ejecutar
from chatlab.programa.opciones import Argumentos, Opciones, analizador
from chatlab.terminal.salida import escribir
from chatlab.textos import enumerar


def principal(argumentos: Argumentos = None) -> int:
    """Corrige hasta que se pulse Ctrl+C, y devuelve 0."""
    lector = analizador(
        "chatlab.ordenes.vigilar", "vigilar", __doc__, uso="LECCIÓN [CARPETA] [opciones]"
    )
    anadir_que_corregir(lector)
    opciones = lector.parse_args(argumentos)
    comprobar_que_se_puede(opciones)
    carpeta = carpeta_de_la_entrega(opciones.leccion, opciones.carpeta)
    if not carpeta.is_dir():
        raise ErrorDeArchivo(que_falta.no_existe(carpeta))
    try:
        with Taller(opciones.plazo) as taller:
            vigilar(taller, opciones, carpeta)
    except KeyboardInterrupt:
        escribir("\nHe dejado de vigilar.\n")
    return 0


def vigilar(taller: Taller, opciones: Opciones, carpeta: Path) -> None:
    """Corrige, espera a que cambie algo y vuelve a empezar. Solo acaba con Ctrl+C."""
    while True:
        # La foto es de antes de corregir: lo que se guarde mientras tanto también cuenta.
        antes = fotografiar(carpeta)
        informe = corregir_carpeta(taller, opciones, carpeta)
        if taller.cerrado:
            raise KeyboardInterrupt
        recordar(opciones, carpeta, informe)
        ensenar(opciones, carpeta, informe)
        donde = limpiar(str(corta(carpeta)))
        escribir(f"\n{_hora()} Vigilo «{donde}». Guarda y corrijo; Ctrl+C termina.\n")
        ahora = esperar_cambio(carpeta, antes)
        _separar(que_cambio(antes, ahora))


def _separar(cambios: list[str]) -> None:
    """En una terminal, pantalla nueva; si no, una raya."""
    from rich.console import Console

    consola = Console(highlight=False)
    consola.clear() if consola.is_terminal else consola.rule()
    escribir(f"{_hora()} Ha cambiado {limpiar(enumerar(cambios[:5]))}.\n")


def _hora() -> str:
    return time.strftime("%H:%M:%S")


if __name__ == "__main__":
    ejecutar(principal)
