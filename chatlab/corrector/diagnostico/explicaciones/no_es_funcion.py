"""Paréntesis detrás de algo que no es una función: parte de `TypeError`."""

from __future__ import annotations

import ast
import builtins
import re

from chatlab.corrector.diagnostico.explicaciones.advertencias import PARENTESIS_SIN_COMA
from chatlab.corrector.diagnostico.explicaciones.atributos import explicar_archivo_que_tapa, tapado
from chatlab.corrector.diagnostico.explicaciones.caso import Caso, Explicacion, frase, regla
from chatlab.corrector.diagnostico.explicaciones.confundidos import SIN_CREAR_EL_CANDADO, que_es
from chatlab.corrector.diagnostico.explicaciones.hilos_mal_creados import (
    EJECUTORES,
    explicar_llamada_en_el_acto,
    hilos_creados,
    objetivo_de,
)
from chatlab.corrector.diagnostico.explicaciones.modulos import miembros
from chatlab.corrector.diagnostico.explicaciones.nada import explicar_none
from chatlab.corrector.diagnostico.nodos import texto_de, ultimo_nombre

#: Lo que se suele querer de un módulo al llamarlo a él.
_LO_QUE_SE_QUIERE = {
    "threading": "Thread",
    "queue": "Queue",
    "datetime": "datetime.now",
    "time": "sleep",
    "random": "randint",
    "asyncio": "run",
    "ssl": "create_default_context",
}


def _modulo(caso: Caso, _: re.Match[str]) -> Explicacion:
    for llamada in caso.llamadas_en_la_linea():
        escrito = texto_de(llamada.func)
        for modulo in (escrito.split(".")[0], caso.fuente.importados.get(escrito, "")):
            if tapado(caso, modulo):
                return explicar_archivo_que_tapa(modulo)
        modulo = caso.fuente.importados.get(escrito, "")
        dentro = modulo if modulo in miembros(modulo) else _LO_QUE_SE_QUIERE.get(modulo)
        if modulo == "datetime" or (modulo == "time" and llamada.args):
            dentro = _LO_QUE_SE_QUIERE[modulo]
        if dentro:
            corregida = re.sub(rf"(?<![\w.]){escrito}\(", f"{escrito}.{dentro}(", caso.codigo)
            igual = " Lo que se llama igual que él está dentro." if dentro == modulo else ""
            return Explicacion(
                f"`{escrito}` es el módulo entero, y a un módulo no se le llama.{igual}",
                f"Escribe `{escrito}.{dentro}(…)`: `{corregida}`.",
            )
    return Explicacion(
        "A un módulo no se le llama: se llama a una función de las que tiene dentro.",
        f"Di qué función del módulo quieres: `{caso.sugerido or 'modulo.funcion(…)'}`.",
    )


def _otra_cosa(caso: Caso, encaje: re.Match[str]) -> Explicacion:
    tipo = encaje[1]
    if explicacion := _objetivo_de_un_hilo(caso):
        return explicacion
    llamadas = caso.llamadas_en_la_linea()
    if any(isinstance(ll.func, ast.Tuple | ast.List | ast.Constant) for ll in llamadas):
        return PARENTESIS_SIN_COMA
    for llamada in llamadas:
        nombre = texto_de(llamada.func)
        if nombre in caso.fuente.globales and hasattr(builtins, nombre):
            linea = caso.fuente.globales[nombre]
            return Explicacion(
                f"`{nombre}` era una función de Python, y la línea {linea} le da otro valor: desde "
                f"ahí es un `{tipo}`.",
                f"Llama de otro modo a la variable: `mi_{nombre}`.",
            ).en(caso.fuente, linea)
    if tipo == "NoneType":
        return explicar_none(caso, texto_de(llamadas[0].func) if llamadas else "")
    quien = f"`{texto_de(llamadas[0].func)}`" if llamadas else "Lo que llamas"
    return Explicacion(
        f"{quien} es {que_es(tipo)}, y los paréntesis solo van detrás de una función.",
        "Quita los paréntesis, o cambia el nombre de la variable si es el de una función.",
    )


def _objetivo_de_un_hilo(caso: Caso) -> Explicacion | None:
    """El hilo no tiene qué ejecutar, porque su función se llamó antes de tiempo."""
    en_un_hilo = any(ultimo_nombre(ll.func) in EJECUTORES for ll in caso.llamadas_en_la_linea())
    if caso.linea is not None and not en_un_hilo:
        return None
    for fuente, hilo in hilos_creados(caso):
        objetivo = objetivo_de(hilo)
        if isinstance(objetivo, ast.Call):
            return explicar_llamada_en_el_acto(objetivo).en(fuente, hilo.lineno)
    return None


REGLAS = (
    regla("TypeError", r"^'module' object is not callable", _modulo),
    regla("TypeError", r"^'(\w+)' object is not callable", _otra_cosa),
    regla(
        "TypeError",
        r"^unbound method lock|^'(?:type|builtin_function_or_method)' object does not support the "
        r"context manager",
        frase(
            SIN_CREAR_EL_CANDADO,
            "Crea el candado con paréntesis: `candado = threading.Lock()`.",
        ),
    ),
    regla(
        "TypeError",
        r"^descriptor '\w+' for '(?:_socket\.)?socket' objects|^unbound method socket"
        r"|^socket\.\w+\(\) missing \d+ required positional argument: 'self'",
        frase(
            "Has guardado la clase `socket.socket` y no un socket: sin paréntesis no se crea "
            "ninguno.",
            "Crea el socket con paréntesis: `socket.socket(socket.AF_INET, socket.SOCK_STREAM)`.",
        ),
    ),
)
