"""Qué pide un programa por su pantalla: un nombre, un puerto, una sala… o nada que se reconozca.

Cada estudiante lo pide a su manera («Tu apodo: », «¿Cómo te llamás?», «Enter your name>»). Aquí se
reconoce por las palabras, como lo haría una persona que se sienta delante. Lo que así no se
reconoce se averigua probando: de eso se encarga `ensayo.py`.
"""

from __future__ import annotations

import re

from chatlab.corrector.trato.vocabulario import (
    ACLARA,
    DE_HABLAR,
    ES_UN_ERROR,
    PARECE_PREGUNTA,
    POR_ORDEN,
    SE_ESCRIBE,
    SIN_DUDA,
    YA_ESTA_DENTRO,
    Pregunta,
)
from chatlab.textos import en_llano

#: Lo que va entre paréntesis o comillas aclara, pero no es lo que se pide.
_ENTRE_PARENTESIS = re.compile(r"\([^)]*\)|\"[^\"]*\"|«[^»]*»|“[^”]*”|\B'[^']*'\B")
#: Un menú en la propia pregunta: «Elige (1-3): ».
_NUMEROS = re.compile(r"[(\[]\s*1\s*(?:[-/,o]|al?)\s*\d")
#: «Escribe /join SALA para entrar»: lo que hay que teclear para empezar.
_ORDEN_PARA_ENTRAR = re.compile(
    r"\b(?:escrib\w+|us[ae]|teclea|pon|env[ií]a|manda|type|introduce|introducí)\s+[\"'«`]?"
    r"((?:/\w+|[A-Z]{3,})(?: (?:<[^<>]{1,20}>|[A-Z_]{2,}))*)[\"'»`]?\s+(?:para|to|y)\s+"
    r"(?:\w+\s){0,2}(?:conect|entrar|empezar|comenzar|unir|join|connect|start|registr|identific)",
    re.IGNORECASE,
)
#: Líneas hacia arriba en las que se busca una pregunta que no está en la última.
MAX_LINEAS_ARRIBA = 8
#: Caracteres de una pregunta que se citan.
MAX_CITA = 80


def que_pide(texto: str, *, nombre: str = "", del_servidor: bool = False) -> Pregunta | None:
    """Lo que piden las últimas líneas del texto, si se reconoce.

    `texto` es lo que el programa ha escrito desde la última respuesta. Con `nombre`, una línea que
    lo lleva no lo pide: es la etiqueta de quien ya ha entrado. Lo que un programa `del_servidor`
    llama «nombre del servidor» es el suyo, y no una dirección.
    """
    linea = la_pregunta(texto)
    pregunta = _pide_la_linea(en_llano(linea), del_servidor=del_servidor)
    if pregunta is Pregunta.NOMBRE and nombre and en_llano(nombre) in en_llano(linea):
        return None
    return pregunta


def lo_que_pregunta(texto: str, *, nombre: str = "") -> str:
    """La línea con la que parece preguntar algo que no se reconoce; vacío si no lo parece."""
    linea = la_pregunta(texto)
    limpia = en_llano(linea).strip()
    es_etiqueta = DE_HABLAR.search(limpia) or (nombre and en_llano(nombre) in limpia)
    if not limpia or es_etiqueta or YA_ESTA_DENTRO.search(limpia) or ES_UN_ERROR.search(limpia):
        return ""
    acabada = f"{linea}\n" in texto
    if acabada and not limpia.endswith(("?", ":", ">")):
        return ""
    return cita(linea)


def ordenes_para_entrar(texto: str) -> list[str]:
    """Las órdenes que el texto dice que hay que teclear para empezar: «/join SALA»."""
    return [hallada[1] for hallada in _ORDEN_PARA_ENTRAR.finditer(texto)]


def cita(linea: str) -> str:
    """La pregunta, con un largo razonable."""
    limpia = " ".join(linea.split())
    return limpia if len(limpia) <= MAX_CITA else f"{limpia[: MAX_CITA - 1]}…"


def la_pregunta(texto: str) -> str:
    """La última línea que dice algo, sin adornos, aclaraciones ni «> »; vacío si no pregunta."""
    lineas = [linea for linea in texto.split("\n") if linea.strip()]
    sin_acabar = not texto.rstrip(" \t").endswith("\n")
    for arriba, linea in enumerate(reversed(lineas[-MAX_LINEAS_ARRIBA:])):
        dicho = en_llano(linea)
        if not re.search(r"[^\W\d]", dicho):
            continue  # «> », «=====», una línea en blanco
        if arriba == 0 and sin_acabar:
            return linea
        if ACLARA.match(dicho) and arriba < len(lineas) - 1:
            continue
        return linea if PARECE_PREGUNTA.search(dicho) else ""
    return ""


def _pide_la_linea(linea: str, *, del_servidor: bool) -> Pregunta | None:
    if ES_UN_ERROR.search(linea):
        return None
    for pregunta, palabras in SIN_DUDA:
        hallada = palabras.search(linea)
        if hallada is None:
            continue
        if pregunta is Pregunta.SEGUIR and SE_ESCRIBE.search(linea[: hallada.start()]):
            continue
        return pregunta
    frase = _ultima_frase(_ENTRE_PARENTESIS.sub(" ", linea))
    dentro = YA_ESTA_DENTRO.search(frase)
    for vocabulario in POR_ORDEN:
        hallados = [
            (hallado.start(), pregunta)
            for pregunta, palabras in vocabulario
            if (hallado := palabras.search(frase))
        ]
        if hallados:
            donde, pregunta = min(hallados, key=lambda hallado: hallado[0])
            if dentro and dentro.start() < donde:
                return None
            suyo = pregunta is Pregunta.HOST and re.search(r"\b(nombre|name|nom)\b", frase)
            return Pregunta.NOMBRE if del_servidor and suyo else pregunta
    return Pregunta.OPCION if _NUMEROS.search(linea) and not dentro else None


def _ultima_frase(linea: str) -> str:
    frases = [frase for frase in re.split(r"[.!;](?:\s|$)", linea) if re.search(r"\w", frase)]
    return frases[-1] if frases else linea
