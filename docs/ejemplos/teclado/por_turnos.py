"""Un cliente que atiende al teclado y a la red por turnos: no puede.

python por_turnos.py
"""

import socket

conexion = socket.create_connection(("localhost", 8000))
while True:
    linea = input("Tú: ")  # mientras espera aquí, no lee lo que llega
    conexion.sendall(f"{linea}\n".encode())
    print(conexion.recv(1024).decode())  # y aquí no puedes escribir
