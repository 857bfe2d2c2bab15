"""Mensaje por turnos: una solución del ejercicio, servidor.

Espera un mensaje del cliente, te pide la respuesta y la manda, hasta que el cliente se va, como
sea; entonces atiende al siguiente. Con «salir» termina. Un mensaje es una línea: las que llegan
fuera de turno esperan en el `buffer`, y cada cliente empieza con el suyo vacío.

    python servidor.py [puerto]

Lo que aún falla: mientras escribes no te enteras de que el cliente se ha ido, y una línea que no
acaba nunca llena la memoria (lo arregla la versión completa: python -m chatlab.turnos.servidor).
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
    """Devuelve el siguiente mensaje y lo que sobra. Si el cliente se ha ido, ConnectionError."""
    while b"\n" not in buffer:
        datos = conexion.recv(1024)
        if not datos:
            raise ConnectionError("el cliente se ha ido")
        buffer = buffer + datos
    linea, resto = buffer.split(b"\n", 1)
    return linea.decode("utf-8", errors="replace"), resto


def conversar(conexion):
    """Recibe un mensaje y manda la respuesta, hasta que escribes «salir»."""
    buffer = b""
    while True:
        mensaje, buffer = recibir(conexion, buffer)
        print(f"Cliente: {mensaje}")

        respuesta = input("Tú: ")
        if respuesta == "salir":
            print("Adiós.")
            break
        enviar(conexion, respuesta)


def principal():
    puerto = int(sys.argv[1]) if len(sys.argv) > 1 else PUERTO

    servidor = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if sys.platform != "win32":
        # Para poder arrancarlo otra vez enseguida. Se explica en la lección 01, paso 4.
        servidor.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        servidor.bind((HOST, puerto))
    except OSError:
        sys.exit(f"No puedo usar el puerto {puerto}: ¿está ocupado? Usa otro o espera un minuto.")
    servidor.listen()
    puerto = servidor.getsockname()[1]
    print(f"[SERVIDOR] Servidor iniciado en {HOST}:{puerto}")

    despedido = False
    while not despedido:
        conexion, direccion = servidor.accept()
        print(f"[CONEXIÓN] Cliente conectado desde {direccion}")
        try:
            conversar(conexion)
            despedido = True  # solo se vuelve de conversar al escribir «salir»
        except ConnectionError:
            print("El cliente se ha ido.")
        conexion.close()

    servidor.close()


if __name__ == "__main__":
    try:
        principal()
    except (KeyboardInterrupt, EOFError):
        print("\n[SERVIDOR] Servidor cerrado")
