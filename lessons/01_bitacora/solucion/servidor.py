"""Bitácora: una solución del ejercicio, servidor.

Muestra cada mensaje que le mandan y no contesta. Un mensaje es una línea: lo que hay hasta el
siguiente salto de línea, llegue en los trozos en que llegue. Atiende a un cliente tras otro, y de
cada uno dice cuánto ha dejado.

    python servidor.py [puerto]

Lo que aún falla: mientras un cliente calla, los demás esperan (lección 03). Una línea que no acaba
nunca llena la memoria (lo arregla la versión completa: python -m chatlab.bitacora.servidor).
"""

import socket
import sys

HOST = "localhost"
PUERTO = 8000


def atender_cliente(conexion):
    """Muestra los mensajes de un cliente hasta que se va, y después, cuántos han sido."""
    buffer = b""
    mensajes = 0
    ocupan = 0
    while True:
        datos = conexion.recv(1024)
        if not datos:
            break
        ocupan = ocupan + len(datos)
        buffer = buffer + datos
        # En lo que ha llegado puede no haber ninguna línea completa, o haber varias.
        while b"\n" in buffer:
            linea, buffer = buffer.split(b"\n", 1)
            # Se decodifica la línea entera: así ninguna letra está a medias.
            mensaje = linea.decode("utf-8", errors="replace")
            print(f"[MENSAJE] «{mensaje}»")
            mensajes = mensajes + 1
    # Se cuentan los bytes que han llegado, con los saltos de línea: una tilde ocupa dos.
    print(f"[RESUMEN] {mensajes} mensajes, {ocupan} bytes")


def principal():
    puerto = int(sys.argv[1]) if len(sys.argv) > 1 else PUERTO

    servidor = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if sys.platform != "win32":
        # Para poder arrancarlo otra vez enseguida. Se explica en el paso 4.
        servidor.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        servidor.bind((HOST, puerto))
    except OSError:
        sys.exit(f"No puedo usar el puerto {puerto}: ¿está ocupado? Usa otro o espera un minuto.")
    servidor.listen()
    puerto = servidor.getsockname()[1]
    print(f"[SERVIDOR] Servidor iniciado en {HOST}:{puerto}")

    while True:
        conexion, direccion = servidor.accept()
        print(f"[CONEXIÓN] Cliente conectado desde {direccion}")
        try:
            atender_cliente(conexion)
            print("[CONEXIÓN] El cliente ha cerrado")
        except ConnectionError:
            print("[CONEXIÓN] Se ha cortado la conexión con el cliente")
        conexion.close()


if __name__ == "__main__":
    try:
        principal()
    except KeyboardInterrupt:
        print("\n[SERVIDOR] Servidor cerrado")
