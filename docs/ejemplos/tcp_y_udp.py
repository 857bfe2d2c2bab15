"""Los mismos tres envíos, primero por TCP y después por UDP."""

import socket

SITIO = ("127.0.0.1", 8111)
MENSAJES = [b"uno", b"dos", b"tres"]

# Con TCP, uno escucha, otro llama, y queda una conexión.
with socket.create_server(SITIO) as servidor:
    cliente = socket.create_connection(SITIO)
    conexion, _ = servidor.accept()
for mensaje in MENSAJES:
    cliente.sendall(mensaje)
print("Por TCP llega", conexion.recv(1024))

# Con UDP nadie llama: cada envío dice a qué sitio va.
receptor = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
receptor.bind(SITIO)
emisor = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for mensaje in MENSAJES:
    emisor.sendto(mensaje, SITIO)
for _ in MENSAJES:
    datagrama, _ = receptor.recvfrom(1024)
    print("Por UDP llega", datagrama)
