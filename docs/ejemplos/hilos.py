# --8<-- [start:atender]
"""Dos hilos esperan, cada uno a su cliente: el que calla no detiene al otro."""

import socket
import threading


def atender(nombre, conexion):
    mensaje = conexion.recv(1024).decode("utf-8")
    print(f"El hilo de {nombre} recibe «{mensaje}»")


# --8<-- [end:atender]


# --8<-- [start:arrancar]
clientes = {}
hilos = {}
for nombre in ["Ana", "Carlos"]:
    clientes[nombre], conexion = socket.socketpair()
    hilos[nombre] = threading.Thread(target=atender, args=(nombre, conexion))
    hilos[nombre].start()
print("Hilos en marcha:", threading.active_count())
# --8<-- [end:arrancar]

# --8<-- [start:habla-carlos]
clientes["Carlos"].sendall(b"hola")
hilos["Carlos"].join()
print("¿Sigue esperando el hilo de Ana?", hilos["Ana"].is_alive())
# --8<-- [end:habla-carlos]

# --8<-- [start:habla-ana]
clientes["Ana"].sendall(b"buenas")
hilos["Ana"].join()
print("Hilos en marcha:", threading.active_count())
# --8<-- [end:habla-ana]
