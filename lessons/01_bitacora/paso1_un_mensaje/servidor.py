"""Bitácora, paso 1: un mensaje.

El servidor espera a un cliente, muestra el mensaje que le manda y termina.

    python servidor.py [puerto]

Lo que aún falla: solo recibe un mensaje, y para otro hay que arrancarlo de
nuevo (paso 2). Si el mensaje ocupa más de 1024 bytes, el final se pierde (paso
3). Si el cliente muere sin cerrar, el servidor acaba con un error (paso 2).
"""

import socket
import sys

HOST = "localhost"
PUERTO = 8000


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

    datos = conexion.recv(1024)
    mensaje = datos.decode("utf-8")
    print(f"[MENSAJE] «{mensaje}»")

    # Espera a que el cliente cierre: quien cierra primero deja su puerto
    # reservado un minuto.
    conexion.recv(1024)
    conexion.close()
    servidor.close()


if __name__ == "__main__":
    try:
        principal()
    except KeyboardInterrupt:
        print("\n[SERVIDOR] Servidor cerrado")
