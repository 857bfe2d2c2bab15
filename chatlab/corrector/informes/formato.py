"""Cómo se escriben, en todos los informes, una nota, unos puntos o un veredicto.

Los colores de la página están en `pagina/estilo.css`.
"""

from __future__ import annotations

from chatlab.chat.protocolo import limpiar
from chatlab.corrector.modelo import Informe, Nivel, Resultado, Veredicto
from chatlab.textos import con_coma

#: Lo que se enseña de una pantalla: líneas, y caracteres de cada una.
LINEAS, CARACTERES = 40, 300

SIGNOS = {Veredicto.BIEN: "✓", Veredicto.FALLA: "✗", Veredicto.SIN_COMPROBAR: "–"}
#: Los colores en la terminal, por su nombre en Rich.
COLORES = {Veredicto.BIEN: "green", Veredicto.FALLA: "red", Veredicto.SIN_COMPROBAR: "yellow"}


def nota(valor: float) -> str:
    """«7,5»."""
    return con_coma(valor, 1)


def nota_de(informe: Informe) -> str:
    """Su nota; nada si no se pudo corregir: un cero diría otra cosa."""
    return nota(informe.nota) if corregido(informe) else ""


def corregido(informe: Informe) -> bool:
    """Si tiene resultados con los que poner una nota."""
    return not informe.problema and bool(informe.resultados)


def veredicto_de(informe: Informe) -> Veredicto:
    """El de la entrega entera: bien, si ha superado el nivel básico."""
    if not corregido(informe):
        return Veredicto.SIN_COMPROBAR
    return Veredicto.BIEN if informe.aprobado else Veredicto.FALLA


def observacion(informe: Informe) -> str:
    """Lo que hay que saber de una entrega además de su nota; casi siempre, nada."""
    if informe.problema:
        return en_una_linea(informe.problema)
    frases = [en_una_linea(aviso) for aviso in informe.avisos]
    if informe.provisional:
        frases.insert(0, en_una_linea(informe.provisional))
    elif titulos := titulos_sin_comprobar(informe):
        frases.insert(0, f"Sin comprobar: {', '.join(titulos)}.")
    return " ".join(frases) if informe.resultados else "No hay ningún resultado."


def titulos_sin_comprobar(informe: Informe) -> list[str]:
    """Los títulos de lo que el corrector no pudo comprobar."""
    return [
        resultado.comprobacion.titulo
        for resultado in informe.resultados
        if resultado.veredicto is Veredicto.SIN_COMPROBAR
    ]


def en_orden(informe: Informe) -> list[Resultado]:
    """Los resultados: primero los básicos, y en el orden en que se obtuvieron."""
    return [uno for nivel in Nivel for uno in del_nivel(informe, nivel)]


def del_nivel(informe: Informe, nivel: Nivel) -> list[Resultado]:
    """Los resultados de las comprobaciones de un nivel, en su orden."""
    return [uno for uno in informe.resultados if uno.comprobacion.nivel is nivel]


def bien_de(resultados: list[Resultado]) -> str:
    """«8/10»; nada si no hay ninguno."""
    bien = sum(uno.veredicto is Veredicto.BIEN for uno in resultados)
    return f"{bien}/{len(resultados)}" if resultados else ""


#: Lo que ni siquiera es un carácter, y que XML prohíbe (XML 1.0, apartado 2.2).
_NO_CARACTERES = dict.fromkeys([0xFFFE, 0xFFFF], "\ufffd")


def limpio(texto: str) -> str:
    """El texto, con sus saltos de línea, sin nada que mande sobre una terminal o una página."""
    lineas = [limpiar(linea) for linea in texto.replace("\t", "    ").split("\n")]
    # Un nombre de archivo que no es UTF-8 llega con medios caracteres (PEP 383): salen como «?».
    legible = "\n".join(lineas).encode(errors="replace").decode()
    return legible.translate(_NO_CARACTERES)


def en_una_linea(texto: str) -> str:
    """El texto limpio, con los espacios y los saltos de línea reducidos a un espacio."""
    return " ".join(limpio(texto).split())


def resumidas(frases: list[str], maximo: int) -> list[str]:
    """Las frases; si son más de `maximo`, las primeras, cuántas se callan y las últimas."""
    if len(frases) <= maximo:
        return frases
    mitad = maximo // 2
    return [*frases[:mitad], f"… y {len(frases) - 2 * mitad} cosas más …", *frases[-mitad:]]


def recortada(pantalla: str) -> str:
    """Lo que se enseña de una pantalla: su principio y, sobre todo, su final."""
    todas = [_corta(linea) for linea in limpio(pantalla).rstrip().split("\n")]
    if len(todas) > LINEAS:
        cabeza = LINEAS // 4
        omitidas = len(todas) - LINEAS
        todas = [*todas[:cabeza], f"[… {omitidas} líneas …]", *todas[cabeza + omitidas :]]
    return "\n".join(todas)


def _corta(linea: str) -> str:
    if len(linea) <= CARACTERES:
        return linea
    return f"{linea[:CARACTERES]}[… {len(linea) - CARACTERES} caracteres]"
