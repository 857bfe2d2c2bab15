"""Una vista enseña unos bytes que ya existen, sin copiarlos."""

import socket
import sys

bloque = b"Luis: hola\nAna: buenas\nLuis: bien\n"
vista = memoryview(bloque)
para_ana = [vista[:11], vista[23:]]

servidor, ana = socket.socketpair()
if hasattr(servidor, "sendmsg"):
    servidor.sendmsg(para_ana)
else:  # Windows
    servidor.send(b"".join(para_ana))
print("Ana recibe", ana.recv(1024))

grande = bloque * 30_000
copia = grande[1:]
vista = memoryview(grande)[1:]
print("La copia ocupa", sys.getsizeof(copia), "bytes")
print("La vista ocupa", sys.getsizeof(vista), "bytes")
