"""Sigue enviando a quien ya ha cerrado. Las dos puntas están aquí."""

import socket

servidor = socket.create_server(("localhost", 8000))
ana = socket.create_connection(("localhost", 8000))
conexion, direccion = servidor.accept()

ana.close()
print("Ana se ha ido. Le envío uno.")
conexion.sendall(b"uno\n")
print("Ningún error. Le envío otro.")
conexion.sendall(b"dos\n")
