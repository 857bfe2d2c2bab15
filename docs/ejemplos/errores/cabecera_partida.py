"""Pide cuatro bytes, y `recv` da los que hay."""

import socket
import struct

aqui, alli = socket.socketpair()
# La mitad de la cabecera: el resto viene de camino.
aqui.sendall(struct.pack("!I", 300)[:2])

cabecera = alli.recv(4)
longitud = struct.unpack("!I", cabecera)[0]
print(longitud)
