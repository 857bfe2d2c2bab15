"""Pide cuatro bytes, y `recv` da los que hay."""

import socket
import struct

aqui, alli = socket.socketpair()
aqui.sendall(struct.pack("!I", 300)[:2])  # la mitad de la cabecera: el resto viene de camino

cabecera = alli.recv(4)
longitud = struct.unpack("!I", cabecera)[0]
print(longitud)
