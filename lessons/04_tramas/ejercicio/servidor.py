"""Notas: el ejercicio, servidor.

El cliente manda notas y este programa las enseña. Todavía no las numera, llama «nota» a lo que le
da cada recv, y atiende a un solo cliente.

    python servidor.py [puerto]

Haz las tareas por orden; la segunda está en cliente.py. Cada una va desde su «TAREA» hasta su
«Fin»: eso es lo que tienes que cambiar. Lo demás puede quedarse como está.
"""

import socket
import sys

HOST = "localhost"
PUERTO = 8000


def recibir_nota(conexion):
    """Devuelve la siguiente nota, o `None` si el cliente se ha ido."""
    # TAREA 3: (opcional, también en cliente.py) una nota debe llegar entera y separada de las
    # demás, lleguen sus bytes como lleguen. Si el cliente se va antes de que acabe, no la
    # devuelvas. Puedes cambiar la función entera, y añadir otras.
    datos = conexion.recv(1024)
    if not datos:
        return None
    return datos.decode("utf-8")
    # Fin de la TAREA 3


def mostrar_nota(numero, nota):
    """Enseña una nota, que es un texto con saltos de línea."""
    # TAREA 1: delante de cada nota debe verse una línea con la palabra «Nota», su número y cuántas
    # líneas tiene, como «Nota 2 (3 líneas)». Debajo va la nota.
    print(nota)
    # Fin de la TAREA 1


def atender_cliente(conexion):
    """Enseña las notas de un cliente, numeradas, hasta que se va."""
    numero = 0
    while True:
        # TAREA 5: (opcional) si lo que llega no es una nota, porque son unos bytes cualesquiera o
        # más de un millón, el servidor debe decirlo en una frase y dejar a ese cliente. Pon también
        # el tope en recibir_nota.
        nota = recibir_nota(conexion)
        # Fin de la TAREA 5
        if nota is None:
            print("[CONEXIÓN] El cliente ha cerrado")
            break
        numero = numero + 1
        mostrar_nota(numero, nota)


def principal():
    puerto = int(sys.argv[1]) if len(sys.argv) > 1 else PUERTO

    servidor = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if sys.platform != "win32":  # en Windows no hace falta, y significa otra cosa
        servidor.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        servidor.bind((HOST, puerto))
    except OSError:
        sys.exit(f"No puedo usar el puerto {puerto}: ¿está ocupado? Usa otro o espera un minuto.")
    servidor.listen()
    puerto = servidor.getsockname()[1]
    print(f"[SERVIDOR] Servidor iniciado en {HOST}:{puerto}")

    # TAREA 4: (opcional) cuando un cliente se va, aunque su conexión se corte de golpe, el servidor
    # debe atender al siguiente.
    conexion, direccion = servidor.accept()
    print(f"[CONEXIÓN] Cliente conectado desde {direccion}")
    atender_cliente(conexion)
    conexion.close()
    # Fin de la TAREA 4

    servidor.close()


if __name__ == "__main__":
    try:
        principal()
    except KeyboardInterrupt:
        print("\n[SERVIDOR] Servidor cerrado")
