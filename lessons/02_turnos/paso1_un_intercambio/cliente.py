"""Mensaje por turnos, paso 1: un intercambio.

El cliente manda un mensaje al servidor, espera la respuesta y la muestra.

    python cliente.py [host] [puerto]

Lo que aún falla: un mensaje vacío (Intro sin escribir nada) no manda ningún
byte, y los dos se quedan esperando (paso 4).
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

    mensaje = input("Tú: ")
    conexion.sendall(mensaje.encode("utf-8"))

    datos = conexion.recv(1024)
    respuesta = datos.decode("utf-8")
    print(f"Servidor: {respuesta}")

    conexion.close()


if __name__ == "__main__":
    try:
        principal()
    except (KeyboardInterrupt, EOFError):
        print("\nAdiós.")
