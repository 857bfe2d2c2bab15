"""Tramas, paso 2: las letras partidas.

El servidor enseña, convertido en texto, lo que da cada `recv`. Si un trozo
acaba a mitad de una letra, guarda esos bytes y los junta con los del
siguiente.

    python servidor.py [puerto]

Lo que aún falla: las letras están enteras, pero los mensajes no: un trozo
puede ser medio mensaje, o varios (paso 3).
"""

import codecs
import socket
import sys

HOST = "localhost"
PUERTO = 8000
# Pocos bytes, para ver los cortes con mensajes cortos. Lo corriente es 1024 o
# 4096.
BYTES_DE_UNA_VEZ = 32


def atender_cliente(conexion):
    """Enseña el texto de cada trozo de un cliente, hasta que se va."""
    decodificador = codecs.getincrementaldecoder("utf-8")(errors="replace")
    numero = 0
    try:
        while True:
            trozo = conexion.recv(BYTES_DE_UNA_VEZ)
            if not trozo:
                print("[CONEXIÓN] El cliente ha cerrado")
                break
            numero += 1
            texto = decodificador.decode(trozo)
            print(f"Trozo {numero} (bytes: {len(trozo)}): {texto!r}")
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
