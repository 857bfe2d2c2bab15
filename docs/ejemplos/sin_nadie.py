"""Enviar a un puerto en el que no hay nadie: con TCP se sabe, y con UDP no."""

import socket

NADIE = ("127.0.0.1", 8112)

with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as cliente:
    try:
        cliente.connect(NADIE)
    except ConnectionRefusedError:
        print("TCP: no hay nadie, y connect da un error")

with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as emisor:
    enviados = emisor.sendto(b"hola", NADIE)
    print("UDP:", enviados, "bytes enviados a nadie, y ningún error")
