"""Enseña las lecciones y cómo vas en cada una.

python -m chatlab lecciones             la lista, y por dónde seguir
python -m chatlab lecciones --codigo    lo que llevas hecho, para el mapa del sitio
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from chatlab.chat.protocolo import limpiar
from chatlab.corrector.entrega.que_falta import no_existe
from chatlab.corrector.taller.avance import (
    Avance,
    UltimaVez,
    carpeta_de_ejercicios,
    carpeta_del_curso,
)
from chatlab.curso.codigo import clave_del_ejercicio, clave_del_reto, escribir_codigo
from chatlab.curso.lecciones import Leccion, lecciones
from chatlab.curso.retos import leer_retos
from chatlab.errores import ErrorDeArchivo
from chatlab.programa.ejecutar import ejecutar
from chatlab.programa.opciones import Argumentos, analizador, orden_chatlab
from chatlab.terminal.salida import escribir
from chatlab.textos import con_coma


def principal(argumentos: Argumentos = None) -> int:
    """Escribe la lista y por dónde seguir; devuelve 0.

    Lanza `ErrorDeArchivo` si no existe la carpeta que se dice.
    """
    lector = analizador(
        "chatlab.ordenes.lecciones", "lecciones", __doc__, uso="[CARPETA] [opciones]"
    )
    lector.add_argument(
        "carpeta",
        nargs="?",
        type=Path,
        default=Path(),
        metavar="CARPETA",
        help="la de tus ejercicios, si no estás en ella",
    )
    lector.add_argument(
        "--codigo",
        action="store_true",
        help="lo que llevas hecho, en una línea para el mapa del sitio",
    )
    opciones = lector.parse_args(argumentos)
    if not opciones.carpeta.is_dir():
        raise ErrorDeArchivo(limpiar(no_existe(opciones.carpeta)))
    ejercicios = carpeta_de_ejercicios(carpeta_del_curso(opciones.carpeta))
    avance = Avance(ejercicios) if ejercicios else None
    todas = lecciones()
    if opciones.codigo:
        escribir(_codigo(list(_hecho(todas, avance)) if avance else []))
        return 0
    ancho = max((len(leccion.titulo) for leccion in todas), default=0)
    for leccion in todas:
        ultima = avance.ultima(leccion) if avance else None
        escribir(
            f" {_signo(ultima)} {leccion.numero}  {leccion.titulo:{ancho}}  "
            f"{_retos(leccion, avance)}{_como_va(leccion, ultima)}\n"
        )
    escribir(f"\n{_como_seguir(todas, avance)}\n")
    return 0


def _hecho(todas: list[Leccion], avance: Avance) -> Iterator[str]:
    """La clave de cada reto logrado y de cada ejercicio aprobado."""
    for leccion in todas:
        for reto in leer_retos(leccion):
            if avance.reto_hecho(reto.numero):
                yield clave_del_reto(reto)
        ultima = avance.ultima(leccion)
        if ultima is not None and ultima.aprobado:
            yield clave_del_ejercicio(leccion)


def _codigo(hecho: list[str]) -> str:
    if not hecho:
        return f"Aún no hay nada hecho. Para empezar: {orden_chatlab('reto')}\n"
    return (
        f"{escribir_codigo(hecho)}\n\n"
        "Copia esa línea y pégala en el mapa del curso. Para abrirlo:\n"
        f"    {orden_chatlab('docs mapa')}\n"
    )


def _retos(leccion: Leccion, avance: Avance | None) -> str:
    todos = leer_retos(leccion)
    if not todos:
        return ""
    hechos = sum(avance.reto_hecho(reto.numero) for reto in todos) if avance else 0
    return f"retos {hechos} de {len(todos)} · "


def _signo(ultima: UltimaVez | None) -> str:
    if ultima is None:
        return " "
    return "✓" if ultima.aprobado else "✗"


def _como_va(leccion: Leccion, ultima: UltimaVez | None) -> str:
    if not leccion.ejercicio.is_dir():
        return "sin ejercicio"
    if ultima is None:
        return "sin corregir"
    nota = con_coma(ultima.nota, 1)
    return f"nota {nota} · {_que_falla(ultima)}"


def _que_falla(ultima: UltimaVez) -> str:
    if not ultima.fallan:
        return "todo bien"
    primera = ultima.titulos.get(ultima.fallan[0], ultima.fallan[0])
    otras = f" y {len(ultima.fallan) - 1} más" if len(ultima.fallan) > 1 else ""
    return f"falla «{primera}»{otras}"


def _retos_por_hacer(leccion: Leccion, avance: Avance) -> bool:
    return not all(avance.reto_hecho(reto.numero) for reto in leer_retos(leccion))


def _como_seguir(todas: list[Leccion], avance: Avance | None) -> str:
    if avance is None:
        return f"Para copiar los ejercicios y empezar: {orden_chatlab('empezar')}"
    for leccion in todas:
        ultima = avance.ultima(leccion)
        if ultima is None and _retos_por_hacer(leccion, avance):
            return f"Para seguir: {orden_chatlab('reto')}"
        if leccion.ejercicio.is_dir() and (ultima is None or ultima.fallan):
            return f"Para seguir: {orden_chatlab(f'corregir {leccion.numero}')}"
    return "Has acabado todos los ejercicios."


if __name__ == "__main__":
    ejecutar(principal)
