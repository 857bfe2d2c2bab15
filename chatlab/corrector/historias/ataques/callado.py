"""Conecta y no dice nada. Lee lo que le llegue, hasta que lo echen.

python callado.py PUERTO
"""

import socket
import sys

conexion = socket.create_connection(("localhost", int(sys.argv[1])))
print("conectado", flush=True)
while conexion.recv(4096):
    pass
