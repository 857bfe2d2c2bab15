"""Bitácora, paso 4: el archivo.

El servidor atiende a un cliente tras otro. Anota cada línea, con su número y
su hora, en el archivo `bitacora.txt` de la carpeta donde lo arrancas, y
después la muestra.

    python servidor.py [puerto]

Lo que aún falla: mientras un cliente calla, los demás esperan (lección 03).
Una línea que no acaba nunca llena la memoria (lo arregla la versión completa:
python -m chatlab.bitacora.servidor).
"""

import socket
import sys
from datetime import datetime
from pathlib import Path

HOST = "localhost"
PUERTO = 8000
ARCHIVO = Path("bitacora.txt")


def anotar(archivo, numero, mensaje):
    """Escribe un mensaje en el archivo y después en la pantalla."""
    hora = datetime.now().strftime("%H:%M:%S")
    anotacion = f"{numero} {hora} «{mensaje}»"
    archivo.write(anotacion + "\n")
    # Entrega la línea al sistema antes de mostrarla: aunque maten al programa,
    # no se pierde.
    archivo.flush()
    print(anotacion)


def atender_cliente(conexion, archivo, numero):
    """Anota los mensajes de un cliente. Devuelve el número del último."""
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
                # Un byte que no es UTF-8 se muestra como �, en lugar de
                # detener el servidor.
                mensaje = linea.decode("utf-8", errors="replace")
                numero = numero + 1
                anotar(archivo, numero, mensaje)
    except ConnectionError:
        print("[CONEXIÓN] Se ha cortado la conexión con el cliente")
    return numero


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

    numero = 0
    with ARCHIVO.open("a", encoding="utf-8") as archivo:
        while True:
            conexion, direccion = servidor.accept()
            print(f"[CONEXIÓN] Cliente conectado desde {direccion}")
            numero = atender_cliente(conexion, archivo, numero)
            conexion.close()


if __name__ == "__main__":
    try:
        principal()
    except KeyboardInterrupt:
        print("\n[SERVIDOR] Servidor cerrado")
