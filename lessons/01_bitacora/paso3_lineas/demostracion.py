"""Bitácora, paso 3: lo que una red hace sin avisar, hecho a propósito.

Manda tres mensajes en un solo envío, y luego un mensaje con su «ñ» partida
entre dos envíos. Pruébalo contra el servidor del paso 2, que falla, y contra
el del paso 3, que no.

    python demostracion.py [host] [puerto]
"""

import socket
import sys

HOST = "localhost"
PUERTO = 8000


def principal():
    host = sys.argv[1] if len(sys.argv) > 1 else HOST
    puerto = int(sys.argv[2]) if len(sys.argv) > 2 else PUERTO

    conexion = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        conexion.connect((host, puerto))
    except OSError:
        sys.exit(
            f"No hay ningún servidor en {host}:{puerto}. "
            "Arráncalo primero en otra terminal."
        )

    pegados = b"uno\ndos\ntres\n"
    # La «ñ» ocupa dos bytes: uno acaba el primer trozo y el otro empieza el
    # segundo.
    primer_trozo = b"ma\xc3"
    segundo_trozo = b"\xb1ana\n"

    try:
        print("Envío tres mensajes a la vez:", pegados)
        conexion.sendall(pegados)
        input("Mira el servidor y pulsa Intro para seguir. ")

        print("Envío medio mensaje:", primer_trozo)
        conexion.sendall(primer_trozo)
        input("Mira el servidor y pulsa Intro para seguir. ")

        print("Envío el otro medio:", segundo_trozo)
        conexion.sendall(segundo_trozo)
    except ConnectionError:
        sys.exit("El servidor ha cerrado la conexión.")

    conexion.close()


if __name__ == "__main__":
    try:
        principal()
    except (KeyboardInterrupt, EOFError):
        print("\nAdiós.")
