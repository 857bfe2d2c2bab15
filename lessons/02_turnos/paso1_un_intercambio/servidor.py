"""Mensaje por turnos, paso 1: un intercambio.

El servidor espera un mensaje del cliente y, cuando le llega, te pide la
respuesta y la manda.

    python servidor.py [puerto]

Lo que aún falla: solo hay una pregunta y una respuesta (paso 2). Si el cliente
se va sin escribir, el servidor muestra un mensaje vacío y te pide la respuesta
igual (paso 3).
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
    print(f"Cliente: {mensaje}")

    respuesta = input("Tú: ")
    conexion.sendall(respuesta.encode("utf-8"))

    # Espera a que el cliente cierre: quien cierra primero deja su puerto
    # reservado un minuto.
    conexion.recv(1024)
    conexion.close()
    servidor.close()


if __name__ == "__main__":
    try:
        principal()
    except (KeyboardInterrupt, EOFError):
        print("\n[SERVIDOR] Servidor cerrado")
