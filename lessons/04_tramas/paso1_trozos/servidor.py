"""Tramas, paso 1: los trozos.

El servidor enseña, con sus bytes a la vista, lo que da cada `recv`. Atiende a
un cliente tras otro y no contesta.

    python servidor.py [puerto]

Lo que aún falla: un trozo puede ser medio mensaje, o varios, y nadie sabe
dónde acaba cada uno (paso 3). Una letra puede quedar partida entre dos trozos
(paso 2).
"""

import socket
import sys

HOST = "localhost"
PUERTO = 8000
# Pocos bytes, para ver los cortes con mensajes cortos. Lo corriente es 1024 o
# 4096.
BYTES_DE_UNA_VEZ = 32


def atender_cliente(conexion):
    """Enseña cada trozo que llega de un cliente, hasta que se va."""
    numero = 0
    try:
        while True:
            trozo = conexion.recv(BYTES_DE_UNA_VEZ)
            if not trozo:
                print("[CONEXIÓN] El cliente ha cerrado")
                break
            numero += 1
            print(f"Trozo {numero} (bytes: {len(trozo)}): {trozo!r}")
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
