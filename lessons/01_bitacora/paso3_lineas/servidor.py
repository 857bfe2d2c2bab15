"""Bitácora, paso 3: líneas.

El servidor muestra cada línea que le manda el cliente, hasta que el cliente
cierra. Un mensaje es una línea: lo que hay hasta el siguiente salto de línea,
llegue en los trozos en que llegue.

    python servidor.py [puerto]

Lo que aún falla: atiende a un solo cliente, y al cerrar el servidor se pierde
lo que mostró (paso 4). Una línea que no es UTF-8 lo detiene con un error (paso
4).
"""

import socket
import sys

HOST = "localhost"
PUERTO = 8000


def atender_cliente(conexion):
    """Muestra los mensajes de un cliente hasta que se va."""
    buffer = b""
    try:
        while True:
            datos = conexion.recv(1024)
            if not datos:
                print("[CONEXIÓN] El cliente ha cerrado")
                break
            buffer = buffer + datos
            while b"\n" in buffer:
                linea, buffer = buffer.split(b"\n", 1)
                mensaje = linea.decode("utf-8")
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
