"""Da la siguiente pista de lo que te falla; si pides otra, dice un poco más.

python -m chatlab pista 03                  de lo primero que falló en la última corrección
python -m chatlab pista 03 mensaje_llega    de la comprobación que digas
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

from chatlab.corrector.taller.avance import Avance, UltimaVez, carpeta_de_ejercicios
from chatlab.curso.lecciones import Leccion, anadir_leccion
from chatlab.curso.pistas import Pista, leer_pistas
from chatlab.errores import ErrorParaPersonas
from chatlab.programa.ejecutar import ejecutar
from chatlab.programa.opciones import Argumentos, Opciones, analizador, orden_chatlab
from chatlab.terminal.salida import escribir
from chatlab.textos import sin_tildes

ANCHO = 88


class SinPista(ErrorParaPersonas):
    """No hay pista que dar, o no se sabe de qué."""


def principal(argumentos: Argumentos = None) -> int:
    """Enseña una pista y apunta que ya está dada; devuelve 0."""
    opciones = leer_opciones(argumentos)
    leccion: Leccion = opciones.leccion
    pistas = leer_pistas(leccion.pistas)
    avance = Avance(carpeta_de_ejercicios(opciones.carpeta) or opciones.carpeta)
    ultima = avance.ultima(leccion)
    titulos = {clave: clave for clave in pistas} | (ultima.titulos if ultima else {})
    if opciones.comprobacion is None:
        clave = _la_primera_que_falla(leccion, pistas, ultima)
    else:
        clave = _la_dicha(opciones.comprobacion, pistas, titulos)
    toca = avance.pista_que_toca(leccion, clave, len(pistas[clave]))
    _ensenar(titulos[clave], pistas[clave], toca)
    avance.guardar_o_avisar()
    return 0


def leer_opciones(argumentos: Argumentos) -> Opciones:
    """Lo que dice la línea de órdenes; si no se entiende, termina con código 2."""
    lector = analizador("chatlab.ordenes.pista", "pista", __doc__, uso="LECCIÓN [COMPROBACIÓN]")
    anadir_leccion(lector)
    lector.add_argument(
        "comprobacion",
        nargs="?",
        metavar="COMPROBACIÓN",
        help="su nombre o su título; sin ella, la primera que falló la última vez",
    )
    lector.add_argument(
        "--carpeta",
        type=Path,
        default=Path(),
        help="la de tus ejercicios, si no estás en ella",
    )
    return lector.parse_args(argumentos)


def _la_primera_que_falla(
    leccion: Leccion, pistas: dict[str, list[Pista]], ultima: UltimaVez | None
) -> str:
    if ultima is None:
        orden = orden_chatlab(f"corregir {leccion.numero}")
        raise SinPista(
            f"Aún no sé qué te falla. Corrige antes tu ejercicio:\n    {orden}\n"
            f"O di de qué quieres la pista: {_lista(pistas)}."
        )
    if not ultima.fallan:
        raise SinPista(f"En la última corrección de la {leccion.rotulo} no fallaba nada.")
    for clave in ultima.fallan:
        if pistas.get(clave):
            return clave
    raise SinPista(f"La {leccion.rotulo} no tiene pistas de lo que te falla.")


def _la_dicha(dicha: str, pistas: dict[str, list[Pista]], titulos: dict[str, str]) -> str:
    """La clave de una comprobación, dicha por su clave o por su título; vale casi igual."""
    nombres = {_simple(nombre): clave for clave in pistas for nombre in (clave, titulos[clave])}
    parecidas = get_close_matches(_simple(dicha), nombres, n=1, cutoff=0.7)
    if not parecidas:
        raise SinPista(f"No tengo pistas de «{dicha}». Las tengo de: {_lista(pistas)}.")
    return nombres[parecidas[0]]


def _simple(nombre: str) -> str:
    return sin_tildes(nombre).replace("_", " ").strip()


def _lista(pistas: Iterable[str]) -> str:
    return ", ".join(pistas) or "ninguna"


def _ensenar(titulo: str, pistas: list[Pista], toca: int) -> None:
    pista = pistas[toca]
    escribir(f"{titulo} · pista {toca + 1} de {len(pistas)}\n\n{pista.pregunta}\n\n")
    escribir(f"{textwrap.fill(pista.texto, ANCHO, break_on_hyphens=False)}\n\n")
    if toca + 1 < len(pistas):
        escribir("Si no basta, pide otra: dirá un poco más.\n")
    else:
        escribir("Era la última. Si la pides otra vez, empiezo por la primera.\n")


if __name__ == "__main__":
    ejecutar(principal)
