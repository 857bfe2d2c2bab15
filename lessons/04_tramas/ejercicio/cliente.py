"""Notas: el ejercicio, cliente.

Escribes una nota, la acabas con una línea en la que solo hay un punto, y el cliente la manda.
Todavía no sabe escribir notas de más de una línea.

    python cliente.py [host] [puerto]

Haz las tareas por orden; la primera está en servidor.py. Cada una va desde su «TAREA» hasta su
«Fin»: eso es lo que tienes que cambiar. Lo demás puede quedarse como está.
"""

import socket
import sys

HOST = "localhost"
PUERTO = 8000

AYUDA = """\
Escribe una nota. Para acabarla, escribe un punto solo en una línea.
Para irte, escribe salir en lugar de una nota."""


def escribir_nota():
    """Devuelve la nota que escribes, o `None` si quieres salir."""
    linea = input("> ")
    if linea == "salir":
        return None
    # TAREA 2: la nota debe tener todas las líneas que escribes hasta la del punto, también las
    # vacías. La del punto no es parte de la nota.
    input("> ")
    return linea
    # Fin de la TAREA 2


def enviar_nota(conexion, nota):
    """Manda una nota, que es un texto con saltos de línea."""
    # TAREA 3: (opcional, también en servidor.py) que el servidor pueda saber dónde acaba la nota.
    conexion.sendall(nota.encode("utf-8"))
    # Fin de la TAREA 3


def principal():
    host = sys.argv[1] if len(sys.argv) > 1 else HOST
    puerto = int(sys.argv[2]) if len(sys.argv) > 2 else PUERTO

    conexion = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        conexion.connect((host, puerto))
    except OSError:
        sys.exit(f"No hay ningún servidor en {host}:{puerto}. Arráncalo primero en otra terminal.")

    print(AYUDA)
    try:
        while True:
            nota = escribir_nota()
            if nota is None:
                print("Adiós.")
                break
            enviar_nota(conexion, nota)
    except ConnectionError:
        sys.exit("El servidor ha cerrado la conexión.")
    conexion.close()


if __name__ == "__main__":
    try:
        principal()
    except (KeyboardInterrupt, EOFError):
        print("\nAdiós.")
