"""TCP lleva bytes en orden, y no dice dónde acaba un envío y empieza otro."""

import socket

DIRECCION = ("127.0.0.1", 8103)

with socket.create_server(DIRECCION) as servidor:
    emisor = socket.create_connection(DIRECCION)
    receptor, direccion = servidor.accept()

for palabra in [b"uno", b"dos", b"tres"]:
    print("Envío ", palabra)
    emisor.sendall(palabra)
print("Recibo", receptor.recv(1024))

print("Envío ", b"mariposa")
emisor.sendall(b"mariposa")
print("Recibo", receptor.recv(5))
print("Recibo", receptor.recv(5))

buffer = b""
for trozo in [b"uno\nd", b"os\ntr", b"es\n"]:
    print("Envío ", trozo)
    emisor.sendall(trozo)
    buffer = buffer + receptor.recv(1024)
    while b"\n" in buffer:
        linea, buffer = buffer.split(b"\n", 1)
        print("Línea ", linea)
