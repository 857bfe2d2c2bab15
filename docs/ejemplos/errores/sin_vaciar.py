"""Lo que se escribe sin salto de línea puede no verse hasta más tarde."""

import socket

servidor = socket.create_server(("localhost", 8000))
print("Esperando a un cliente… ", end="")
conexion, direccion = servidor.accept()
print("¡ha llegado!")
