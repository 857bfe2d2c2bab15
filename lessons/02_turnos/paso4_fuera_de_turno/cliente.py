"""Mensaje por turnos, paso 4: fuera de turno.

El cliente manda un mensaje al servidor, espera la respuesta y la muestra. Y
vuelta a empezar, hasta que uno de los dos escribe «salir» o se va de cualquier
otra manera. Un mensaje es una línea: las que llegan fuera de turno esperan en
el `buffer` y no se pierden.

    python cliente.py [host] [puerto]
"""

import socket
import sys

HOST = "localhost"
PUERTO = 8000


def recibir_linea(conexion, buffer):
    """Devuelve la siguiente línea, o `None` si se ha ido, y lo que sobra."""
    while b"\n" not in buffer:
        datos = conexion.recv(1024)
        if not datos:
            return None, buffer
        buffer = buffer + datos
    linea, resto = buffer.split(b"\n", 1)
    return linea.decode("utf-8", errors="replace"), resto


def conversar(conexion):
    """Manda un mensaje y recibe la respuesta, hasta que uno se va."""
    buffer = b""
    try:
        while True:
            mensaje = input("Tú: ")
            if mensaje == "salir":
                print("Adiós.")
                break
            linea = mensaje + "\n"
            conexion.sendall(linea.encode("utf-8"))

            respuesta, buffer = recibir_linea(conexion, buffer)
            if respuesta is None:
                print("El servidor se ha ido.")
                break
            print(f"Servidor: {respuesta}")
    except ConnectionError:
        print("El servidor se ha ido.")


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

    conversar(conexion)

    conexion.close()


if __name__ == "__main__":
    try:
        principal()
    except (KeyboardInterrupt, EOFError):
        print("\nAdiós.")
