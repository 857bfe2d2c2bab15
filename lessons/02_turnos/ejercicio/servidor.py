"""Mensaje por turnos: el ejercicio, servidor.

El servidor espera un mensaje del cliente, te pide la respuesta y la manda. Y vuelta a empezar. Ya
conversa, pero no sabe despedirse: si el cliente se va, acaba con un error.

    python servidor.py [puerto]

Haz las tareas por orden; la primera está en cliente.py. Cada una va desde su «TAREA» hasta su
«Fin»: eso es lo que tienes que cambiar. Lo demás puede quedarse como está.
"""

import socket
import sys

HOST = "localhost"
PUERTO = 8000


def enviar(conexion, mensaje):
    """Manda un mensaje."""
    # TAREA 4: (opcional, también más abajo y en cliente.py) que el cliente pueda saber dónde acaba
    # cada mensaje.
    conexion.sendall(mensaje.encode("utf-8"))
    # Fin de la TAREA 4


def recibir(conexion):
    """Devuelve el mensaje que llega. Si el cliente se ha ido, da un ConnectionError."""
    # TAREA 4: (opcional) un mensaje largo debe llegar entero. Puedes cambiar la función entera.
    datos = conexion.recv(1024)
    if not datos:
        raise ConnectionError("el cliente se ha ido")
    return datos.decode("utf-8", errors="replace")
    # Fin de la TAREA 4


def conversar(conexion):
    """Recibe un mensaje y manda la respuesta, una y otra vez."""
    while True:
        mensaje = recibir(conexion)
        print(f"Cliente: {mensaje}")

        respuesta = input("Tú: ")
        # TAREA 3: (también en cliente.py) si escribes «salir», el servidor debe despedirse y
        # terminar sin mandarlo.
        enviar(conexion, respuesta)
        # Fin de la TAREA 3


def principal():
    puerto = int(sys.argv[1]) if len(sys.argv) > 1 else PUERTO

    servidor = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if sys.platform != "win32":
        # Para poder arrancarlo otra vez enseguida. Se explica en la lección 03.
        servidor.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        servidor.bind((HOST, puerto))
    except OSError:
        sys.exit(f"No puedo usar el puerto {puerto}: ¿está ocupado? Usa otro o espera un minuto.")
    servidor.listen()
    puerto = servidor.getsockname()[1]
    print(f"[SERVIDOR] Servidor iniciado en {HOST}:{puerto}")

    conexion, direccion = servidor.accept()
    print(f"[CONEXIÓN] Cliente conectado desde {direccion}")

    # TAREA 2: cuando el cliente se va, como sea, el servidor debe decirlo y terminar sin errores.
    conversar(conexion)
    # Fin de la TAREA 2

    conexion.close()
    servidor.close()


if __name__ == "__main__":
    try:
        principal()
    except (KeyboardInterrupt, EOFError):
        print("\n[SERVIDOR] Servidor cerrado")
