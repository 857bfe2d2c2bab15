"""Las líneas que llegan por una conexión. La primera tiene un plazo."""

import time

# Segundos que tiene quien llega para decir su nombre.
PLAZO_DEL_NOMBRE = 3


def recibir_lineas(conexion):
    """Da las líneas que llegan, una a una, hasta que el cliente cierra.

    Lanza TimeoutError si la primera no llega entera en su plazo.
    """
    limite = time.monotonic() + PLAZO_DEL_NOMBRE
    pendiente = b""
    while datos := recibir(conexion, limite):
        pendiente += datos
        while b"\n" in pendiente:
            limite = None
            linea, pendiente = pendiente.split(b"\n", 1)
            yield linea.decode("utf-8", errors="replace").strip()


def recibir(conexion, limite):
    """Como recv, pero solo espera hasta `limite`, si no es None."""
    if limite is not None:
        queda = limite - time.monotonic()
        if queda <= 0:
            raise TimeoutError
        conexion.settimeout(queda)
    return conexion.recv(4096)
