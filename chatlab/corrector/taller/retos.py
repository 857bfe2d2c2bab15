"""Hacer un reto: copiar los programas de su paso, y comprobar lo que ha cambiado quien lo hace."""

from __future__ import annotations

import os
from pathlib import Path

from chatlab.corrector.entrega.encargo import PorCorregir
from chatlab.corrector.modelo import Informe
from chatlab.corrector.taller.taller import Taller
from chatlab.curso.retos import Reto
from chatlab.errores import ErrorDeArchivo
from chatlab.programa.archivos import no_se_puede_escribir
from chatlab.sistema.ajeno import leer_ajeno

#: Segundos que puede durar la comprobación de un reto: es una sola escena.
PLAZO_DEL_RETO = 60.0
#: Más de lo que ocupa ninguno del curso.
_BYTES_DE_UN_PROGRAMA = 1_000_000


def carpeta_del_reto(reto: Reto, ejercicios: Path) -> Path:
    """Dónde van sus programas, dentro de la carpeta de los ejercicios."""
    return ejercicios / reto.leccion.nombre / "retos" / reto.paso


def falta_por_copiar(reto: Reto, carpeta: Path) -> bool:
    """Si en la carpeta no está alguno de los programas del paso."""
    return not all(os.path.lexists(carpeta / programa.name) for programa in reto.programas)


def copiar_reto(reto: Reto, carpeta: Path) -> None:
    """Copia los programas del paso que no estén ya.

    Lanza `ErrorDeArchivo` si no se puede escribir.
    """
    for programa in reto.programas:
        copia = carpeta / programa.name
        try:
            carpeta.mkdir(parents=True, exist_ok=True)
            # «x» falla si ya hay algo: nunca se pisa lo hecho.
            with copia.open("x", encoding="utf-8") as abierta:
                abierta.write(programa.read_text(encoding="utf-8"))
        except FileExistsError:
            if not carpeta.is_dir():
                raise ErrorDeArchivo(f"«{carpeta}» es un archivo, y ahí va una carpeta.") from None
        except OSError as error:
            raise no_se_puede_escribir(copia, error) from error


def sigue_igual(reto: Reto, carpeta: Path) -> bool:
    """Si los programas son todavía los del paso."""
    return all(_leer(carpeta / uno.name) == _leer(uno) for uno in reto.programas)


def comprobar_reto(taller: Taller, reto: Reto, carpeta: Path) -> Informe:
    """Ejecuta los programas de la carpeta y mira si hacen lo que pide el reto."""
    return taller.corregir(PorCorregir(reto.leccion, carpeta, reto=reto.prueba))


def _leer(programa: Path) -> str:
    """Su texto, sin lo que añaden los editores de Windows; vacío si no es un archivo que se lea."""
    try:
        datos = leer_ajeno(programa, _BYTES_DE_UN_PROGRAMA, seguir_enlaces=True)
        return datos.decode("utf-8-sig").replace("\r\n", "\n")
    except (OSError, ValueError):
        return ""
