"""Bitácora: el ejercicio, cliente.

El cliente manda lo que escribes y muestra lo que le devuelve el servidor, que es un eco.

    python cliente.py [host] [puerto]

Haz las tareas por orden; la primera está en servidor.py. Cada una va desde su «TAREA» hasta su
«Fin»: eso es lo que tienes que cambiar. Lo demás puede quedarse como está.
"""

import socket
import sys

HOST = "localhost"
PUERTO = 8000


def enviar_mensajes(conexion):
    """Manda al servidor lo que escribes."""
    while True:
        mensaje = input("Mensaje: ")

        # TAREA 3: si escribes «salir», el cliente debe despedirse y terminar sin mandarlo.
        # Fin de la TAREA 3

        # TAREA 4: (opcional, también en servidor.py) que el servidor pueda saber dónde acaba cada
        # mensaje.
        conexion.sendall(mensaje.encode("utf-8"))
        # Fin de la TAREA 4

        # TAREA 2: (también en servidor.py) el cliente no debe esperar ninguna respuesta.
        datos = conexion.recv(1024)
        eco = datos.decode("utf-8", errors="replace")
        print(f"Eco: {eco}")
        # Fin de la TAREA 2


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
