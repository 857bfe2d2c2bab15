"""Un cliente que no lee: a quien le envía se le acaba el sitio, y espera."""

import socket

servidor, sordo = socket.socketpair()
servidor.settimeout(0.1)
try:
    while True:
        servidor.sendall(b"x" * 1000)
except TimeoutError:
    print("No cabe ni un byte más: sendall espera, y quien lo llamó, también")
