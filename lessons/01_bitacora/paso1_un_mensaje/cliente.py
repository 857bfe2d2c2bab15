"""Bitácora, paso 1: un mensaje.

El cliente manda un mensaje al servidor y termina.

    python cliente.py [host] [puerto]
"""

import socket
import sys

HOST = "localhost"
PUERTO = 8000


def principal():
    host = sys.argv[1] if len(sys.argv) > 1 else HOST
    puerto = int(sys.argv[2]) if len(sys.argv) > 2 else PUERTO

    conexion = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        conexion.connect((host, puerto))
    except OSError:
        sys.exit(
            f"No hay ningún servidor en {host}:{puerto}. "
            "Arráncalo primero en otra terminal."
        )

    mensaje = input("Mensaje: ")
    conexion.sendall(mensaje.encode("utf-8"))

    conexion.close()


if __name__ == "__main__":
    try:
        principal()
    except (KeyboardInterrupt, EOFError):
        print("\nAdiós.")
