"""Qué direcciones tiene localhost en este ordenador."""

import socket

todas = socket.getaddrinfo("localhost", 8000, type=socket.SOCK_STREAM)
for familia, _, _, _, sitio in todas:
    print(familia.name, sitio[0])
