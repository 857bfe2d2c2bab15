"""Un solo envío de cuatro mil bytes. ¿En cuántos trozos viaja?"""

import socket

SITIO = ("127.0.0.1", 8000)

with socket.create_server(SITIO) as servidor:
    cliente = socket.create_connection(SITIO)
    conexion, _ = servidor.accept()
with cliente, conexion:
    cliente.sendall(b"a" * 4000)
    cliente.shutdown(socket.SHUT_WR)  # «no envío más»
    llegados = 0
    while trozo := conexion.recv(1024):
        llegados = llegados + len(trozo)
print("Han llegado", llegados, "bytes")
