"""Con UDP no hay conexiones: cada envío es un mensaje, y dice a quién va."""

import socket

receptor = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
receptor.bind(("localhost", 8000))
emisor = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)

emisor.sendto("¡hola, qué tal!".encode(), ("localhost", 8000))
emisor.sendto(b"adios", ("localhost", 8000))
datos, _ = receptor.recvfrom(8)
print(datos)  # lo que no cabe en el 8 se pierde: no llega después
datos, de_quien = receptor.recvfrom(1024)
print(datos, "de", de_quien)

receptor.close()
enviados = emisor.sendto(b"nadie lee esto", ("localhost", 8000))
print(enviados, "bytes enviados, y ningún error")
