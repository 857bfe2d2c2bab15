"""Envía unos bytes y se va.

python envia_y_se_va.py PUERTO DATOS
"""

import socket
import sys

with socket.create_connection(("localhost", int(sys.argv[1]))) as conexion:
    try:
        conexion.sendall(bytes.fromhex(sys.argv[2]))
    except OSError:
        pass  # no le dejan acabar
