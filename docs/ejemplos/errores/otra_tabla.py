"""Un programa escribe con una tabla de letras y el otro lee con otra."""

import socket

servidor = socket.create_server(("localhost", 8000))
ana = socket.create_connection(("localhost", 8000))
conexion, direccion = servidor.accept()

ana.sendall("¡Qué mañana!".encode())
datos = conexion.recv(1024)
print("Con la misma tabla:", datos.decode("utf-8"))
print("Con otra tabla:    ", datos.decode("latin-1"))
