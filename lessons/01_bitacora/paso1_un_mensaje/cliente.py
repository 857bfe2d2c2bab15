# --8<-- [start:presentacion]
"""Bitácora, paso 1: un mensaje.

El cliente manda un mensaje al servidor y termina.

    python cliente.py [host] [puerto]
"""
# --8<-- [end:presentacion]

# --8<-- [start:preparar]
import socket
import sys

HOST = "localhost"
PUERTO = 8000
# --8<-- [end:preparar]


# --8<-- [start:argumentos]
def principal():
    host = sys.argv[1] if len(sys.argv) > 1 else HOST
    puerto = int(sys.argv[2]) if len(sys.argv) > 2 else PUERTO
    # --8<-- [end:argumentos]

    # --8<-- [start:conectar]
    conexion = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        conexion.connect((host, puerto))
    except OSError:
        sys.exit(f"No hay ningún servidor en {host}:{puerto}. Arráncalo primero en otra terminal.")
    # --8<-- [end:conectar]

    # --8<-- [start:enviar]
    mensaje = input("Mensaje: ")
    conexion.sendall(mensaje.encode("utf-8"))
    # --8<-- [end:enviar]

    # --8<-- [start:cerrar]
    conexion.close()
    # --8<-- [end:cerrar]


# --8<-- [start:arranque]
if __name__ == "__main__":
    try:
        principal()
    except (KeyboardInterrupt, EOFError):
        print("\nAdiós.")
# --8<-- [end:arranque]
