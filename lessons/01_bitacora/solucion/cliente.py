"""Bitácora: una solución del ejercicio, cliente.

Manda lo que escribes, cada mensaje en una línea, hasta que escribes «salir».

    python cliente.py [host] [puerto]
"""

import socket
import sys

HOST = "localhost"
PUERTO = 8000


def enviar_mensajes(conexion):
    """Manda al servidor lo que escribes, hasta que escribes «salir»."""
    while True:
        mensaje = input("Mensaje: ")
        if mensaje == "salir":
            print("Adiós.")
            break
        linea = mensaje + "\n"
        conexion.sendall(linea.encode("utf-8"))


def principal():
    host = sys.argv[1] if len(sys.argv) > 1 else HOST
    puerto = int(sys.argv[2]) if len(sys.argv) > 2 else PUERTO

    conexion = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        conexion.connect((host, puerto))
    except OSError:
        sys.exit(f"No hay ningún servidor en {host}:{puerto}. Arráncalo primero en otra terminal.")

    try:
        enviar_mensajes(conexion)
    except ConnectionError:
        sys.exit("El servidor ha cerrado la conexión.")
    conexion.close()


if __name__ == "__main__":
    try:
        principal()
    except (KeyboardInterrupt, EOFError):
        print("\nAdiós.")
