"""Se presenta y, tras Intro, envía de golpe muchas veces lo mismo.

python repite.py PUERTO SALUDO MENSAJE VECES
"""

import socket
import sys
import threading

puerto, veces = int(sys.argv[1]), int(sys.argv[4])
saludo, mensaje = bytes.fromhex(sys.argv[2]), bytes.fromhex(sys.argv[3])
conexion = socket.create_connection(("localhost", puerto))


def leer() -> None:
    """Recoge lo que llega, para no ser alguien que no lee."""
    try:
        while conexion.recv(65536):
            pass
    except OSError:
        pass  # lo han echado
    print("fuera", flush=True)


threading.Thread(target=leer, daemon=True).start()
conexion.sendall(saludo)
print("dentro", flush=True)
input()
try:
    conexion.sendall(mensaje * veces)
except OSError:
    pass  # lo han echado antes de acabar
print("enviado", flush=True)
input()
