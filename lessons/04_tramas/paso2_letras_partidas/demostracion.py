"""Tramas, paso 2: una letra partida, leída de tres maneras.

Corta una palabra en dos trozos, por todos los sitios, y decodifica cada trozo
como si acabara de darlo un `recv`. No usa la red.

    python demostracion.py
"""

import codecs

PALABRA = "año"


def sin_cuidado(trozos):
    """Decodifica cada trozo por su cuenta."""
    try:
        return [trozo.decode("utf-8") for trozo in trozos]
    except UnicodeDecodeError:
        return "UnicodeDecodeError"


def con_replace(trozos):
    """Decodifica cada trozo por su cuenta, con � en las letras partidas."""
    return [trozo.decode("utf-8", errors="replace") for trozo in trozos]


def con_memoria(trozos):
    """Decodifica los trozos en fila, y guarda la letra que queda a medias."""
    decodificador = codecs.getincrementaldecoder("utf-8")(errors="replace")
    return [decodificador.decode(trozo) for trozo in trozos]


def principal():
    datos = PALABRA.encode("utf-8")
    for corte in range(1, len(datos)):
        trozos = [datos[:corte], datos[corte:]]
        print(trozos)
        print("    sin cuidado:", sin_cuidado(trozos))
        print("    con replace:", con_replace(trozos))
        print("    con memoria:", con_memoria(trozos))


if __name__ == "__main__":
    principal()
