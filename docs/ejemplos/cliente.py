"""Un cliente mínimo: llama a un puerto y envía cada línea que escribes.

python cliente.py PUERTO
"""

import socket
import sys

puerto = int(sys.argv[1])
with socket.create_connection(("127.0.0.1", puerto)) as conexion:
    try:
        while True:
            linea = input("Mensaje: ") + "\n"
            conexion.sendall(linea.encode("utf-8"))
    except (KeyboardInterrupt, EOFError):
        print("\nAdiós.")
    except ConnectionError:
        print("El servidor ha cerrado la conexión.")
