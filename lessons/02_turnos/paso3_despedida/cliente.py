"""Mensaje por turnos, paso 3: la despedida.

El cliente manda un mensaje al servidor, espera la respuesta y la muestra. Y
vuelta a empezar, hasta que uno de los dos escribe «salir» o se va de cualquier
otra manera.

    python cliente.py [host] [puerto]

Lo que aún falla: un mensaje vacío (Intro sin escribir nada) no manda ningún
byte, y los dos se quedan esperando (paso 4).
"""

import socket
import sys

HOST = "localhost"
PUERTO = 8000


def conversar(conexion):
    """Manda un mensaje y recibe la respuesta, hasta que uno se va."""
    try:
        while True:
            mensaje = input("Tú: ")
            if mensaje == "salir":
                print("Adiós.")
                break
            conexion.sendall(mensaje.encode("utf-8"))

            datos = conexion.recv(1024)
            if not datos:
                print("El servidor se ha ido.")
                break
            respuesta = datos.decode("utf-8")
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
