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


nombre = input("Tu nombre: ")
conexion.sendall((nombre + "\n").encode())
dentro = False
threading.Thread(target=recibir, daemon=True).start()
while (texto := input()) != "salir":
    if texto == "JOIN sala":
        dentro = True
    elif dentro:
        conexion.sendall((texto + "\n").encode())
conexion.close()
