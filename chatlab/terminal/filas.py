"""Qué ocupa un texto en una terminal, y cómo se reparte en filas.

Una terminal parte por su cuenta lo que no cabe y sigue en el margen, sin señal alguna. Con unos
espacios de más, la segunda mitad de un mensaje parecería otro mensaje, de otra persona. Por eso lo
que viene de la red se parte aquí, y cada fila que continúa la anterior empieza por `CONTINUA`.
"""

from __future__ import annotations

import unicodedata

#: Ninguna línea de verdad empieza así: un nombre solo lleva letras, y un aviso, `* `.
CONTINUA = "↳ "
#: Con menos columnas no se parte nada: no cabría ni la señal.
MINIMO_DE_COLUMNAS = 20


# --- Partir lo que llega -----------------------------------------------------------------------


def en_filas(texto: str, columnas: int) -> str:
    """El texto, con saltos de línea donde no cabría en una terminal de esas columnas.

    Las filas que continúan a otra empiezan por `CONTINUA`. La última columna queda libre: no todas
    las terminales hacen lo mismo al llenarla.
    """
    if columnas < MINIMO_DE_COLUMNAS:
        return texto
    return "\n".join(_partir(linea, columnas - 1) for linea in texto.split("\n"))


def _partir(linea: str, ancho: int) -> str:
    filas = []
    principio = ""
    while (cuantos := _los_que_caben(linea, ancho - len(principio))) < len(linea):
        corte = _entre_palabras(linea, cuantos)
        filas.append(principio + linea[:corte].rstrip())
        linea = linea[corte:].lstrip()
        principio = CONTINUA
    return "\n".join([*filas, principio + linea]) if linea or not filas else "\n".join(filas)


def _los_que_caben(linea: str, ancho: int) -> int:
    ocupado = 0
    for cuantos, caracter in enumerate(linea):
        ocupado += _columnas_como_mucho(caracter)
        if ocupado > ancho:
            return cuantos
    return len(linea)


def _entre_palabras(linea: str, cuantos: int) -> int:
    """Dónde cortar: en un espacio, si no deja la fila medio vacía."""
    espacio = linea.rfind(" ", 0, cuantos + 1)
    return espacio if espacio > cuantos // 2 else cuantos


def _columnas_como_mucho(caracter: str) -> int:
    """De más antes que de menos: las terminales no se ponen de acuerdo en los emojis."""
    ancho_seguro = unicodedata.category(caracter) != "So" and caracter < "\U0001f000"
    return 1 if ancho_seguro and columnas_que_ocupa(caracter) < 2 else 2


# --- Saber dónde queda el cursor ---------------------------------------------------------------


def avance_del_cursor(texto: str, columnas: int) -> tuple[int, int]:
    """Cuántas filas baja el cursor al escribir el texto desde el margen, y en qué columna queda."""
    fila = columna = 0
    for caracter in texto:
        ancho = columnas_que_ocupa(caracter)
        if columna + ancho > columnas:  # no cabe en lo que queda de fila
            fila, columna = fila + 1, 0
        columna += ancho
    return (fila + 1, 0) if columna == columnas else (fila, columna)


def columnas_que_ocupa(caracter: str) -> int:
    """Dos los caracteres anchos (chino, emojis: Unicode, UAX #11); ninguna, las tildes sueltas."""
    if unicodedata.combining(caracter):
        return 0
    return 2 if unicodedata.east_asian_width(caracter) in "WF" else 1
