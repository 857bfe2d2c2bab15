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


while True:
    print("1) Ayuda\n2) Entrar en una sala\n3) Salir")
    opcion = input("Opción: ")
    if opcion == "2":
        break
    if opcion == "3":
        raise SystemExit
    print("Escribe el número de una opción.")
print("1. Redes\n2. Python")
sala = input("Sala: ")
while sala not in ("1", "2"):
    sala = input("Esa sala no existe. Sala: ")
nombre = input("¿Cómo te llamás? ")
conexion.sendall((nombre + "\n").encode())
threading.Thread(target=recibir, daemon=True).start()
while (texto := input()) != "salir":
    conexion.sendall((texto + "\n").encode())
conexion.close()
