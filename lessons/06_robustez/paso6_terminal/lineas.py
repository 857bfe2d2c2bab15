"""Las líneas de una conexión, con sus topes: de espera, largo y ritmo."""

import time

from limpieza import limpiar

# Segundos que tiene quien llega para decir su nombre.
PLAZO_DEL_NOMBRE = 3
# Bytes de una línea y líneas por segundo, como mucho.
MAX_LINEA = 4096
RITMO = 100


def recibir_lineas(conexion):
    """Da las líneas que llegan, una a una, hasta que el cliente cierra.

    Lanza TimeoutError si la primera no llega entera en su plazo, y LineaLarga
    si alguna no cabe.
    """
    limite = time.monotonic() + PLAZO_DEL_NOMBRE
    pendiente = b""
    while datos := recibir(conexion, limite):
        pendiente += datos
        while b"\n" in pendiente:
            limite = None
            linea, pendiente = pendiente.split(b"\n", 1)
            comprobar_que_cabe(linea)
            yield limpiar(linea.decode("utf-8", errors="replace"))
        comprobar_que_cabe(pendiente)


class LineaLarga(Exception):
    """Una línea pasa del tope, haya llegado ya su final o no."""


def comprobar_que_cabe(linea):
    """Lanza LineaLarga si esa línea, entera o a medias, pasa del tope."""
    if len(linea) > MAX_LINEA:
        raise LineaLarga


def a_su_ritmo(lineas):
    """Da las mismas líneas, pero no más de RITMO por segundo.

    Es una cubeta de fichas: empieza llena, cada línea gasta una y el tiempo
    las repone.
    """
    fichas = RITMO
    antes = time.monotonic()
    for linea in lineas:
        ahora = time.monotonic()
        fichas = min(RITMO, fichas + (ahora - antes) * RITMO) - 1
        antes = ahora
        if fichas < 0:
            # Mientras este hilo duerme, no se lee a su cliente.
            time.sleep(-fichas / RITMO)
        yield linea


def recibir(conexion, limite):
    """Como recv, pero solo espera hasta `limite`, si no es None."""
    if limite is not None:
        queda = limite - time.monotonic()
        if queda <= 0:
            raise TimeoutError
        conexion.settimeout(queda)
    return conexion.recv(4096)
