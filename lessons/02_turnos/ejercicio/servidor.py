"""Mensaje por turnos: el ejercicio, servidor.

Es una bitácora, como la de la lección 01: muestra los mensajes de un cliente, cada uno en su línea,
y no contesta. Tú la convertirás en una conversación.

    python servidor.py [puerto]

Haz las tareas por orden; algunas están en cliente.py. Cada una va desde su «TAREA» hasta su «Fin»:
eso es lo que tienes que cambiar. Lo demás puede quedarse como está, y puedes añadir funciones.
"""

import socket
import sys

HOST = "localhost"
PUERTO = 8000


def recibir(conexion, buffer):
    """Devuelve el siguiente mensaje y lo que sobra. Si el cliente se ha ido, ConnectionError."""
    while b"\n" not in buffer:
        datos = conexion.recv(1024)
        if not datos:
            raise ConnectionError("el cliente se ha ido")
        buffer = buffer + datos
    linea, resto = buffer.split(b"\n", 1)
    return linea.decode("utf-8", errors="replace"), resto


def conversar(conexion):
    """Muestra los mensajes de un cliente, uno tras otro."""
    buffer = b""
    while True:
        mensaje, buffer = recibir(conexion, buffer)
        print(f"Cliente: {mensaje}")
        # TAREA 1: (también en cliente.py) quien está delante del servidor debe poder contestar a
        # cada mensaje, y su respuesta debe viajar como los mensajes: en una línea.
        # Fin de la TAREA 1
        # TAREA 3: (también en cliente.py) si aquí se escribe «salir», el servidor debe despedirse y
        # terminar sin mandarlo. Tendrás que tocar lo que hayas escrito en la tarea 1.
        # Fin de la TAREA 3


def principal():
    puerto = int(sys.argv[1]) if len(sys.argv) > 1 else PUERTO

    servidor = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if sys.platform != "win32":
        # Para poder arrancarlo otra vez enseguida. Se explica en la lección 01, paso 4.
        servidor.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        servidor.bind((HOST, puerto))
    except OSError:
        sys.exit(f"No puedo usar el puerto {puerto}: ¿está ocupado? Usa otro o espera un minuto.")
    servidor.listen()
    puerto = servidor.getsockname()[1]
    print(f"[SERVIDOR] Servidor iniciado en {HOST}:{puerto}")

    # TAREA 4: (opcional) que sea una ventanilla: cuando un cliente se va, el servidor debe atender
    # al siguiente; pero con «salir» debe terminar del todo. Cambia también lo que hay debajo.
    conexion, direccion = servidor.accept()
    print(f"[CONEXIÓN] Cliente conectado desde {direccion}")
    # Fin de la TAREA 4

    # TAREA 2: cuando el cliente se va, como sea, el servidor debe decirlo, sin errores de Python.
    conversar(conexion)
    # Fin de la TAREA 2

    conexion.close()
    servidor.close()


if __name__ == "__main__":
    try:
        principal()
    except (KeyboardInterrupt, EOFError):
        print("\n[SERVIDOR] Servidor cerrado")
