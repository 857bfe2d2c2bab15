"""Qué se contesta a lo que un programa pide, de lo más corriente a lo menos.

Si una respuesta no le vale, y vuelve a preguntar, se prueba la siguiente.
"""

from __future__ import annotations

import re

from chatlab.corrector.trato.preguntas import la_pregunta
from chatlab.corrector.trato.vocabulario import Pregunta
from chatlab.textos import en_llano

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
#: La opción que lleva a hablar, las que no, y la que termina.
_PARA_HABLAR = re.compile(
    r"entra|uni|conect|chat|habl|join|connect|start|empez|inici|general|guest"
    r"|envi|mand|escrib|mensaj|send|write|message|missatg"
)
_PARA_OTRA_COSA = re.compile(
    r"salir|sair|exit|quit|ayuda|help|crear|create|registr|sign|cambi|ver |list|servidor|server"
)
_PARA_IRSE = re.compile(r"salir|sair|sortir|exit|quit|termin|cerrar|abandon|desconect|leave")
#: A esto se dice que no, salvo que se pregunte si se quiere seguir hablando.
_MEJOR_NO = re.compile(r"salir|exit|quit|cambi|otr[oa]|abandon|cerrar|termin|another|change")
SEGUIR_HABLANDO = re.compile(
    r"(?:otr[oa]|otra vez|mas|another|more|un altre|outra)\b.{0,12}"
    r"\b(?:mensaj|messag|missatg|mensag|linea|frase|texto|apunte|nota)|continu|seguir|keep"
)
#: Las dos respuestas, como las enseña: «(s/n)», «[S/N]», «si/no».
_LAS_DOS = re.compile(r"\b(s[ií]?|sim|y|yes)\s*/\s*(n|no|nao|não)\b", re.IGNORECASE)


def candidatas(pregunta: Pregunta, texto: str, *, nombre: str, puerto: int) -> list[str]:
    """Las respuestas que se pueden probar; `texto` es la pregunta con lo que tiene encima."""
    match pregunta:
        case Pregunta.NOMBRE:
            # Por si es corto, o tiene que llevar números, o minúsculas.
            return [nombre, f"{nombre}1234", f"{nombre}maria", f"{nombre.lower()}maria"]
        case Pregunta.PUERTO:
            return [str(puerto), "8000", "50007"]
        case Pregunta.CORREO:
            return [f"{en_llano(nombre).replace(' ', '.')}@example.com"]
        case Pregunta.SALA:
            return [*opciones(texto), *_numeros(texto), "general", "1"]
        case Pregunta.OPCION:
            return [*opciones(texto), *_numeros(texto), "1"]
        case Pregunta.SI_O_NO:
            return _si_o_no(texto)
        case _:
            return list(_FIJAS[pregunta])


def opciones(texto: str) -> list[str]:
    """Las de un menú, primero las que llevan a hablar; sin las que llevan a otra parte."""
    vistas = [hallada for linea in texto.split("\n") if (hallada := _UNA_OPCION.match(linea))]
    if len(vistas) < 2:
        return []
    buenas = [una for una in vistas if not _PARA_OTRA_COSA.search(en_llano(una[2]))]
    buenas.sort(key=lambda una: _PARA_HABLAR.search(en_llano(una[2])) is None)
    return [una[1] for una in buenas]


def _numeros(texto: str) -> list[str]:
    """El primero de un intervalo: «Sala (1-3): »."""
    intervalo = re.search(r"(\d+)\s*(?:-|/|,|al?|to)\s*\d+\W*$", texto)
    return [intervalo[1]] if intervalo else []


def opcion_de_salir(texto: str) -> str:
    """La opción de un menú con la que se termina: «3» si dice «3. Salir»; vacío si no la hay."""
    vistas = [hallada for linea in texto.split("\n") if (hallada := _UNA_OPCION.match(linea))]
    de_salir = [una[1] for una in vistas if _PARA_IRSE.search(en_llano(una[2]))]
    return de_salir[-1] if len(vistas) >= 2 and de_salir else ""


def que_si(texto: str) -> list[str]:
    """Cómo se dice que sí a una pregunta que enseña, o no, sus dos respuestas."""
    corrientes = ["y", "yes"] if _en_ingles(texto) else ["s", "si", "sí"]
    return list(dict.fromkeys([*_como_la_ensena(texto, 1), *corrientes]))


def _si_o_no(texto: str) -> list[str]:
    pregunta = la_pregunta(texto)
    dicho = en_llano(pregunta)
    if _MEJOR_NO.search(dicho) and not SEGUIR_HABLANDO.search(dicho):
        return list(dict.fromkeys([*_como_la_ensena(pregunta, 2), "n", "no"]))
    return que_si(pregunta)


def _como_la_ensena(pregunta: str, cual: int) -> list[str]:
    """La primera o la segunda, tal como está escrita; «[s/N]» solo dice cuál es la de siempre."""
    hallada = _LAS_DOS.search(pregunta)
    if hallada is None:
        return []
    escrita = hallada[cual]
    return [escrita if hallada[1].isupper() and hallada[2].isupper() else escrita.lower()]


def _en_ingles(texto: str) -> bool:
    return re.search(r"\by/n\b|\byes\b", en_llano(texto)) is not None
