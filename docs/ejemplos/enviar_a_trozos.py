"""Un envío que no cabe de una vez, y el bucle que sendall lleva dentro."""

import socket

emisor, receptor = socket.socketpair()
emisor.settimeout(5)
pendiente = b"x" * 500_000

while pendiente:
    enviados = emisor.send(pendiente)
    pendiente = pendiente[enviados:]
    print("send se lleva", enviados, "bytes, y quedan", len(pendiente))

    # El otro lee lo que ha llegado: así vuelve a haber sitio.
    while enviados:
        enviados = enviados - len(receptor.recv(enviados))
