"""Reconocer el ejercicio de otra lección: corregirlo como si fuera de esta daría una nota falsa."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from chatlab.corrector.entrega.buscar import Entrega
from chatlab.corrector.entrega.papeles import BYTES_PARA_ADIVINAR
from chatlab.curso.lecciones import Leccion, lecciones
from chatlab.programa.opciones import orden_chatlab
from chatlab.sistema.ajeno import leer_ajeno

#: Lo que hay en la carpeta de una lección, además de sus pasos.
_PARTES = ("ejercicio", "solucion")


def por_que_es_de_otra(leccion: Leccion, entrega: Entrega) -> str:
    """Una frase que lo dice, y qué hacer; vacía si no se reconoce en ella ninguna otra."""
    for otra in lecciones():
        if otra.nombre == leccion.nombre:
            continue
        if _esta_en_su_carpeta(otra, entrega.carpeta):
            return (
                f"La carpeta es de la {otra.rotulo}, y has pedido corregir la {leccion.rotulo}. "
                f"{_para_corregirla(otra, entrega)} Si de verdad es tu ejercicio de la "
                f"{leccion.numero}, cópialo antes en una carpeta con otro nombre."
            )
        if _es_suya(otra, entrega) and not _es_suya(leccion, entrega):
            return (
                f"Estos programas son los de la {otra.rotulo}, tal cual, y has pedido corregir la "
                f"{leccion.rotulo}. {_para_corregirla(otra, entrega)}"
            )
    return ""


def _para_corregirla(leccion: Leccion, entrega: Entrega) -> str:
    ruta = str(entrega.carpeta)
    citada = f'"{ruta}"' if " " in ruta else ruta
    return f"Para corregirla: {orden_chatlab(f'corregir {leccion.numero} {citada}')}."


def _esta_en_su_carpeta(leccion: Leccion, carpeta: Path) -> bool:
    """Si es la carpeta de la lección, o una de las que lleva dentro."""
    dentro = carpeta.name in _PARTES or carpeta.name.startswith("paso")
    return leccion.nombre == (carpeta.parent.name if dentro else carpeta.name)


def _es_suya(leccion: Leccion, entrega: Entrega) -> bool:
    """Si los dos programas son los de su ejercicio, su solución o uno de sus pasos."""
    suyos = [_texto(entrega.carpeta / uno) for uno in (entrega.servidor, entrega.cliente)]
    return any(suyos == pareja for pareja in _parejas(leccion))


def _parejas(leccion: Leccion) -> Iterator[list[str]]:
    for carpeta in [
        *(leccion.carpeta / parte for parte in _PARTES),
        *leccion.carpeta.glob("paso*"),
    ]:
        pareja = [carpeta / "servidor.py", carpeta / "cliente.py"]
        if all(programa.is_file() for programa in pareja):
            yield [_texto(programa) for programa in pareja]


def _texto(programa: Path) -> str:
    """El código, sin lo que cambia un editor al guardarlo."""
    try:
        datos = leer_ajeno(programa, BYTES_PARA_ADIVINAR, seguir_enlaces=True)
    except OSError:
        return ""
    texto = datos.decode("utf-8-sig", errors="replace")
    return "\n".join(linea.rstrip() for linea in texto.splitlines()).strip()
