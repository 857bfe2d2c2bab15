import base64
import socket

with socket.create_connection(("localhost", 9100)) as conexion:
    while (texto := input("Apunta: ")) != "salir":
        conexion.sendall(base64.b64encode(texto.encode()) + b"\n")
