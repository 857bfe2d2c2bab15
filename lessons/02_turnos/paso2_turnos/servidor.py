"""Mensaje por turnos, paso 2: el bucle por turnos.

El servidor espera un mensaje del cliente y, cuando le llega, te pide la
respuesta y la manda. Y vuelta a empezar, hasta que lo cierras con Ctrl+C.

    python servidor.py [puerto]

Lo que aún falla: si el cliente se va, el servidor no se entera: muestra
mensajes vacíos, te pide respuestas y acaba con un error (paso 3). Dos mensajes
seguidos se pegan (paso 4).
"""

import socket
import sys

HOST = "localhost"
PUERTO = 8000


def conversar(conexion):
    """Recibe un mensaje y manda la respuesta, una y otra vez."""
    while True:
        datos = conexion.recv(1024)
        mensaje = datos.decode("utf-8")
        print(f"Cliente: {mensaje}")

        respuesta = input("Tú: ")
        conexion.sendall(respuesta.encode("utf-8"))


def principal():
    puerto = int(sys.argv[1]) if len(sys.argv) > 1 else PUERTO

    servidor = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        servidor.bind((HOST, puerto))
    except OSError:
        sys.exit(
            f"No puedo usar el puerto {puerto}: ¿está ocupado? "
            "Usa otro o espera un minuto."
        )
    servidor.listen()
    puerto = servidor.getsockname()[1]
    print(f"[SERVIDOR] Servidor iniciado en {HOST}:{puerto}")

    conexion, direccion = servidor.accept()
    print(f"[CONEXIÓN] Cliente conectado desde {direccion}")

    conversar(conexion)


if __name__ == "__main__":
    try:
        principal()
    except (KeyboardInterrupt, EOFError):
        print("\n[SERVIDOR] Servidor cerrado")
