"""Un ordenador, dos direcciones: en cuál se escucha y a cuál se llama."""

import socket

PUERTO = 8114
ESTE_ORDENADOR = None  # así lo entiende getaddrinfo


def direcciones(nombre):
    """De cada dirección, su familia y el sitio al que se llama."""
    todas = socket.getaddrinfo(nombre, PUERTO, type=socket.SOCK_STREAM)
    return [(familia, sitio) for familia, _, _, _, sitio in todas]


def conectar(nombre):
    """Como create_connection: llama a una y, si no hay nadie, a otra."""
    for familia, sitio in direcciones(nombre):
        cliente = socket.socket(familia, socket.SOCK_STREAM)
        try:
            cliente.connect(sitio)
        except ConnectionRefusedError:
            print("   ", sitio[0], "→ aquí no hay nadie")
            cliente.close()
        else:
            print("   ", sitio[0], "→ conectado")
            return cliente
    return None


for familia, sitio in direcciones(ESTE_ORDENADOR):
    print(familia.name, sitio[0])

print("Un servidor en 127.0.0.1:")
with socket.create_server(("127.0.0.1", PUERTO)):
    conectar(ESTE_ORDENADOR)

print("Un servidor en ::1, y un cliente que solo sabe IPv4:")
with socket.create_server(("::1", PUERTO), family=socket.AF_INET6):
    conectar("127.0.0.1")
