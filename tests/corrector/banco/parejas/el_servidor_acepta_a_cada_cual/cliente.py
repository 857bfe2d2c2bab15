import os
import socket
import threading

conexion = socket.create_connection(("localhost", 9100))


def recibir():
    try:
        while datos := conexion.recv(4096):
            print(datos.decode(errors="replace"), end="", flush=True)
    except OSError:
        pass
    print("El servidor se ha ido.", flush=True)
    os._exit(0)


threading.Thread(target=recibir, daemon=True).start()
while (texto := input()) != "salir":
    conexion.sendall((texto + "\n").encode())
conexion.close()
