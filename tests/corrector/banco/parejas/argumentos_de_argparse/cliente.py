import argparse
import os
import socket
import threading

lector = argparse.ArgumentParser()
lector.add_argument("host")
lector.add_argument("puerto", type=int)
lector.add_argument("-n", "--nombre", required=True)
opciones = lector.parse_args()
conexion = socket.create_connection((opciones.host, opciones.puerto))


def recibir():
    try:
        while datos := conexion.recv(4096):
            print(datos.decode(errors="replace"), end="", flush=True)
    except OSError:
        pass
    print("El servidor se ha ido.", flush=True)
    os._exit(0)


conexion.sendall((opciones.nombre + "\n").encode())
threading.Thread(target=recibir, daemon=True).start()
while (texto := input()) != "salir":
    conexion.sendall((texto + "\n").encode())
conexion.close()
