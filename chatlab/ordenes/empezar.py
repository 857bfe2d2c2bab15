"""Copia los ejercicios de las lecciones para que los hagas. Nunca toca lo que ya tengas.

    python -m chatlab empezar               en la carpeta «ejercicios»
    python -m chatlab empezar mi_carpeta    en la que digas

Se puede repetir: añade lo que falte, y deja como está todo lo que haya.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from chatlab.corrector.taller.avance import CARPETA_DE_EJERCICIOS, marcar
from chatlab.curso.lecciones import Leccion, lecciones
from chatlab.errores import ErrorDeArchivo
from chatlab.programa.archivos import no_se_puede_escribir
from chatlab.programa.ejecutar import ejecutar
from chatlab.programa.opciones import Argumentos, analizador, orden_chatlab
from chatlab.terminal.salida import escribir
from chatlab.textos import contar


def principal(argumentos: Argumentos = None) -> int:
    """Copia lo que falte y dice por dónde seguir; devuelve 0."""
    lector = analizador("chatlab.ordenes.empezar", "empezar", __doc__, uso="[CARPETA]")
    lector.add_argument(
        "carpeta",
        nargs="?",
        type=Path,
        default=Path(CARPETA_DE_EJERCICIOS),
        metavar="CARPETA",
        help="dónde copiarlos (%(default)s)",
    )
    carpeta: Path = lector.parse_args(argumentos).carpeta
    con_ejercicio = [leccion for leccion in lecciones() if leccion.ejercicio.is_dir()]
    for leccion in con_ejercicio:
        nuevos, conservados = copiar_leccion(leccion, carpeta / leccion.nombre)
        escribir(f"{leccion.nombre}: {_que_se_hizo(nuevos, conservados)}\n")
    marcar(carpeta)
    escribir(f"\n{_como_seguir(carpeta, con_ejercicio[0])}")
    return 0


def copiar_leccion(leccion: Leccion, destino: Path) -> tuple[int, int]:
    """Copia la guía y el ejercicio; devuelve cuántos archivos son nuevos y cuántos ya estaban.

    Lanza `ErrorDeArchivo` si no se puede escribir.
    """
    nuevos = conservados = 0
    for archivo in _archivos(leccion):
        copia = destino / archivo.relative_to(leccion.carpeta)
        try:
            copia.parent.mkdir(parents=True, exist_ok=True)
            # «x» falla si ya hay algo: ni siquiera con dos a la vez se pisa nada.
            with copia.open("xb") as abierta:
                abierta.write(archivo.read_bytes())
            nuevos += 1
        except FileExistsError:
            if not copia.parent.is_dir():
                raise ErrorDeArchivo(
                    f"«{copia.parent}» es un archivo, y ahí va una carpeta."
                ) from None
            conservados += 1
        except OSError as error:
            raise no_se_puede_escribir(copia, error) from error
    return nuevos, conservados


def _archivos(leccion: Leccion) -> Iterator[Path]:
    if leccion.guia.is_file():
        yield leccion.guia
    for archivo in sorted(leccion.ejercicio.rglob("*")):
        oculto = archivo.name.startswith(".") or "__pycache__" in archivo.parts
        if archivo.is_file() and not oculto:
            yield archivo


def _que_se_hizo(nuevos: int, conservados: int) -> str:
    frases = [contar(nuevos, "archivo nuevo", "archivos nuevos")] if nuevos else []
    if conservados:
        frases.append(f"{contar(conservados, 'archivo')} que ya tenías, sin tocar")
    return ", ".join(frases) or "nada que copiar"


def _como_seguir(carpeta: Path, primera: Leccion) -> str:
    donde = "" if carpeta == Path(CARPETA_DE_EJERCICIOS) else f' "{carpeta}"'
    return (
        f"Abre «{carpeta / primera.nombre / 'README.md'}», que lo explica, y haz las tareas de "
        f"«{carpeta / primera.nombre / 'ejercicio'}».\n"
        "Para saber cómo vas:\n"
        f"    {orden_chatlab(f'corregir {primera.numero}{donde}')}\n"
        "Para que se corrija cada vez que guardes:\n"
        f"    {orden_chatlab(f'vigilar {primera.numero}{donde}')}\n"
    )


if __name__ == "__main__":
    ejecutar(principal)
