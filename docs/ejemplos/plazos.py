"""Dos maneras de no esperar para siempre: un plazo y no bloquear."""

import socket

aqui, lejos = socket.socketpair()

aqui.settimeout(0.1)
try:
    aqui.recv(1024)
except TimeoutError:
    print("Con plazo: no ha llegado nada en una décima de segundo")

aqui.setblocking(False)
try:
    aqui.recv(1024)
except BlockingIOError:
    print("Sin bloquear: ahora mismo no hay nada")

lejos.sendall(b"hola")
print("Sin bloquear: ahora hay", aqui.recv(1024))
