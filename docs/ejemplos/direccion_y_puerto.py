"""Un puerto con dueño, uno cualquiera y uno en el que no hay nadie."""

import socket

HOST = "localhost"
PUERTO = 8102
print(HOST, "es", socket.gethostbyname(HOST))

primero = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
primero.bind((HOST, PUERTO))
primero.listen()
print("El primero escucha en", primero.getsockname())

segundo = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
try:
    segundo.bind((HOST, PUERTO))
except OSError:
    print("El segundo pide el mismo puerto y no se lo dan")

segundo.bind((HOST, 0))
print("El segundo pide uno cualquiera y le toca", segundo.getsockname())

primero.close()
cliente = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
try:
    cliente.connect((HOST, PUERTO))
except ConnectionRefusedError:
    print("El primero ha cerrado: en", PUERTO, "ya no contesta nadie")
