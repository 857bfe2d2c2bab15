"""Mensaje por turnos, paso 4: fuera de turno.

El servidor espera un mensaje del cliente y, cuando le llega, te pide la
respuesta y la manda. Y vuelta a empezar, hasta que uno de los dos escribe
«salir» o se va de cualquier otra manera. Un mensaje es una línea: las que
llegan fuera de turno esperan en el `buffer` y no se pierden.

    python servidor.py [puerto]

Lo que aún falla: mientras escribes no te enteras de lo que llega, ni de que el
cliente se ha ido; al irse, sus líneas en espera ya no se muestran; y solo hay
sitio para un cliente (lección 03).
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
    """Recibe un mensaje y manda la respuesta, hasta que uno se va."""
    buffer = b""
    try:
        while True:
            mensaje, buffer = recibir_linea(conexion, buffer)
            if mensaje is None:
                print("El cliente se ha ido.")
                break
            print(f"Cliente: {mensaje}")

            respuesta = input("Tú: ")
            if respuesta == "salir":
                print("Adiós.")
                break
            linea = respuesta + "\n"
            conexion.sendall(linea.encode("utf-8"))
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
