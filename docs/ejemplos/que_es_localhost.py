"""Qué direcciones tiene localhost en este ordenador."""

import socket

for familia, _, _, _, sitio in socket.getaddrinfo("localhost", 8000, type=socket.SOCK_STREAM):
    print(familia.name, sitio[0])
