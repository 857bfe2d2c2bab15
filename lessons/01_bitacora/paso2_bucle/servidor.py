"""Bitácora, paso 2: mensajes sin fin.

El servidor muestra cada mensaje que le manda el cliente, hasta que el cliente
cierra.

    python servidor.py [puerto]

Lo que aún falla: trata lo que da cada `recv` como si fuera un mensaje, y no lo
es. Dos mensajes seguidos salen pegados, uno largo sale partido, y una tilde
partida en dos detiene el servidor con un error (paso 3).
"""

import socket
import sys

HOST = "localhost"
PUERTO = 8000


def atender_cliente(conexion):
    """Muestra los mensajes de un cliente hasta que se va."""
    try:
        while True:
            datos = conexion.recv(1024)
            if not datos:
                print("[CONEXIÓN] El cliente ha cerrado")
                break
            mensaje = datos.decode("utf-8")
            print(f"[MENSAJE] «{mensaje}»")
    except ConnectionError:
        print("[CONEXIÓN] Se ha cortado la conexión con el cliente")


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

    atender_cliente(conexion)

    conexion.close()
    servidor.close()


if __name__ == "__main__":
    try:
        principal()
    except KeyboardInterrupt:
        print("\n[SERVIDOR] Servidor cerrado")
