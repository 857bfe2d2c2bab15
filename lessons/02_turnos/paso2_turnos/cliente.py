"""Mensaje por turnos, paso 2: el bucle por turnos.

El cliente manda un mensaje al servidor, espera la respuesta y la muestra. Y
vuelta a empezar, hasta que lo cierras con Ctrl+C.

    python cliente.py [host] [puerto]

Lo que aún falla: si el servidor se va, el cliente no se entera (paso 3). Un
mensaje vacío (Intro sin escribir nada) no manda ningún byte, y los dos se
quedan esperando (paso 4).
"""

import socket
import sys

HOST = "localhost"
PUERTO = 8000


def conversar(conexion):
    """Manda un mensaje y recibe la respuesta, una y otra vez."""
    while True:
        mensaje = input("Tú: ")
        conexion.sendall(mensaje.encode("utf-8"))

        datos = conexion.recv(1024)
        respuesta = datos.decode("utf-8")
        print(f"Servidor: {respuesta}")


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

    conversar(conexion)


if __name__ == "__main__":
    try:
        principal()
    except (KeyboardInterrupt, EOFError):
        print("\nAdiós.")
