"""Conecta y, cuando le dan a Intro, corta: con SO_LINGER a cero, `close` envía RST (tcp(7)).

python corta_de_golpe.py PUERTO
"""

import os
import socket
import struct
import sys

conexion = socket.create_connection(("localhost", int(sys.argv[1])))
print("conectado", flush=True)
input()
sin_esperar = struct.pack("hh" if os.name == "nt" else "ii", 1, 0)
conexion.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, sin_esperar)
conexion.close()
