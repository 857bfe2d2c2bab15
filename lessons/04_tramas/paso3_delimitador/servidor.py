"""Tramas, paso 3: el delimitador.

Cada mensaje acaba en un salto de línea. El servidor junta los trozos, corta
por los saltos de línea y guarda lo que sobra, hasta un tope.

    python servidor.py [puerto]

Lo que aún falla: un mensaje no puede tener un salto de línea dentro (paso 4).
"""

import socket
import sys

HOST = "localhost"
PUERTO = 8000
# Pocos bytes, para ver los cortes con mensajes cortos. Lo corriente es 1024 o
# 4096.
BYTES_DE_UNA_VEZ = 32
# Una línea que no acaba nunca llenaría la memoria.
MAX_LINEA = 1000


class LineaDemasiadoLarga(Exception):
    """Una línea pasa de `MAX_LINEA` bytes."""


def comprobar_tamano(linea):
    """Lanza `LineaDemasiadoLarga` si, entera o a medias, pasa del tope."""
    if len(linea) > MAX_LINEA:
        raise LineaDemasiadoLarga(f"una línea pasa de {MAX_LINEA} bytes")


def atender_cliente(conexion):
    """Enseña los mensajes de un cliente, hasta que se va."""
    pendiente = b""  # el principio de una línea que aún no ha acabado
    numero = 0
    try:
        while True:
            trozo = conexion.recv(BYTES_DE_UNA_VEZ)
            if not trozo:
                print(
                    "[CONEXIÓN] El cliente ha cerrado. "
                    f"Bytes a medias: {len(pendiente)}"
                )
                break
            *lineas, pendiente = (pendiente + trozo).split(b"\n")
            for linea in lineas:
                comprobar_tamano(linea)
                numero += 1
                mensaje = linea.decode("utf-8", errors="replace")
                print(f"Mensaje {numero}: {mensaje!r}")
            comprobar_tamano(pendiente)
    except LineaDemasiadoLarga as error:
        print(f"[CONEXIÓN] La corto: {error}")
    except OSError:
        print("[CONEXIÓN] Se ha cortado la conexión con el cliente")


def principal():
    puerto = int(sys.argv[1]) if len(sys.argv) > 1 else PUERTO

    try:
        escucha = socket.create_server((HOST, puerto))
    except OSError:
        sys.exit(
            f"No puedo usar el puerto {puerto}: ¿está ocupado? "
            "Usa otro o espera un minuto."
        )
    puerto = escucha.getsockname()[1]
    print(f"[SERVIDOR] Servidor iniciado en {HOST}:{puerto}")

    with escucha:
        while True:
            conexion, direccion = escucha.accept()
            print(f"[CONEXIÓN] Cliente conectado desde {direccion}")
            with conexion:
                atender_cliente(conexion)


if __name__ == "__main__":
    try:
        principal()
    except KeyboardInterrupt:
        print("\n[SERVIDOR] Servidor cerrado")
