import socket

with socket.create_connection(("localhost", 9100)) as conexion:
    conexion.sendall("Hola, soy yo\n".encode())
