"""Mensaje por turnos, paso 3: la despedida.

El servidor espera un mensaje del cliente y, cuando le llega, te pide la
respuesta y la manda. Y vuelta a empezar, hasta que uno de los dos escribe
«salir» o se va de cualquier otra manera.

    python servidor.py [puerto]

Lo que aún falla: dos mensajes seguidos se pegan (paso 4). Si el cliente se va
mientras escribes, no te enteras hasta que acabas (lección 03).
"""

import socket
import sys

HOST = "localhost"
PUERTO = 8000


def conversar(conexion):
    """Recibe un mensaje y manda la respuesta, hasta que uno se va."""
    try:
        while True:
            datos = conexion.recv(1024)
            if not datos:
                print("El cliente se ha ido.")
                break
            mensaje = datos.decode("utf-8")
            print(f"Cliente: {mensaje}")

            respuesta = input("Tú: ")
            if respuesta == "salir":
                print("Adiós.")
                break
            conexion.sendall(respuesta.encode("utf-8"))
    except ConnectionError:
        print("El cliente se ha ido.")


def principal():
    puerto = int(sys.argv[1]) if len(sys.argv) > 1 else PUERTO

    servidor = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        servidor.bind((HOST, puerto))
    except OSError:
        sys.exit(
            f"No puedo usar el puerto {puerto}: ¿está ocupado? "
            "Usa otro o espera un minuto."
        )
    servidor.listen()
    puerto = servidor.getsockname()[1]
    print(f"[SERVIDOR] Servidor iniciado en {HOST}:{puerto}")

    conexion, direccion = servidor.accept()
    print(f"[CONEXIÓN] Cliente conectado desde {direccion}")

    conversar(conexion)

    conexion.close()
    servidor.close()


if __name__ == "__main__":
    try:
        principal()
    except (KeyboardInterrupt, EOFError):
        print("\n[SERVIDOR] Servidor cerrado")
