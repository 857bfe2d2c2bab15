"""Envía lo mismo muchas veces. Después se queda, para que se vea lo que guarda el servidor.

python no_acaba.py PUERTO TROZO REPETIDO VECES
"""

import socket
import sys

puerto, repetido, veces = (int(sys.argv[numero]) for numero in (1, 3, 4))
datos = bytes.fromhex(sys.argv[2]) * repetido
conexion = socket.create_connection(("localhost", puerto))
try:
    for _ in range(veces):
        conexion.sendall(datos)
except OSError:
    pass  # no le dejan acabar
print("se acabó", flush=True)
input()
