"""Habla por un archivo que comparten todos, y por la conexión manda otros tantos bytes."""

import socket
import threading
import time


def tirar():
    while conexion.recv(4096):
        pass


def leer(nombre, desde):
    while True:
        with open("mesa.txt", encoding="utf-8") as mesa:
            lineas = mesa.read().splitlines()
        for linea in lineas[desde:]:
            if not linea.startswith(f"{nombre}: "):
                print(linea, flush=True)
        desde = max(desde, len(lineas))
        time.sleep(0.05)


conexion = socket.create_connection(("localhost", 9000))
nombre = input("Tu nombre: ")
with open("mesa.txt", "a+", encoding="utf-8") as mesa:
    mesa.seek(0)
    antes = len(mesa.read().splitlines())
    mesa.write(f"{nombre} ha entrado\n")
conexion.sendall(bytes(40))
threading.Thread(target=tirar, daemon=True).start()
threading.Thread(target=leer, args=(nombre, antes + 1), daemon=True).start()
while (linea := input()) != "salir":
    with open("mesa.txt", "a", encoding="utf-8") as mesa:
        mesa.write(f"{nombre}: {linea}\n")
    conexion.sendall(bytes(len(linea.encode()) + 10))
with open("mesa.txt", "a", encoding="utf-8") as mesa:
    mesa.write(f"{nombre} ha salido\n")
