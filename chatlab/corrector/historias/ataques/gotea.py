"""Envía el nombre letra a letra y no lo acaba nunca: python gotea.py PUERTO SALUDO."""

import socket
import sys

#: Segundos entre un byte y el siguiente.
RITMO = 0.4

puerto, saludo = int(sys.argv[1]), bytes.fromhex(sys.argv[2])
conexion = socket.create_connection(("localhost", puerto))
conexion.settimeout(RITMO)
print("conectado", flush=True)
pendiente = saludo[:-1]
abierta = True
while abierta:
    try:
        conexion.sendall(pendiente[:1])
        pendiente = pendiente[1:]
        abierta = conexion.recv(4096) != b""
    except TimeoutError:
        pass  # el servidor no dice nada: otra gota
    except OSError:
        abierta = False
print("echado", flush=True)
input()
