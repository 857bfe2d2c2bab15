"""Tramas, paso 5: el decodificador.

El cliente manda al servidor cada mensaje que escribes, con su longitud
delante. Un mensaje puede tener varias líneas: lo acaba una que sea solo un
punto. Se sale con Ctrl+C.

    python cliente.py [host] [puerto]
"""

import socket
import sys

from tramas import entramar

HOST = "localhost"
PUERTO = 8000


def leer_mensaje():
    """Pide líneas hasta una que sea solo un punto, y las devuelve juntas."""
    lineas = []
    linea = input("Mensaje: ")
    while linea != ".":
        lineas.append(linea)
        linea = input("    ...: ")
    return "\n".join(lineas)


def principal():
    host = sys.argv[1] if len(sys.argv) > 1 else HOST
    puerto = int(sys.argv[2]) if len(sys.argv) > 2 else PUERTO

    try:
        conexion = socket.create_connection((host, puerto))
    except OSError:
        sys.exit(
            f"No hay ningún servidor en {host}:{puerto}. "
            "Arráncalo primero en otra terminal."
        )

    with conexion:
        try:
            while True:
                mensaje = leer_mensaje()
                conexion.sendall(entramar(mensaje.encode("utf-8")))
        except OSError:
            sys.exit("El servidor ha cerrado la conexión.")


if __name__ == "__main__":
    try:
        principal()
    except (KeyboardInterrupt, EOFError):
        print("\nAdiós.")
