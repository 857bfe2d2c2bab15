"""Un servidor mínimo. De dos, el segundo no consigue el puerto."""

import socket

servidor = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
servidor.bind(("localhost", 8000))
servidor.listen()
print("Escucho en el puerto 8000")
conexion, direccion = servidor.accept()
