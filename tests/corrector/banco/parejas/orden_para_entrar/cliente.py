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


print("Escribe /unirse NOMBRE para entrar en el chat.")
while not (orden := input("> ")).startswith("/unirse "):
    print("Antes tienes que entrar. Escribe /unirse NOMBRE para entrar en el chat.")
conexion.sendall((orden.removeprefix("/unirse ") + "\n").encode())
threading.Thread(target=recibir, daemon=True).start()
while (texto := input("> ")) != "salir":
    conexion.sendall((texto + "\n").encode())
conexion.close()
