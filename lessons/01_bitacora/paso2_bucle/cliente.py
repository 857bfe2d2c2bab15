"""Bitácora, paso 2: mensajes sin fin.

El cliente manda mensajes al servidor hasta que lo cierras con Ctrl+C.

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

    try:
        while True:
            mensaje = input("Mensaje: ")
            conexion.sendall(mensaje.encode("utf-8"))
    except ConnectionError:
        sys.exit("El servidor ha cerrado la conexión.")


if __name__ == "__main__":
    try:
        principal()
    except (KeyboardInterrupt, EOFError):
        print("\nAdiós.")
