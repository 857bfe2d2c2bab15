"""Los tres sockets de una llamada: el que escucha, el que llama y el que atiende."""

import socket

DIRECCION = ("127.0.0.1", 8101)

escucha = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
escucha.bind(DIRECCION)
escucha.listen()
print("El que escucha: ", escucha.getsockname())

llama = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
llama.connect(DIRECCION)
print("El que llama:   ", llama.getsockname(), "habla con", llama.getpeername())

atiende, direccion = escucha.accept()
print("El que atiende: ", atiende.getsockname(), "habla con", atiende.getpeername())

llama.sendall(b"hola")
print("El que atiende recibe", atiende.recv(1024))
atiende.sendall(b"buenas")
print("El que llama recibe", llama.recv(1024))

llama.close()
print("Cuando el que llama cierra, el que atiende recibe", atiende.recv(1024))
atiende.close()
escucha.close()
