"""Dos hilos, cada uno con su cliente: el que calla no detiene al otro."""

import socket
import threading


def atender(nombre, conexion):
    mensaje = conexion.recv(1024).decode("utf-8")
    print(f"El hilo de {nombre} recibe «{mensaje}»")


clientes = {}
hilos = {}
for nombre in ["Ana", "Carlos"]:
    clientes[nombre], conexion = socket.socketpair()
    hilos[nombre] = threading.Thread(target=atender, args=(nombre, conexion))
    hilos[nombre].start()
print("Hilos en marcha:", threading.active_count())

clientes["Carlos"].sendall(b"hola")
hilos["Carlos"].join()
print("¿Sigue esperando el hilo de Ana?", hilos["Ana"].is_alive())

clientes["Ana"].sendall(b"buenas")
hilos["Ana"].join()
print("Hilos en marcha:", threading.active_count())
