"""Dos mensajes en JSON que llegan juntos."""

import json
import socket

aqui, alli = socket.socketpair()
aqui.sendall(json.dumps({"texto": "uno"}).encode())
aqui.sendall(json.dumps({"texto": "dos"}).encode())

print(json.loads(alli.recv(1024)))
