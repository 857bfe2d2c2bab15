"""Mensaje por turnos: una solución del ejercicio, cliente.

Manda lo que escribes, espera la respuesta y la muestra, hasta que uno de los dos escribe «salir» o
se va de cualquier otra manera. Un mensaje es una línea: las que llegan fuera de turno esperan en el
`buffer`.

    python cliente.py [host] [puerto]
"""

import socket
import sys

HOST = "localhost"
PUERTO = 8000


def enviar(conexion, mensaje):
    """Manda un mensaje, con su salto de línea."""
    linea = mensaje + "\n"
    conexion.sendall(linea.encode("utf-8"))


def recibir(conexion, buffer):
    """Devuelve el siguiente mensaje y lo que sobra. Si el servidor se ha ido, ConnectionError."""
    while b"\n" not in buffer:
        datos = conexion.recv(1024)
        if not datos:
            raise ConnectionError("el servidor se ha ido")
        buffer = buffer + datos
    linea, resto = buffer.split(b"\n", 1)
    return linea.decode("utf-8", errors="replace"), resto


def conversar(conexion):
    """Manda un mensaje y recibe la respuesta, hasta que escribes «salir»."""
    buffer = b""
    while True:
        mensaje = input("Tú: ")
        if mensaje == "salir":
            print("Adiós.")
            break
        enviar(conexion, mensaje)

        respuesta, buffer = recibir(conexion, buffer)
        print(f"Servidor: {respuesta}")


def principal():
    host = sys.argv[1] if len(sys.argv) > 1 else HOST
    puerto = int(sys.argv[2]) if len(sys.argv) > 2 else PUERTO

    conexion = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        conexion.connect((host, puerto))
    except OSError:
        sys.exit(f"No hay ningún servidor en {host}:{puerto}. Arráncalo primero en otra terminal.")

    try:
        conversar(conexion)
    except ConnectionError:
        print("El servidor se ha ido.")

    conexion.close()


if __name__ == "__main__":
    try:
        principal()
    except (KeyboardInterrupt, EOFError):
        print("\nAdiós.")
