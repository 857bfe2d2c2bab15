"""Se presenta y, tras Intro, envía un mensaje que no se acaba: python sin_fin.py PUERTO SALUDO."""

import socket
import sys

#: Bytes que llega a enviar, si le dejan.
TOTAL, TROZO = 6_000_000, 50_000

puerto, saludo = int(sys.argv[1]), bytes.fromhex(sys.argv[2])
conexion = socket.create_connection(("localhost", puerto))
conexion.sendall(saludo)
print("dentro", flush=True)
input()
try:
    for _ in range(TOTAL // TROZO):
        conexion.sendall(b"x" * TROZO)
except OSError:
    pass  # lo han echado
print("enviado", flush=True)
input()
