"""Envía tres mensajes y los recibe como si cada recv fuera a dar uno."""

import socket

servidor = socket.create_server(("localhost", 8000))
ana = socket.create_connection(("localhost", 8000))
conexion, direccion = servidor.accept()

ana.sendall(b"uno")
ana.sendall(b"dos")
ana.sendall(b"tres")
ana.close()
print("Un recv:  ", conexion.recv(1024))
print("Otro recv:", conexion.recv(1024))
