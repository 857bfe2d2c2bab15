"""Un hallazgo o un resultado puestos en palabras. Aquí, y solo aquí, lo que se sabe se hace texto.

Las tres certezas suenan distinto: lo visto se cuenta («Se vio: …»), lo que se sigue del código se
afirma («Se sigue del código: …») y lo que quizá ayude se propone («Quizá ayude: …»).
"""

from __future__ import annotations

from collections.abc import Sequence

from chatlab.corrector.diagnostico.de_quien import al_principio, la_pantalla_de
from chatlab.corrector.diagnostico.hallazgo import ErrorDePython, Grado, Hallazgo
from chatlab.corrector.informes.formato import en_una_linea, recortada
from chatlab.corrector.modelo import Resultado

ENTRADAS = {
    Grado.VISTO: "Se vio: ",
    Grado.SE_SIGUE: "Se sigue del código: ",
    Grado.PUEDE_AYUDAR: "Quizá ayude: ",
}


def titular(hallazgo: Hallazgo) -> str:
    """La línea que lo resume: de un error, dónde está y qué hacer."""
    if hallazgo.error is None:
        return f"{ENTRADAS[hallazgo.grado]}{_en_su_lugar(hallazgo, hallazgo.causa)}"
    entrada = ENTRADAS[hallazgo.grado] if hallazgo.grado is Grado.PUEDE_AYUDAR else ""
    return entrada + _en_su_lugar(hallazgo, hallazgo.arreglo or hallazgo.causa)


def detalles(hallazgo: Hallazgo) -> list[str]:
    """Las líneas que siguen al titular: de un error, lo que dijo Python, el código y por qué."""
    if hallazgo.error is None:
        return [hallazgo.arreglo] if hallazgo.arreglo else []
    codigo = hallazgo.lugar.codigo if hallazgo.lugar else ""
    lineas = [
        lo_que_dijo(hallazgo.error),
        f"    {codigo}" if codigo else "",
        hallazgo.causa if hallazgo.arreglo else "",
    ]
    return [linea for linea in lineas if linea]


def lo_que_dijo(error: ErrorDePython) -> str:
    """«NameError: name 'x' is not defined (en el hilo Thread-1)»."""
    return f"{error}{f' (en el hilo {error.hilo})' if error.hilo else ''}"


def explicacion(resultado: Resultado) -> str:
    """Por qué falla o no se pudo comprobar, en un texto de varias líneas; vacío si no se sabe."""
    lineas = [resultado.motivo]
    for hallazgo in resultado.hallazgos:
        lineas += [titular(hallazgo), *detalles(hallazgo)]
    return "\n".join(linea for linea in lineas if linea)


def redactar(resultado: Resultado, depende_de: str = "") -> str:
    """Un resultado entero, de lo más útil a lo más detallado: la causa y lo último, la pista.

    `depende_de` es el título de la comprobación que debía salir bien para que esta pudiera.
    """
    comprobacion = resultado.comprobacion
    partes = [
        f"{comprobacion.titulo}: {resultado.veredicto}.",
        que_depende(depende_de) if depende_de else "",
        explicacion(resultado),
        f"Se esperaba: {resultado.esperado}" if resultado.esperado else "",
        _lista("Lo que se hizo:", resultado.hecho),
        *(_pantalla(nombre, texto) for nombre, texto in resultado.visto.items()),
        f"Pista: {resultado.pista}" if resultado.pista else "",
    ]
    return "\n".join(parte for parte in partes if parte)


def que_depende(titulo: str) -> str:
    """«Depende de «Un mensaje llega a los demás», que también falla: arregla antes eso.»"""
    return f"Depende de «{titulo}», que también falla: arregla antes eso."


def por_esto_fallan(resultados: Sequence[Resultado]) -> str:
    """«Por esto falla: Un mensaje llega a los demás.»"""
    verbo = "falla" if len(resultados) == 1 else "fallan"
    return f"Por esto {verbo}: {_titulos(resultados)}."


def por_lo_mismo(resultados: Sequence[Resultado]) -> str:
    """«Por lo mismo falla también: Un mensaje llega a los demás.»"""
    verbo = "falla" if len(resultados) == 1 else "fallan"
    return f"Por lo mismo {verbo} también: {_titulos(resultados)}."


def lo_que_depende(resultados: Sequence[Resultado]) -> str:
    """«De esto depende, y falla también: Los demás saben quién entra.»"""
    verbos = ("depende", "falla") if len(resultados) == 1 else ("dependen", "fallan")
    return f"De esto {verbos[0]}, y {verbos[1]} también: {_titulos(resultados)}."


def _titulos(resultados: Sequence[Resultado]) -> str:
    return "; ".join(en_una_linea(uno.comprobacion.titulo) for uno in resultados)


def pantalla_de(nombre: str) -> str:
    """«Pantalla del servidor», «Pantalla de Ana»."""
    return al_principio(la_pantalla_de(nombre).removeprefix("la "))


def _en_su_lugar(hallazgo: Hallazgo, frase: str) -> str:
    return f"{hallazgo.lugar}: {frase}" if hallazgo.lugar else frase


def _lista(titulo: str, frases: list[str]) -> str:
    return "\n".join([titulo, *(f"  - {frase}" for frase in frases)]) if frases else ""


def _pantalla(nombre: str, texto: str) -> str:
    visto = recortada(texto) or "(vacía)"
    return "\n".join([f"{pantalla_de(nombre)}:", *(f"  │ {linea}" for linea in visto.split("\n"))])
