"""Un saludo: servidor. Enseña lo que le dice un cliente, y termina."""

import socket

with socket.create_server(("localhost", 8000)) as servidor:
    print("Escuchando en el puerto 8000", flush=True)
    conexion, _ = servidor.accept()
    with conexion, conexion.makefile(encoding="utf-8") as lineas:
        for linea in lineas:
            print(linea, end="", flush=True)
