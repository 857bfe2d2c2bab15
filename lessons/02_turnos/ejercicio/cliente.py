"""Mensaje por turnos: el ejercicio, cliente.

Es el cliente de una bitácora, como la de la lección 01: manda lo que escribes, cada mensaje en una
línea, y no espera ninguna respuesta. Se sale con «salir».

    python cliente.py [host] [puerto]

Haz las tareas por orden; algunas están en servidor.py. Cada una va desde su «TAREA» hasta su «Fin»:
eso es lo que tienes que cambiar. Lo demás puede quedarse como está, y puedes añadir funciones.
"""

import socket
import sys

HOST = "localhost"
PUERTO = 8000


def enviar(conexion, mensaje):
    """Manda un mensaje, con su salto de línea."""
    linea = mensaje + "\n"
    conexion.sendall(linea.encode("utf-8"))


def conversar(conexion):
    """Manda lo que escribes, hasta que escribes «salir»."""
    while True:
        mensaje = input("Tú: ")
        if mensaje == "salir":
            print("Adiós.")
            break
        enviar(conexion, mensaje)
        # TAREA 1: (también en servidor.py) la respuesta debe verse aquí antes de poder escribir
        # otra vez. Es una línea, y puede llegar en trozos.
        # Fin de la TAREA 1


def principal():
    host = sys.argv[1] if len(sys.argv) > 1 else HOST
    puerto = int(sys.argv[2]) if len(sys.argv) > 2 else PUERTO

    conexion = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        conexion.connect((host, puerto))
    except OSError:
        sys.exit(f"No hay ningún servidor en {host}:{puerto}. Arráncalo primero en otra terminal.")

    # TAREA 3: (también en servidor.py) cuando el servidor se va, como sea, el cliente debe decirlo
    # y terminar sin errores.
    conversar(conexion)
    # Fin de la TAREA 3

    conexion.close()


if __name__ == "__main__":
    try:
        principal()
    except (KeyboardInterrupt, EOFError):
        print("\nAdiós.")
