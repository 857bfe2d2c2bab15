"""Deja cada mensaje en un archivo, y por la conexión manda otros tantos bytes que no dicen nada."""

import os
import socket
import threading


def leer():
    leido = 0
    while conexion.recv(4096):
        with open(f"baja_{numero}.txt", encoding="utf-8") as archivo:
            texto = archivo.read()
        print(texto[leido:], end="", flush=True)
        leido = len(texto)
    print("El servidor se ha ido", flush=True)
    os._exit(0)


def decir(linea):
    with open(f"sube_{numero}.txt", "a", encoding="utf-8") as archivo:
        archivo.write(linea + "\n")
    conexion.sendall(bytes(len(linea.encode()) + 2))


conexion = socket.create_connection(("localhost", 9000))
numero = os.getpid()
conexion.sendall(numero.to_bytes(4, "big"))
decir(input("Tu nombre: "))
threading.Thread(target=leer, daemon=True).start()
while (linea := input()) != "salir":
    decir(linea)
