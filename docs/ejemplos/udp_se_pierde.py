"""Mil datagramas a quien no da abasto: los que no le caben se pierden."""

import socket

with (
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as receptor,
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as emisor,
):
    receptor.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    receptor.bind(("127.0.0.1", 8113))
    for numero in range(1000):
        emisor.sendto(str(numero).encode("utf-8"), ("127.0.0.1", 8113))

    receptor.settimeout(0.2)
    llegados = 0
    try:
        while True:
            receptor.recvfrom(1024)
            llegados = llegados + 1
    except TimeoutError:
        print("Enviados: 1000. Llegados:", llegados)
