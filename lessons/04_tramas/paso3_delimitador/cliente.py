"""Tramas, paso 3: el delimitador.

El cliente manda al servidor cada mensaje que escribes, acabado en un salto de
línea. Se sale con Ctrl+C.

    python cliente.py [host] [puerto]
"""

import socket
import sys

HOST = "localhost"
PUERTO = 8000


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
                mensaje = input("Mensaje: ") + "\n"
                conexion.sendall(mensaje.encode("utf-8"))
        except OSError:
            sys.exit("El servidor ha cerrado la conexión.")


if __name__ == "__main__":
    try:
        principal()
    except (KeyboardInterrupt, EOFError):
        print("\nAdiós.")
