"""Prueba el decodificador con bytes partidos de todas las maneras posibles.

    python prueba_tramas.py

No usa la red: los trozos los corta este programa.
"""

import itertools
import sys

from tramas import Decodificador, TramaMala, entramar

BYTES = entramar(b"a\nb") + entramar(b"") + b"hola"
# Leído como una cabecera, «hola» anuncia una trama de mil millones de bytes.
ESPERADO = [
    b"a\nb",
    b"",
    TramaMala("anuncia 1752132705 bytes, y el tope es 10000"),
]


def partir(datos, cortes):
    """Parte los bytes: cortes[0] dice si se corta detrás del primero, etc."""
    trozos = [datos[:1]]
    for posicion, hay_corte in enumerate(cortes, start=1):
        byte = datos[posicion : posicion + 1]
        if hay_corte:
            trozos.append(byte)
        else:
            trozos[-1] += byte
    return trozos


def leer(decodificador, trozos):
    """Da los trozos al decodificador, uno a uno, y devuelve lo que sale."""
    recibidos = []
    for trozo in trozos:
        recibidos += decodificador.recibir(trozo)
    return recibidos


def probar(crear_decodificador):
    """Devuelve cuántas maneras ha probado; si una sale mal, la cuenta."""
    maneras = 0
    for cortes in itertools.product([False, True], repeat=len(BYTES) - 1):
        trozos = partir(BYTES, cortes)
        recibidos = leer(crear_decodificador(), trozos)
        if recibidos != ESPERADO:
            sys.exit(
                f"Mal. Con {trozos}\n salen {recibidos}\n y debían {ESPERADO}"
            )
        maneras += 1
    return maneras


if __name__ == "__main__":
    maneras = probar(Decodificador)
    print(
        f"Bien: {len(BYTES)} bytes, partidos de {maneras} maneras, "
        "dan siempre lo mismo."
    )
