"""Cierra sin leer lo que le enviaron: para el otro, la conexión se corta."""

import socket

servidor = socket.create_server(("localhost", 8000))
ana = socket.create_connection(("localhost", 8000))
conexion, direccion = servidor.accept()

ana.sendall(b"hola\n")
conexion.close()
print("El servidor ha cerrado sin leer el «hola». Ana espera una respuesta.")
print(ana.recv(1024))
