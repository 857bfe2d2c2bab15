"""Notas: una solución del ejercicio, servidor.

Enseña cada nota entera y con su número. Delante de cada una llega su longitud, en bytes: así se
sabe dónde acaba, lleve dentro lo que lleve.

    python servidor.py [puerto]

Lo que aún falla: mientras un cliente está conectado, los demás esperan (lección 05). Y una nota
puede llevar órdenes para la terminal que la enseña (lección 06).
"""

import socket
import sys

HOST = "localhost"
PUERTO = 8000

BYTES_DE_LONGITUD = 4
# Cuatro bytes pueden decir «vienen 4 GB». El tope no deja que nadie llene la memoria.
MAX_NOTA = 1_000_000


def recibir_exactamente(conexion, cuantos):
    """Devuelve los siguientes bytes, tantos como se piden, o `None` si el cliente se va antes."""
    recibidos = b""
    while len(recibidos) < cuantos:
        datos = conexion.recv(min(cuantos - len(recibidos), 65536))
        if not datos:
            return None
        recibidos = recibidos + datos
    return recibidos


def recibir_nota(conexion):
    """Devuelve la siguiente nota, o `None` si el cliente se va antes de que llegue entera.

    Lanza `ValueError` si lo que llega no es una nota.
    """
    cabecera = recibir_exactamente(conexion, BYTES_DE_LONGITUD)
    if cabecera is None:
        return None
    longitud = int.from_bytes(cabecera, "big")
    if longitud > MAX_NOTA:
        raise ValueError(f"dice que va a mandar {longitud} bytes, y el tope es {MAX_NOTA}")
    datos = recibir_exactamente(conexion, longitud)
    if datos is None:
        return None
    return datos.decode("utf-8")  # UnicodeDecodeError es un ValueError


def mostrar_nota(numero, nota):
    """Enseña una nota, con su número y cuántas líneas tiene."""
    lineas = nota.split("\n")
    cuantas = "1 línea" if len(lineas) == 1 else f"{len(lineas)} líneas"
    print(f"Nota {numero} ({cuantas})")
    for linea in lineas:
        print(f"  {linea}")


def atender_cliente(conexion):
    """Enseña las notas de un cliente, numeradas, hasta que se va."""
    numero = 0
    while True:
        try:
            nota = recibir_nota(conexion)
        except ValueError as error:
            print(f"[CONEXIÓN] Esto no es una nota, y dejo a este cliente: {error}")
            break
        if nota is None:
            print("[CONEXIÓN] El cliente ha cerrado")
            break
        numero = numero + 1
        mostrar_nota(numero, nota)


def principal():
    puerto = int(sys.argv[1]) if len(sys.argv) > 1 else PUERTO

    servidor = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if sys.platform != "win32":  # en Windows no hace falta, y significa otra cosa
        servidor.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        servidor.bind((HOST, puerto))
    except OSError:
        sys.exit(f"No puedo usar el puerto {puerto}: ¿está ocupado? Usa otro o espera un minuto.")
    servidor.listen()
    puerto = servidor.getsockname()[1]
    print(f"[SERVIDOR] Servidor iniciado en {HOST}:{puerto}")

    while True:
        conexion, direccion = servidor.accept()
        print(f"[CONEXIÓN] Cliente conectado desde {direccion}")
        try:
            atender_cliente(conexion)
        except ConnectionError:
            print("[CONEXIÓN] Se ha cortado la conexión con el cliente")
        conexion.close()


if __name__ == "__main__":
    try:
        principal()
    except KeyboardInterrupt:
        print("\n[SERVIDOR] Servidor cerrado")
