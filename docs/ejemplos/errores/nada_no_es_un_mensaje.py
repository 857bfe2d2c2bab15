"""Cuando el otro cierra, recv no espera: devuelve b"" una vez tras otra."""

import socket

servidor = socket.create_server(("localhost", 8000))
ana = socket.create_connection(("localhost", 8000))
conexion, direccion = servidor.accept()

ana.close()
for vuelta in range(1, 5):
    mensaje = conexion.recv(1024).decode("utf-8")
    print(f"[MENSAJE {vuelta}] «{mensaje}»")
