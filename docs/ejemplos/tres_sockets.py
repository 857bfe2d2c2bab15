"""Los tres sockets de una llamada: quien escucha, llama y atiende."""

import socket

DIRECCION = ("127.0.0.1", 8101)

escucha = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
escucha.bind(DIRECCION)
escucha.listen()
print("El que escucha: ", escucha.getsockname())

llama = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
llama.connect(DIRECCION)
suyo, del_otro = llama.getsockname(), llama.getpeername()
print("El que llama:   ", suyo, "habla con", del_otro)

atiende, direccion = escucha.accept()
suyo, del_otro = atiende.getsockname(), atiende.getpeername()
print("El que atiende: ", suyo, "habla con", del_otro)

llama.sendall(b"hola")
print("El que atiende recibe", atiende.recv(1024))
atiende.sendall(b"buenas")
print("El que llama recibe", llama.recv(1024))

llama.close()
print("Cuando el que llama cierra, el que atiende recibe", atiende.recv(1024))
atiende.close()
escucha.close()
