"""Tramas, paso 5: el decodificador.

El servidor recibe trozos, y un decodificador que no sabe nada de sockets los
convierte en mensajes (tramas.py).

    python servidor.py [puerto]

Lo que aún falla: mientras un cliente está conectado, los demás esperan
(lección 05).
"""

import socket
import sys

from tramas import Decodificador, TramaMala

HOST = "localhost"
PUERTO = 8000
# Pocos bytes, para ver los cortes con mensajes cortos. Lo corriente es 1024 o
# 4096.
BYTES_DE_UNA_VEZ = 32


def atender_cliente(conexion):
    """Enseña los mensajes de un cliente, hasta el último o una trama mala."""
    decodificador = Decodificador()
    numero = 0
    try:
        while True:
            trozo = conexion.recv(BYTES_DE_UNA_VEZ)
            if not trozo:
                a_medias = decodificador.bytes_a_medias()
                print(
                    "[CONEXIÓN] El cliente ha cerrado. "
                    f"Bytes a medias: {a_medias}"
                )
                break
            for recibido in decodificador.recibir(trozo):
                if isinstance(recibido, TramaMala):
                    print(f"[CONEXIÓN] La corto: {recibido.motivo}")
                    return
                numero += 1
                mensaje = recibido.decode("utf-8", errors="replace")
                print(f"Mensaje {numero}: {mensaje!r}")
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
