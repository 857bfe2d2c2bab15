"""Envía un mensaje de 3000 letras y lo recibe con un solo recv(1024)."""

import socket

servidor = socket.create_server(("localhost", 8000))
ana = socket.create_connection(("localhost", 8000))
conexion, direccion = servidor.accept()

ana.sendall(b"a" * 3000)
mensaje = conexion.recv(1024)
print("Ana ha enviado 3000 bytes, y el mensaje tiene", len(mensaje))
