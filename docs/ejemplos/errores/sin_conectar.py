"""Lee del socket que escucha, y no de la conexión."""

import socket

servidor = socket.create_server(("localhost", 8000))
cliente = socket.create_connection(("localhost", 8000))
cliente.sendall(b"hola\n")

conexion, _ = servidor.accept()
print(servidor.recv(1024))
