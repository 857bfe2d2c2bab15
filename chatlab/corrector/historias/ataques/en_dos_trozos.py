"""Envía un mensaje en dos trozos: entre uno y otro espera a que le den a Intro.

python en_dos_trozos.py PUERTO PRIMERO SEGUNDO
"""

import socket
import sys

primero, segundo = map(bytes.fromhex, sys.argv[2:])
with socket.create_connection(("localhost", int(sys.argv[1]))) as conexion:
    conexion.sendall(primero)
    print("primero", flush=True)
    input()
    conexion.sendall(segundo)
