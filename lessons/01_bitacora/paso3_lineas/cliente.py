# --8<-- [start:presentacion]
"""Bitácora, paso 3: líneas.

El cliente manda mensajes al servidor hasta que lo cierras con Ctrl+C. Acaba cada uno con un
salto de línea.

    python cliente.py [host] [puerto]
"""
# --8<-- [end:presentacion]

# --8<-- [start:preparar]
import socket
import sys

HOST = "localhost"
PUERTO = 8000
# --8<-- [end:preparar]


# --8<-- [start:conectar]
def principal():
    host = sys.argv[1] if len(sys.argv) > 1 else HOST
    puerto = int(sys.argv[2]) if len(sys.argv) > 2 else PUERTO

    conexion = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        conexion.connect((host, puerto))
    except OSError:
        sys.exit(f"No hay ningún servidor en {host}:{puerto}. Arráncalo primero en otra terminal.")
    # --8<-- [end:conectar]

    # --8<-- [start:bucle]
    try:
        while True:
            mensaje = input("Mensaje: ")
            linea = mensaje + "\n"
            conexion.sendall(linea.encode("utf-8"))
    except ConnectionError:
        sys.exit("El servidor ha cerrado la conexión.")
    # --8<-- [end:bucle]


# --8<-- [start:arranque]
if __name__ == "__main__":
    try:
        principal()
    except (KeyboardInterrupt, EOFError):
        print("\nAdiós.")
# --8<-- [end:arranque]
