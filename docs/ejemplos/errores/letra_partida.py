"""Recibe una palabra en dos trozos, y el corte cae en medio de la ñ."""

import socket

servidor = socket.create_server(("localhost", 8000))
ana = socket.create_connection(("localhost", 8000))
conexion, direccion = servidor.accept()

ana.sendall("mañana".encode())
trozo = conexion.recv(3)
print("Ha llegado", trozo)
print(trozo.decode())
