"""Qué se contesta a lo que un programa pide, de lo más corriente a lo menos.

Si una respuesta no le vale, y vuelve a preguntar, se prueba la siguiente.
"""

from __future__ import annotations

import re

from chatlab.corrector.preguntas import sin_tildes
from chatlab.corrector.vocabulario import Pregunta

#: Respuestas que no dependen de nadie.
_FIJAS = {
    Pregunta.HOST: ("localhost", "127.0.0.1", "0.0.0.0"),
    Pregunta.CLAVE: ("1234", "Clave-1234", "Clave-1234-larga!"),
    Pregunta.EDAD: ("20", "30"),
    Pregunta.CUANTOS: ("100", "20", "5", "2"),
    Pregunta.TAMANO: ("4096", "1024"),
    Pregunta.SEGUIR: ("",),
}
#: Cómo se enseña cada opción de un menú: «1) Entrar», «[2] Salir», «a - Crear sala».
_UNA_OPCION = re.compile(r"^\s*[\[(]?(\d{1,2}|[a-z])[\])]?\s*[.):=\-–]*\s+(\w.*)$", re.IGNORECASE)
#: La opción que lleva a hablar, y las que no.
_PARA_HABLAR = re.compile(
    r"entra|uni|conect|chat|habl|join|connect|start|empez|inici|general|guest"
)
_PARA_OTRA_COSA = re.compile(
    r"salir|sair|exit|quit|ayuda|help|crear|create|registr|sign|cambi|ver |list|servidor|server"
)
#: A esto se dice que no.
_MEJOR_NO = re.compile(r"salir|exit|quit|cambi|otr[oa]|abandon|cerrar|termin|another|change")


def candidatas(pregunta: Pregunta, texto: str, *, nombre: str, puerto: int) -> list[str]:
    """Las respuestas que se pueden probar; `texto` es la pregunta con lo que tiene encima."""
    match pregunta:
        case Pregunta.NOMBRE:
            # Por si es corto, o tiene que llevar números, o minúsculas.
            return [nombre, f"{nombre}1234", f"{nombre}maria", f"{nombre.lower()}maria"]
        case Pregunta.PUERTO:
            return [str(puerto), "8000", "50007"]
        case Pregunta.CORREO:
            return [f"{sin_tildes(nombre).replace(' ', '.')}@example.com"]
        case Pregunta.SALA:
            return [*opciones(texto), *_numeros(texto), "general", "1"]
        case Pregunta.OPCION:
            return [*opciones(texto), *_numeros(texto), "1"]
        case Pregunta.SI_O_NO:
            return _si_o_no(sin_tildes(texto))
        case _:
            return list(_FIJAS[pregunta])


def opciones(texto: str) -> list[str]:
    """Las de un menú, primero las que llevan a hablar; sin las que llevan a otra parte."""
    vistas = [hallada for linea in texto.split("\n") if (hallada := _UNA_OPCION.match(linea))]
    if len(vistas) < 2:
        return []
    buenas = [una for una in vistas if not _PARA_OTRA_COSA.search(sin_tildes(una[2]))]
    buenas.sort(key=lambda una: _PARA_HABLAR.search(sin_tildes(una[2])) is None)
    return [una[1] for una in buenas]


def _numeros(texto: str) -> list[str]:
    """El primero de un intervalo: «Sala (1-3): »."""
    intervalo = re.search(r"(\d+)\s*(?:-|/|,|al?|to)\s*\d+\W*$", texto)
    return [intervalo[1]] if intervalo else []


def _si_o_no(texto: str) -> list[str]:
    no = _MEJOR_NO.search(texto) is not None
    ingles = re.search(r"\by/n\b|\byes\b", texto) is not None
    if no:
        return ["n", "no"]
    return ["y", "yes"] if ingles else ["s", "si", "sí"]
