"""Envía bytes que no son UTF-8, unos sueltos y otros tras un saludo, y se va.

python no_utf8.py PUERTO SALUDO
"""

import socket
import sys

#: Ninguno puede empezar una letra de UTF-8, o no le sigue lo que debe.
MALOS = bytes(range(0x80, 0x100)) + b"\n"
#: Segundos que espera a que el servidor cierre; si no lo hace, sigue.
PLAZO = 2

puerto, saludo = int(sys.argv[1]), bytes.fromhex(sys.argv[2])
for datos in (MALOS * 3, saludo + MALOS * 3):
    with socket.create_connection(("localhost", puerto)) as conexion:
        conexion.settimeout(PLAZO)
        conexion.sendall(datos)
        conexion.shutdown(socket.SHUT_WR)
        try:
            while conexion.recv(4096):
                pass  # hasta que el servidor cierra
        except OSError:
            pass  # lo ha cortado, o no cierra
print("enviado", flush=True)
input()
