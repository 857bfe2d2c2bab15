"""Un saludo: cliente. Envía cada línea que escribes."""

import socket

with socket.create_connection(("localhost", 8000)) as conexion:
    while True:
        try:
            linea = input("Saludo: ")
        except EOFError:
            break
        conexion.sendall(f"{linea}\n".encode())
