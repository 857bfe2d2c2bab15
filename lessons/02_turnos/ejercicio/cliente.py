"""Mensaje por turnos: el ejercicio, cliente.

El cliente manda lo que escribes, espera la respuesta y la muestra. Y vuelta a empezar. Ya conversa,
pero no sabe despedirse: si el servidor se va, acaba con un error.

    python cliente.py [host] [puerto]

Haz las tareas por orden; algunas están en servidor.py. Cada una va desde su «TAREA» hasta su «Fin»:
eso es lo que tienes que cambiar. Lo demás puede quedarse como está.
"""

import socket
import sys

HOST = "localhost"
PUERTO = 8000


def enviar(conexion, mensaje):
    """Manda un mensaje."""
    # TAREA 4: (opcional, también más abajo y en servidor.py) que el servidor pueda saber dónde
    # acaba cada mensaje.
    conexion.sendall(mensaje.encode("utf-8"))
    # Fin de la TAREA 4


def recibir(conexion):
    """Devuelve el mensaje que llega. Si el servidor se ha ido, da un ConnectionError."""
    # TAREA 4: (opcional) un mensaje largo debe llegar entero. Puedes cambiar la función entera.
    datos = conexion.recv(1024)
    if not datos:
        raise ConnectionError("el servidor se ha ido")
    return datos.decode("utf-8", errors="replace")
    # Fin de la TAREA 4


def conversar(conexion):
    """Manda un mensaje y recibe la respuesta, una y otra vez."""
    while True:
        mensaje = input("Tú: ")
        # TAREA 1: si escribes «salir», el cliente debe despedirse y terminar sin mandarlo.
        enviar(conexion, mensaje)
        # Fin de la TAREA 1

        respuesta = recibir(conexion)
        print(f"Servidor: {respuesta}")


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
