"""Atiende a un cliente hasta el final antes de volver a aceptar."""

import socket

servidor = socket.create_server(("localhost", 8000))
print("Escucho en el puerto 8000")
try:
    while True:
        conexion, direccion = servidor.accept()
        print("Ha entrado alguien")
        while datos := conexion.recv(1024):
            print(datos.decode("utf-8", errors="replace"), end="")
        print("Se ha ido")
except KeyboardInterrupt:
    print("Servidor cerrado")
