"""Notas: una solución del ejercicio, cliente.

Escribes una nota, la acabas con una línea en la que solo hay un punto, y el cliente la manda entera
y con su longitud delante. Se sale con «salir».

    python cliente.py [host] [puerto]
"""

import socket
import sys

HOST = "localhost"
PUERTO = 8000

BYTES_DE_LONGITUD = 4

AYUDA = """\
Escribe una nota. Para acabarla, escribe un punto solo en una línea.
Para irte, escribe salir en lugar de una nota."""


def escribir_nota():
    """Devuelve la nota que escribes, o `None` si quieres salir."""
    linea = input("> ")
    if linea == "salir":
        return None
    lineas = []
    while linea != ".":
        lineas.append(linea)
        linea = input("> ")
    return "\n".join(lineas)


def enviar_nota(conexion, nota):
    """Manda una nota, con su longitud delante."""
    datos = nota.encode("utf-8")
    # Se cuentan bytes, y no letras: una «ñ» son dos.
    cabecera = len(datos).to_bytes(BYTES_DE_LONGITUD, "big")
    conexion.sendall(cabecera + datos)


def principal():
    host = sys.argv[1] if len(sys.argv) > 1 else HOST
    puerto = int(sys.argv[2]) if len(sys.argv) > 2 else PUERTO

    conexion = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        conexion.connect((host, puerto))
    except OSError:
        sys.exit(f"No hay ningún servidor en {host}:{puerto}. Arráncalo primero en otra terminal.")

    print(AYUDA)
    try:
        while True:
            nota = escribir_nota()
            if nota is None:
                print("Adiós.")
                break
            enviar_nota(conexion, nota)
    except ConnectionError:
        sys.exit("El servidor ha cerrado la conexión.")
    conexion.close()


if __name__ == "__main__":
    try:
        principal()
    except (KeyboardInterrupt, EOFError):
        print("\nAdiós.")
